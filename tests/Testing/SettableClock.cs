using Microsoft.Extensions.Time.Testing;

namespace TryOn.Testing;

/// <summary>
/// A clock whose date can be set while time passes as before. <see cref="FakeTimeProvider.AdjustTime"/> is no help
/// there: it moves the timestamps too.
/// </summary>
public sealed class SettableClock : FakeTimeProvider
{
    /// <summary>How far the date was set ahead of the time that passes, or back.</summary>
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
