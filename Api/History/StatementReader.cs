using System.Runtime.CompilerServices;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;

namespace TryOn.Api.History;

/// <summary>
/// Reads one account's statement page by page, in either direction. Each read ends at the entry that was newest when it
/// began, so that it also ends for an account that is constantly written to.
/// </summary>
/// <param name="read">An account's <see cref="IAccount.Statement"/>.</param>
public sealed class StatementReader(Func<long, int, Task<Result<StatementPage>>> read)
{
    /// <summary>
    /// How far the times of two entries may be out of order: an account moves between machines whose clocks differ.
    /// </summary>
    public static readonly TimeSpan ClockSkewMax = TimeSpan.FromMinutes(10);

    private const int PageSize = 256;

    /// <summary>Sequence of the newest entry; 0 before the first.</summary>
    public async Task<long> Newest() => (await read(long.MaxValue, 1)).Value?.Newest ?? 0;

    /// <summary>Reads entries after a sequence number, oldest first.</summary>
    public async IAsyncEnumerable<StatementEntry> After(
        long after, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var newest = await Newest();
        while (after < newest)
        {
            cancellation.ThrowIfCancellationRequested();
            var page = await Page(after, PageSize);
            foreach (var entry in page)
                yield return entry;
            if (page.Count == 0)
                yield break;
            after = page[^1].Sequence;
        }
    }

    /// <summary>
    /// Reads entries before a sequence number, newest first. Older pages are fetched only as the caller asks for them.
    /// </summary>
    public async IAsyncEnumerable<StatementEntry> Before(
        long before, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var next = Math.Min(before - 1, await Newest());
        while (next > 0)
        {
            cancellation.ThrowIfCancellationRequested();
            var start = Math.Max(0, next - PageSize);
            var page = await Page(start, (int)(next - start));
            foreach (var entry in page.Reverse().Where(entry => entry.Sequence <= next))
                yield return entry;
            next = start;
        }
    }

    /// <summary>A sequence number after which all entries of the period lie, even if clocks differed.</summary>
    public async Task<long> StartOf(Period period) =>
        // Avoids an underflow: callers may give a start close to the earliest representable time.
        period.From is { } from && from - DateTimeOffset.MinValue > ClockSkewMax
            ? await LastBefore(from - ClockSkewMax)
            : 0;

    /// <summary>
    /// The sequence number of the last entry older than a time, or 0. Found by binary search, in 20 reads for a million
    /// entries. A caller that must not miss an entry subtracts <see cref="ClockSkewMax"/> from its time.
    /// </summary>
    public async Task<long> LastBefore(DateTimeOffset time)
    {
        var (low, high) = (0L, await Newest());
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var page = await Page(middle, 1);
            if (page is [var entry] && entry.At < time)
                low = middle + 1;
            else
                high = middle;
        }

        return low;
    }

    private async Task<IReadOnlyList<StatementEntry>> Page(long after, int limit) =>
        (await read(after, limit)).Value?.Entries ?? [];
}
