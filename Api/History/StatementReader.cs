using System.Runtime.CompilerServices;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;

namespace TryOn.Api.History;

/// <summary>
/// Reads one account's statement a piece at a time, in either direction. Each reading ends at the entry that was the newest
/// when it began, so that a busy account's does not go on for ever.
/// </summary>
/// <param name="read">An account's <see cref="IAccount.Statement"/>.</param>
public sealed class StatementReader(Func<long, int, Task<Result<StatementPage>>> read)
{
    /// <summary>
    /// How far two entries' times may be out of order: an account moves between machines, and their clocks differ.
    /// </summary>
    public static readonly TimeSpan Disorder = TimeSpan.FromMinutes(10);

    private const int PieceMax = 256;

    /// <summary>Sequence of the newest entry; 0 before the first.</summary>
    public async Task<long> Newest() => (await read(long.MaxValue, 1)).Value?.Newest ?? 0;

    /// <summary>Oldest first, beginning behind a sequence number.</summary>
    public async IAsyncEnumerable<StatementEntry> After(
        long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var newest = await Newest();
        while (after < newest)
        {
            cancellation.ThrowIfCancellationRequested();
            var piece = await Piece(after, PieceMax);
            foreach (var entry in piece)
                yield return entry;
            if (piece.Count == 0)
                yield break;
            after = piece[^1].Sequence;
        }
    }

    /// <summary>Newest first, beginning before a sequence number. Older pages are read only as far as they are asked for.</summary>
    public async IAsyncEnumerable<StatementEntry> Before(
        long before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var next = Math.Min(before - 1, await Newest());
        while (next > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = Math.Max(0, next - PieceMax);
            var piece = await Piece(start, (int)(next - start));
            foreach (var entry in piece.Reverse().Where(entry => entry.Sequence <= next))
                yield return entry;
            next = start;
        }
    }

    /// <summary>Behind which sequence number all of a period stands, however the clocks differed.</summary>
    public async Task<long> StartOf(Period period) =>
        // Nothing is older than the earliest time that can be written, which a caller may well begin with.
        period.From is { } from && from - DateTimeOffset.MinValue > Disorder ? await LastBefore(from - Disorder) : 0;

    /// <summary>
    /// A sequence number whose entry, if there is one, is older than this time, and the next one's is not. Found by halving:
    /// 20 looks in a million entries. Whoever must not miss an entry asks for <see cref="Disorder"/> before its time.
    /// </summary>
    public async Task<long> LastBefore(DateTimeOffset time)
    {
        var (low, high) = (0L, await Newest());
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var piece = await Piece(middle, 1);
            if (piece is [var entry] && entry.At < time)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private async Task<IReadOnlyList<StatementEntry>> Piece(long after, int limit) =>
        (await read(after, limit)).Value?.Entries ?? [];
}
