using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using TryOn.Storage.Sqlite;

namespace TryOn.Storage.Tests.Sqlite;

public sealed class SqliteReminderTableTests : IDisposable
{
    private static readonly DateTime Start = new(2026, 11, 28, 7, 30, 0, DateTimeKind.Utc);
    private static readonly GrainId Grain = GrainId.Create("note", "1");

    private readonly TemporaryDatabase _temporary = new();

    private SqliteReminderTable Table => CreateTable("service");

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task Row_AfterReopening_IsAsWritten()
    {
        var eTag = await Table.UpsertRow(Entry(Grain));
        _temporary.Reopen();

        var row = await Table.ReadRow(Grain, "wake");

        Assert.Equal(
            (Grain, "wake", Start, DateTimeKind.Utc, TimeSpan.FromMinutes(5), eTag),
            (row!.GrainId, row.ReminderName, row.StartAt, row.StartAt.Kind, row.Period, row.ETag));
        Assert.Equal(eTag, Assert.Single((await Table.ReadRows(Grain)).Reminders).ETag);
    }

    [Fact]
    public async Task Row_Missing_IsNull()
    {
        await Table.UpsertRow(Entry(Grain));

        Assert.Null(await Table.ReadRow(Grain, "other"));
        Assert.Null(await Table.ReadRow(GrainId.Create("note", "2"), "wake"));
        Assert.Empty((await Table.ReadRows(GrainId.Create("note", "2"))).Reminders);
    }

    [Fact]
    public async Task Upsert_Again_ReplacesTheRowAndItsETag()
    {
        var first = await Table.UpsertRow(Entry(Grain));
        var changed = Entry(Grain);
        changed.Period = TimeSpan.FromMinutes(9);
        changed.StartAt = Start.AddDays(1);

        var second = await Table.UpsertRow(changed);

        var row = Assert.Single((await Table.ReadRows(Grain)).Reminders);
        Assert.NotEqual(first, second);
        Assert.Equal((second, changed.Period, changed.StartAt), (row.ETag, row.Period, row.StartAt));
    }

    [Fact]
    public async Task Remove_OldETag_KeepsTheRow()
    {
        var old = await Table.UpsertRow(Entry(Grain));
        var current = await Table.UpsertRow(Entry(Grain));

        Assert.False(await Table.RemoveRow(Grain, "wake", old!));
        Assert.NotNull(await Table.ReadRow(Grain, "wake"));
        Assert.True(await Table.RemoveRow(Grain, "wake", current!));
        Assert.Null(await Table.ReadRow(Grain, "wake"));
        Assert.False(await Table.RemoveRow(Grain, "wake", current!));
    }

    [Fact]
    public async Task Remove_ETagOfAnEarlierRow_KeepsTheNewOne()
    {
        var old = await Table.UpsertRow(Entry(Grain));
        await Table.RemoveRow(Grain, "wake", old!);
        await Table.UpsertRow(Entry(Grain));

        Assert.False(await Table.RemoveRow(Grain, "wake", old!));
    }

    [Fact]
    public async Task Services_OfOneDatabase_AreApart()
    {
        var other = CreateTable("other");
        await other.UpsertRow(Entry(Grain));
        var eTag = await Table.UpsertRow(Entry(Grain));

        Assert.False(await other.RemoveRow(Grain, "wake", eTag!));
        await Table.TestOnlyClearTable();

        Assert.Null(await Table.ReadRow(Grain, "wake"));
        Assert.Empty((await Table.ReadRows(0, 0)).Reminders);
        Assert.Single((await other.ReadRows(0, 0)).Reminders);
    }

    [Fact]
    public async Task Range_OfTheRing_HoldsItsHashesAlone()
    {
        var grains = Enumerable.Range(0, 60).Select(i => GrainId.Create("note", $"{i}")).ToList();
        foreach (var grain in grains)
            await Table.UpsertRow(Entry(grain));
        var hashes = grains.Select(grain => grain.GetUniformHashCode()).Order().ToList();
        // Some hashes are above the middle and some below. As signed numbers they would sort the other way.
        Assert.True(hashes[0] < int.MaxValue && hashes[^1] > int.MaxValue);
        uint[] bounds = [0, 1, hashes[0], hashes[20], hashes[20] - 1, hashes[40], hashes[59], uint.MaxValue];

        foreach (var (begin, end) in bounds.SelectMany(begin => bounds.Select(end => (begin, end))))
        {
            var expected = hashes.Where(hash =>
                begin < end ? hash > begin && hash <= end : hash > begin || hash <= end);
            var rows = (await Table.ReadRows(begin, end)).Reminders;
            Assert.Equal(expected, rows.Select(row => row.GrainId.GetUniformHashCode()).Order());
        }
    }

    private static ReminderEntry Entry(GrainId grain) => new()
    {
        GrainId = grain,
        ReminderName = "wake",
        StartAt = Start,
        Period = TimeSpan.FromMinutes(5),
    };

    private SqliteReminderTable CreateTable(string service) =>
        new(_temporary.Database, Options.Create(new ClusterOptions { ServiceId = service }));
}
