using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using Orleans.Runtime;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Engine.Accounts;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Accounts;

/// <summary>An account as a grain. Reentrant, so that callers who arrive during a write share the next one.</summary>
[Reentrant]
[GrainType("account")]
public sealed class AccountGrain : Grain, IAccountGrain, IRemindable
{
    private const string Record = "account";

    private readonly GrainHost<AccountState> _host;
    private readonly AccountActivation _account;

    public AccountGrain(
        [PersistentState(Record, ClusterStorage.Records)] IPersistentState<AccountState> record, IDirectory directory,
        IStatementArchive archive, TimeProvider clock, ILogger<AccountActivation> logger)
    {
        _host = new GrainHost<AccountState>(
            this, Record, record, DelayDeactivation, account => !account.Reservations.IsEmpty, () => _account!.OnDue(), clock, logger);
        _account = new AccountActivation(_host, directory, archive, logger);
    }

    public override Task OnActivateAsync(CancellationToken cancellationToken) => _account.TakeUp();

    public async Task<Result<AccountView>> Open(AccountCommand.Open command)
    {
        await AccountIndex.Shard(GrainFactory, command.Id).Add(command.Id);
        return await _account.Open(command);
    }

    public Task<Result<AccountView>> Grant(AccountCommand.Grant command) => _account.Grant(command);

    public Task<Result<AccountView>> Adjust(AccountCommand.Adjust command) => _account.Adjust(command);

    public Task<Result<AccountView>> Freeze(AccountCommand.Freeze command) => _account.Freeze(command);

    public Task<Result<AccountView>> Unfreeze(AccountCommand.Unfreeze command) => _account.Unfreeze(command);

    public Task<Result<AccountKey>> AddKey(AccountCommand.AddKey command) => _account.AddKey(command);

    public Task<Result<AccountKey>> UpdateKey(AccountCommand.UpdateKey command) => _account.UpdateKey(command);

    public Task<Result<AccountKey>> RotateKey(AccountCommand.RotateKey command) => _account.RotateKey(command);

    public Task<Result<AccountKey>> RemoveKey(AccountCommand.RemoveKey command) => _account.RemoveKey(command);

    public Task<Result<AccountView>> SetWebhooks(AccountCommand.SetWebhooks command) => _account.SetWebhooks(command);

    public Task<Result<ReservationReply>> Reserve(AccountCommand.Reserve command) => _account.Reserve(command);

    public Task<Result<ReservationReply>> Capture(AccountCommand.Capture command) => _account.Capture(command);

    public Task<Result<ReservationReply>> Release(AccountCommand.Release command) => _account.Release(command);

    /// <summary>Anybody can make up a key of an account that does not exist, and that must not stay in memory.</summary>
    public async Task<Result<AdmittedKey>> Authenticate(string keyHash, RouteClass route, KeyScopes needed)
    {
        var admitted = await _account.Authenticate(keyHash, route, needed);
        if (!admitted.Ok && !(await _account.Read()).Ok)
            DeactivateOnIdle();
        return admitted;
    }

    public Task<Result<AccountView>> Read() => _account.Read();

    public Task<Result<AccountKeys>> Keys() => _account.Keys();

    public Task<Result<StatementPage>> Statement(long after, int limit) => _account.Statement(after, limit);

    /// <summary>Being called is what counts: activation has asked after every open reservation.</summary>
    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        await _account.OnDue();
        if (_account.Idle)
            await _host.Remind(wanted: false);
    }
}
