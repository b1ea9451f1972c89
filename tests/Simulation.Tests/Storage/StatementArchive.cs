using System.Collections.Immutable;
using TryOn.Core.Accounts;
using TryOn.Engine.Accounts;
using TryOn.Simulation.Tests.Hosts;

namespace TryOn.Simulation.Tests.Storage;

/// <summary>Pages of statements that were moved out of their account's record.</summary>
internal sealed class StatementArchive(World world)
{
    private readonly Dictionary<(string Account, long Number), ImmutableList<StatementEntry>> _pages = [];

    public ImmutableList<StatementEntry>? Page(string account, long number) =>
        _pages.GetValueOrDefault((account, number));

    public void Save(string account, long number, ImmutableList<StatementEntry> entries)
    {
        world.Note("page", account, number);
        _pages[(account, number)] = entries;
    }
}

internal sealed class HostArchive(World world, Host host) : IStatementArchive
{
    public async Task Save(string accountId, long number, ImmutableList<StatementEntry> entries)
    {
        await Wait.For(world, host, 1, 50);
        if (world.Fault(world.Traits.WritesFailing))
            throw new IOException("The page could not be stored.");
        world.Archive.Save(accountId, number, entries);
    }

    public async Task<ImmutableList<StatementEntry>?> Read(string accountId, long number)
    {
        await Wait.For(world, host, 1, 10);
        return world.Archive.Page(accountId, number);
    }
}
