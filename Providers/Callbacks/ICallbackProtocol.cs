namespace TryOn.Providers.Callbacks;

/// <summary>How an upstream's callbacks are authenticated and read.</summary>
public interface ICallbackProtocol
{
    string Provider { get; }

    /// <summary>False for a callback whose signature is required and is missing or wrong.</summary>
    ValueTask<bool> IsAuthentic(CallbackMessage message, CancellationToken cancellation);

    /// <summary>
    /// False when the callback says that the task is still running, so that asking would be too early. Nothing else in
    /// a callback is trusted.
    /// </summary>
    bool MayHaveEnded(CallbackMessage message);
}

/// <summary>A request to a callback address.</summary>
/// <param name="Header">Returns a header's value, or null if it was not sent.</param>
public sealed record CallbackMessage(Func<string, string?> Header, ReadOnlyMemory<byte> Body);

/// <summary>Callbacks that are not signed and sent once, when the task has ended.</summary>
public sealed class UnsignedCallbacks(string provider) : ICallbackProtocol
{
    public string Provider => provider;

    public ValueTask<bool> IsAuthentic(CallbackMessage message, CancellationToken cancellation) => new(true);

    public bool MayHaveEnded(CallbackMessage message) => true;
}
