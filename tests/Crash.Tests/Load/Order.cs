namespace TryOn.Crash.Tests.Load;

/// <summary>How a client behaves.</summary>
internal enum Temper
{
    /// <summary>Sends until it has an answer, then looks until the job has ended.</summary>
    Waits,

    /// <summary>Sends until it has an answer and never looks at the job.</summary>
    LooksAway,

    /// <summary>Hangs up before the first answer, then goes on as one who waits.</summary>
    HangsUp,

    /// <summary>Sends the same request twice at the same time, as a double click or a nervous proxy does.</summary>
    SendsTwice,

    /// <summary>Does not send again after a broken connection.</summary>
    GivesUp,
}

/// <summary>What a client wants, under one idempotency key however often it is sent; and what it saw of it.</summary>
/// <param name="Number">Unique in a run; its picture's size and its key follow from it.</param>
internal sealed record Order(int Number, string Model, bool AsForm, Temper Temper)
{
    public const string Kling = "kling/kolors-v1-5";
    public const string Gemini = "google/gemini-2.5-flash-image";

    private static readonly string[] Models = [Kling, Gemini];

    public string Key => $"order-{Number}";

    /// <summary>Known once any answer was 200 or 202: from then on the gateway owes this job an end.</summary>
    public string? JobId { get; set; }

    /// <summary>The last status that the client saw.</summary>
    public string? Status { get; set; }

    /// <summary>From its first request to the first answer that was an accepted job.</summary>
    public TimeSpan? AcceptedAfter { get; set; }

    public bool Ended => Status is "succeeded" or "failed" or "canceled";

    public static Order Thrown(int number, Random dice) => new(
        number, Models[dice.Next(Models.Length)], dice.Next(2) == 0, dice.Next(10) switch
        {
            < 3 => Temper.Waits,
            < 5 => Temper.LooksAway,
            < 6 => Temper.HangsUp,
            < 8 => Temper.SendsTwice,
            _ => Temper.GivesUp,
        });
}
