namespace TryOn.Providers.Wire;

/// <summary>
/// The outcome of one HTTP exchange with an upstream. The cases differ in whether the call may have been paid for.
/// </summary>
public abstract record UpstreamAnswer
{
    private UpstreamAnswer()
    {
    }

    /// <summary>A complete answer, with any status.</summary>
    /// <param name="RetryAfter">The delay from the Retry-After header, if there was one.</param>
    public sealed record Answered(int Status, TimeSpan? RetryAfter, byte[] Body) : UpstreamAnswer
    {
        private static readonly Dictionary<string, string> NoHeaders = [];

        /// <summary>Headers by case-insensitive names.</summary>
        public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

        public bool Succeeded => Status is >= 200 and <= 299;
    }

    /// <summary>No connection was made, so no byte of the request was sent and nothing can have started.</summary>
    public sealed record NeverSent : UpstreamAnswer;

    /// <summary>The request may have arrived, but its answer was lost.</summary>
    /// <param name="Reason">One of <c>timeout</c>, <c>broken</c>, <c>too_large</c>.</param>
    public sealed record Lost(string Reason) : UpstreamAnswer;
}
