using TryOn.Simulation.Tests.Time;

namespace TryOn.Simulation.Tests;

/// <summary>
/// The properties of the world of a seed. Numbers of faults are probabilities per thousand, and apply only during the
/// storm.
/// </summary>
internal sealed record Traits
{
    /// <summary>
    /// True for several silos, false for a single one that resumes whatever has a reminder when it starts.
    /// </summary>
    public bool Cluster { get; init; }

    public int Accounts { get; init; }

    public int Orders { get; init; }

    public int Concurrency { get; init; }

    public int GatePlaces { get; init; }

    public TimeSpan Storm { get; init; }

    public TimeSpan Deadline { get; init; }

    public int Crashes { get; init; }

    /// <summary>Pauses of a host, as when a machine is suspended.</summary>
    public int Pauses { get; init; }

    public int WritesFailing { get; init; }

    public int AnswersLost { get; init; }

    public int CallsDoubled { get; init; }

    public int CallsLate { get; init; }

    /// <summary>Calls that reach a host other than the one with the record in memory.</summary>
    public int MisroutedCalls { get; init; }

    public int UpstreamFaults { get; init; }

    public int PictureFaults { get; init; }

    /// <summary>Answers of providers that are delivered twice.</summary>
    public int Echoes { get; init; }

    public bool Outages { get; init; }

    /// <summary>How far one host's clock may run ahead of another's.</summary>
    public TimeSpan Skew { get; init; }

    /// <summary>
    /// How many statement entries precede the first order. An account near its first archived page soon forgets old
    /// entries.
    /// </summary>
    public int OldGrants { get; init; }

    public static Traits Draw(SeededRandom random)
    {
        var calm = random.Chance(60);
        int Rate(int max) => calm || random.Chance(250) ? 0 : random.Next(max) + 1;
        return new Traits
        {
            Cluster = random.Chance(600),
            Accounts = random.Between(1, 2),
            Orders = random.Between(2, 9),
            Concurrency = random.Between(1, 6),
            GatePlaces = random.Between(1, 6),
            Storm = TimeSpan.FromSeconds(random.Between(20, 150)),
            Deadline = TimeSpan.FromSeconds(random.Between(60, 400)),
            Crashes = Rate(300),
            Pauses = Rate(100),
            WritesFailing = Rate(80),
            AnswersLost = Rate(80),
            CallsDoubled = Rate(80),
            CallsLate = Rate(80),
            MisroutedCalls = Rate(60),
            UpstreamFaults = Rate(400),
            PictureFaults = Rate(200),
            Echoes = Rate(500),
            Outages = !calm && random.Chance(250),
            Skew = TimeSpan.FromMilliseconds(Rate(1200)),
            OldGrants = random.Chance(300) ? random.Between(50, 64) : 0,
        };
    }
}
