namespace TryOn.Providers.Wire;

/// <summary>What one HTTP exchange with an upstream came to. The cases differ in what may have been paid for.</summary>
public abstract record UpstreamAnswer
{
    private UpstreamAnswer()
    {
    }

    /// <summary>A whole answer, whatever its status.</summary>
    /// <param name="RetryAfter">The standard header's hint, when there was one.</param>
    public sealed record Answered(int Status, TimeSpan? RetryAfter, byte[] Body) : UpstreamAnswer
    {
        private static readonly Dictionary<string, string> NoHeaders = [];

        /// <summary>By names in whichever case.</summary>
        public IReadOnlyDictionary<string, string> Headers { get; init; } = NoHeaders;

        public bool Succeeded => Status is >= 200 and <= 299;
    }

    /// <summary>No connection came about, so not a byte of the request left: nothing can have started.</summary>
    public sealed record NeverSent : UpstreamAnswer;

    /// <summary>The request may have arrived, and its answer cannot be had.</summary>
    /// <param name="Reason">One of ours: <c>timeout</c>, <c>broken</c>, <c>too_large</c>.</param>
    public sealed record Lost(string Reason) : UpstreamAnswer;
}
