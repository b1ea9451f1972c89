namespace TryOn.Providers.Callbacks;

/// <summary>What an upstream's callbacks are like, beyond the address that they come to.</summary>
public interface ICallbackForm
{
    string Provider { get; }

    /// <summary>False for one that ought to be signed, and is not or wrongly.</summary>
    ValueTask<bool> Genuine(CallbackMessage message, CancellationToken cancellation);

    /// <summary>
    /// False when it says that the task is still under way: asking then would be early. Nothing else that it says is
    /// believed.
    /// </summary>
    bool News(CallbackMessage message);
}

/// <summary>Whatever came to a callback address.</summary>
/// <param name="Header">Null for one that was not sent.</param>
public sealed record CallbackMessage(Func<string, string?> Header, ReadOnlyMemory<byte> Body);

/// <summary>Callbacks that come without a signature, once and at the end.</summary>
public sealed class UnsignedCallbacks(string provider) : ICallbackForm
{
    public string Provider => provider;

    public ValueTask<bool> Genuine(CallbackMessage message, CancellationToken cancellation) => new(true);

    public bool News(CallbackMessage message) => true;
}
