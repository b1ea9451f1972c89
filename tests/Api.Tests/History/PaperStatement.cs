using System.Collections.Immutable;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;

namespace TryOn.Api.Tests.History;

/// <summary>A statement without an account, which counts how many entries are read.</summary>
internal sealed class PaperStatement
{
    private readonly List<StatementEntry> _entries = [];
    private readonly Dictionary<string, StatementEntry> _reserves = [];
    private long _available;
    private long _reserved;

    public static DateTimeOffset Start { get; } = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<StatementEntry> Entries => _entries;

    /// <summary>How many entries have been read.</summary>
    public long Read { get; private set; }

    public PaperStatement Grant(long amount) => Add(EntryKind.Grant, amount, Start, job: null, purchase: null);

    public PaperStatement Reserve(string job, double hours, long amount = 1, Purchase? purchase = null)
    {
        Add(EntryKind.Reserve, amount, Start.AddHours(hours), job, purchase);
        _reserves[job] = _entries[^1];
        return this;
    }

    public PaperStatement Capture(string job, double hours) => Close(EntryKind.Capture, job, hours);

    /// <summary>A cheaper model has answered, so the rest is released first.</summary>
    public PaperStatement Capture(string job, double hours, long amount, string model)
    {
        var reserve = _reserves[job];
        Add(EntryKind.Release, reserve.Amount - amount, Start.AddHours(hours), job, reserve.For);
        return Add(EntryKind.Capture, amount, Start.AddHours(hours), job, reserve.For! with { Model = model });
    }

    public PaperStatement Release(string job, double hours) => Close(EntryKind.Release, job, hours);

    public Task<Result<StatementPage>> Pages(long after, int limit)
    {
        var page = _entries.Skip((int)Math.Min(after, int.MaxValue)).Take(limit).ToImmutableList();
        Read += page.Count;
        return Task.FromResult<Result<StatementPage>>(new StatementPage(page, _entries.Count));
    }

    private PaperStatement Close(EntryKind kind, string job, double hours) =>
        Add(kind, _reserves[job].Amount, Start.AddHours(hours), job, _reserves[job].For);

    private PaperStatement Add(EntryKind kind, long amount, DateTimeOffset at, string? job, Purchase? purchase)
    {
        _available += kind is EntryKind.Grant or EntryKind.Release ? amount : kind == EntryKind.Reserve ? -amount : 0;
        _reserved += kind == EntryKind.Reserve ? amount : kind == EntryKind.Grant ? 0 : -amount;
        _entries.Add(new StatementEntry(
            _entries.Count + 1, at, kind, amount, _available, _reserved, $"{kind}:{job}", job, For: purchase));
        return this;
    }
}
