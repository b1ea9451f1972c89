namespace TryOn.Api.Start;

/// <summary>The sandbox that answers test keys. Section <c>TryOn:Sandbox</c>.</summary>
public sealed class InProcessSandboxOptions
{
    /// <summary>Divisor of the models' latencies. Default: 5, which makes a Kling picture in about 4 seconds.</summary>
    public double Speed { get; set; } = 5;
}
