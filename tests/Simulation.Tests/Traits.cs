using TryOn.Simulation.Tests.Time;

namespace TryOn.Simulation.Tests;

/// <summary>What kind of world a seed makes. Faults happen so many times in a thousand, and only while the storm lasts.</summary>
internal sealed record Traits
{
    /// <summary>Several silos, or one that resumes what has a reminder when it starts.</summary>
    public bool Cluster { get; init; }

    public int Accounts { get; init; }

    public int Orders { get; init; }

    public int Concurrency { get; init; }

    public int GatePlaces { get; init; }

    public TimeSpan Storm { get; init; }

    public TimeSpan Deadline { get; init; }

    public int Crashes { get; init; }

    /// <summary>A host that stops and wakes, as a suspended machine does.</summary>
    public int Pauses { get; init; }

    public int WritesFailing { get; init; }

    public int AnswersLost { get; init; }

    public int CallsDoubled { get; init; }

    public int CallsLate { get; init; }

    /// <summary>Calls that reach another host than the one that has the record in memory.</summary>
    public int CallsAstray { get; init; }

    public int UpstreamFaults { get; init; }

    public int PictureFaults { get; init; }

    /// <summary>Provider answers that are heard twice.</summary>
    public int Echoes { get; init; }

    public bool Outages { get; init; }

    /// <summary>How far one host's clock may come to run ahead of another's.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>Statement entries before the first order: an account near its first archived page soon forgets.</summary>
    public int OldGrants { get; init; }

    public static Traits Of(Dice dice)
    {
        var calm = dice.Chance(60);
        int Rate(int max) => calm || dice.Chance(250) ? 0 : dice.Next(max) + 1;
        return new Traits
        {
            Cluster = dice.Chance(600),
            Accounts = dice.Between(1, 2),
            Orders = dice.Between(2, 9),
            Concurrency = dice.Between(1, 6),
            GatePlaces = dice.Between(1, 6),
            Storm = TimeSpan.FromSeconds(dice.Between(20, 150)),
            Deadline = TimeSpan.FromSeconds(dice.Between(60, 400)),
            Crashes = Rate(300),
            Pauses = Rate(100),
            WritesFailing = Rate(80),
            AnswersLost = Rate(80),
            CallsDoubled = Rate(80),
            CallsLate = Rate(80),
            CallsAstray = Rate(60),
            UpstreamFaults = Rate(400),
            PictureFaults = Rate(200),
            Echoes = Rate(500),
            Outages = !calm && dice.Chance(250),
            Skew = TimeSpan.FromMilliseconds(Rate(1200)),
            OldGrants = dice.Chance(300) ? dice.Between(50, 64) : 0,
        };
    }
}
