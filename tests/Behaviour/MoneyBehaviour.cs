using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Behaviour;

/// <summary>What every host must guarantee about money, however it stores and schedules.</summary>
public abstract class MoneyBehaviour : IAsyncLifetime
{
    private static readonly AccountKey Key =
        new(new string('a', 64), "tryon_test_…Abcd", "shop", DateTimeOffset.FromUnixTimeSeconds(1772366400));

    private readonly List<HostUnderTest> _hosts = [];
    private HostUnderTest _host = null!;
    private Scene _scene = null!;

    protected abstract Task<HostUnderTest> StartHost();

    public async Task InitializeAsync()
    {
        _host = await StartHost();
        _hosts.Add(_host);
        _scene = new Scene(_host);
    }

    public async Task DisposeAsync()
    {
        foreach (var host in _hosts)
            await host.DisposeAsync();
    }

    [Fact]
    public async Task Reserve_ManyAtOnce_NeverOverspends()
    {
        var account = await _scene.OpenAccount("racer", credits: 40);

        var replies = await Task.WhenAll(Enumerable.Range(0, 400).Select(i => Task.Run(() =>
            account.Ask(new AccountCommand.Reserve($"race-{i}", 1, "f")))));

        Assert.Equal(40, replies.Count(reply => reply.Ok));
        Assert.All(replies.Where(reply => !reply.Ok), reply => Assert.Equal(ErrorCode.OutOfCredits, reply.Error!.Code));
        var view = (await account.Read()).Value!;
        Assert.Equal((0, 40, 0), (view.Available, view.Reserved, view.Captured));
    }

    [Fact]
    public async Task Reserve_BeyondConcurrency_IsRefused()
    {
        var account = await _scene.OpenAccount("narrow", credits: 10, concurrency: 2);
        await account.Ask(new AccountCommand.Reserve("a", 1, "f"));
        await account.Ask(new AccountCommand.Reserve("b", 1, "f"));

        var third = await account.Ask(new AccountCommand.Reserve("c", 1, "f"));

        Assert.Equal(ErrorCode.ConcurrencyLimited, third.Error!.Code);
        Assert.NotNull(third.Error.RetryAfter);
    }

    [Fact]
    public async Task Operations_Repeated_CountOnce()
    {
        var account = await _scene.OpenAccount("twice", credits: 5);
        await account.Ask(new AccountCommand.Grant(7, "topup-1", ""));
        await account.Ask(new AccountCommand.Grant(7, "topup-1", ""));
        for (var i = 0; i < 3; i++)
            await account.Ask(new AccountCommand.Reserve("job", 1, "f"));
        for (var i = 0; i < 3; i++)
            await account.Ask(new AccountCommand.Capture("job"));
        await account.Ask(new AccountCommand.Release("job", "too late"));

        var view = (await account.Read()).Value!;
        Assert.Equal((11, 0, 1, 12), (view.Available, view.Reserved, view.Captured, view.Granted));
    }

    [Fact]
    public async Task Capture_OfAPart_GivesBackTheRest()
    {
        var account = await _scene.OpenAccount("thrifty", credits: 9);
        await account.Ask(new AccountCommand.Reserve("job", 5, "f"));

        var refused = await account.Ask(new AccountCommand.Capture("job", 0));
        var captured = await account.Ask(new AccountCommand.Capture("job", 2, "cheaper"));
        await _host.Restart();

        Assert.Equal(
            (ErrorCode.InvalidRequest, ReservationOutcome.Captured), (refused.Error!.Code, captured.Value!.Outcome));
        account = _host.Directory.Account("thrifty");
        var (view, statement) = ((await account.Read()).Value!, (await account.Statement(0, 10)).Value!);
        Assert.Equal((7, 0, 2), (view.Available, view.Reserved, view.Captured));
        Assert.Equal(
            [(EntryKind.Grant, 9), (EntryKind.Reserve, 5), (EntryKind.Release, 3), (EntryKind.Capture, 2)],
            statement.Entries.Select(entry => (entry.Kind, entry.Amount)));
    }

    /// <summary>The open reservation is of a late repeat; the job was started with an earlier reservation.</summary>
    [Fact]
    public async Task Capture_OfAnotherReservation_TakesNothing()
    {
        var account = await _scene.OpenAccount("twice", credits: 9);
        var reserved = (await account.Ask(new AccountCommand.Reserve("job", 5, "f"))).Value!;

        var other = await account.Ask(
            new AccountCommand.Capture("job", ReservedAt: reserved.At - TimeSpan.FromSeconds(9)));
        var view = (await account.Read()).Value!;
        var own = await account.Ask(new AccountCommand.Capture("job", ReservedAt: reserved.At));

        Assert.Equal((ReservationOutcome.Unknown, 0, 5), (other.Value!.Outcome, view.Captured, view.Reserved));
        Assert.Equal(ReservationOutcome.Captured, own.Value!.Outcome);
    }

    [Fact]
    public async Task Balance_AfterRestart_IsWhatWasCommitted()
    {
        var account = await _scene.OpenAccount("durable", credits: 9);
        await account.Ask(new AccountCommand.Reserve("kept", 2, "f"));
        var before = (await account.Read()).Value;

        await _host.Restart();

        Assert.Equal(before, (await _host.Directory.Account("durable").Read()).Value);
    }

    [Fact]
    public async Task Statement_OfManyPages_IsWholeAndAddsUp()
    {
        const int Grants = (5 * StatementRules.PageSize) + 3;
        var account = await _scene.OpenAccount("talker", credits: 0);
        for (var i = 0; i < Grants; i++)
            await account.Ask(new AccountCommand.Grant(1, $"grant-{i}", ""));

        var entries = new List<StatementEntry>();
        StatementPage page;
        do
        {
            page = (await account.Statement(entries.Count, 50)).Value!;
            entries.AddRange(page.Entries);
        }
        while (entries.Count < page.Newest);

        Assert.Equal(Enumerable.Range(1, Grants), entries.Select(entry => (int)entry.Sequence));
        Assert.Equal(Enumerable.Range(1, Grants), entries.Select(entry => (int)entry.Available));
    }

    [Fact]
    public async Task Account_NeverOpened_IsNotFound()
    {
        var account = _host.Directory.Account("nobody");

        Assert.Equal(ErrorCode.NotFound, (await account.Read()).Error!.Code);
        Assert.Equal(ErrorCode.NotFound, (await account.Ask(new AccountCommand.Grant(1, "x", ""))).Error!.Code);
        Assert.Equal(
            ErrorCode.Authentication,
            (await account.Authenticate("hash", RouteClass.None, KeyScopes.None)).Error!.Code);
    }

    [Fact]
    public async Task Accounts_Opened_AreListed()
    {
        await _scene.OpenAccount("listed-1", credits: 1);
        await _scene.OpenAccount("listed-2", credits: 1);

        var ids = new List<string>();
        await foreach (var id in _host.Directory.AccountIds(CancellationToken.None))
            ids.Add(id);

        Assert.Contains("listed-1", ids);
        Assert.Contains("listed-2", ids);
    }

    [Fact]
    public async Task Key_Disabled_IsRefusedAtOnce()
    {
        var account = await OpenWithKey("careful", limit: null);
        Assert.True((await account.Authenticate(Key.Hash, RouteClass.TryOn, KeyScopes.JobsWrite)).Ok);

        await account.Ask(new AccountCommand.UpdateKey(Key.Hash, new KeyPatch(Disabled: true)));

        Assert.Equal(
            ErrorCode.Authentication,
            (await account.Authenticate(Key.Hash, RouteClass.TryOn, KeyScopes.JobsWrite)).Error!.Code);
        Assert.Equal(ErrorCode.Authentication, (await account.Ask(Buy("late"))).Error!.Code);
    }

    [Fact]
    public async Task KeyLimit_ManyAtOnce_IsNeverPassed()
    {
        var account = await OpenWithKey("budget", limit: 30);

        var replies = await Task.WhenAll(
            Enumerable.Range(0, 300).Select(i => Task.Run(() => account.Ask(Buy($"limited-{i}")))));

        Assert.Equal(30, replies.Count(reply => reply.Ok));
        Assert.All(replies.Where(reply => !reply.Ok), reply => Assert.Equal("key", reply.Error!.LimitSource));
        await account.Ask(new AccountCommand.Release(replies.First(reply => reply.Ok).Value!.JobId, ""));
        Assert.True((await account.Ask(Buy("again"))).Ok);
    }

    [Fact]
    public async Task Keys_AfterRestart_AreAsTheyWere()
    {
        await OpenWithKey("keeper", limit: 30);
        await _host.Directory.Account("keeper").Ask(Buy("one"));
        var before = Assert.Single((await _host.Directory.Account("keeper").Keys()).Value!.Items);

        await _host.Restart();

        var after = Assert.Single((await _host.Directory.Account("keeper").Keys()).Value!.Items);
        Assert.Equal(1, after.Spend.Total);
        Assert.Equal(before with { UsedAt = after.UsedAt }, after);
    }

    private async Task<IAccount> OpenWithKey(string id, long? limit)
    {
        var account = await _scene.OpenAccount(id, credits: 1000);
        Assert.True((await account.Ask(new AccountCommand.AddKey(Key with { Limit = limit }))).Ok);
        return account;
    }

    private static AccountCommand.Reserve Buy(string jobId) => new(jobId, 1, "f", new Purchase(Key.Id, "model"));
}
