using Microsoft.Extensions.Time.Testing;

namespace TryOn.Testing;

/// <summary>
/// A fake clock whose date can be set without moving its timestamps, as when an operator sets a system's clock.
/// <see cref="FakeTimeProvider.AdjustTime"/> moves the timestamps too.
/// </summary>
public sealed class SettableClock : FakeTimeProvider
{
    /// <summary>How far the date is ahead of the timestamps; negative when it was set back.</summary>
    public TimeSpan Offset { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Offset;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;
}
