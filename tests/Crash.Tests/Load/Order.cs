namespace TryOn.Crash.Tests.Load;

/// <summary>How a client behaves.</summary>
internal enum ClientBehaviour
{
    /// <summary>Repeats the request until it is answered, then polls until the job has ended.</summary>
    Polls,

    /// <summary>Repeats the request until it is answered, and never polls the job.</summary>
    NeverPolls,

    /// <summary>Closes the connection before the first answer, then behaves like <see cref="Polls"/>.</summary>
    HangsUp,

    /// <summary>Sends the same request twice at the same time, as a double click or a retrying proxy does.</summary>
    SendsTwice,

    /// <summary>Does not repeat the request after a broken connection.</summary>
    NeverRepeats,
}

/// <summary>
/// A request that keeps its idempotency key however often it is sent, and what its client saw of the job.
/// </summary>
/// <param name="Number">Unique in a run; its picture's size and its key follow from it.</param>
internal sealed record Order(int Number, string Model, bool AsForm, ClientBehaviour Behaviour)
{
    public const string Kling = "kling/kolors-v1-5";
    public const string Gemini = "google/gemini-2.5-flash-image";

    private static readonly string[] Models = [Kling, Gemini];

    public string Key => $"order-{Number}";

    /// <summary>Set by the first answer of 200 or 202, after which the gateway must bring the job to an end.</summary>
    public string? JobId { get; set; }

    /// <summary>The last status that the client saw.</summary>
    public string? Status { get; set; }

    /// <summary>From its first request to the first answer that was an accepted job.</summary>
    public TimeSpan? AcceptedAfter { get; set; }

    public bool Ended => Status is "succeeded" or "failed" or "canceled";

    public static Order Draw(int number, Random random) => new(
        number, Models[random.Next(Models.Length)], random.Next(2) == 0, random.Next(10) switch
        {
            < 3 => ClientBehaviour.Polls,
            < 5 => ClientBehaviour.NeverPolls,
            < 6 => ClientBehaviour.HangsUp,
            < 8 => ClientBehaviour.SendsTwice,
            _ => ClientBehaviour.NeverRepeats,
        });
}
