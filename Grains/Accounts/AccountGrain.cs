using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Engine;
using TryOn.Engine.Accounts;
using TryOn.Grains.Interfaces;

namespace TryOn.Grains.Accounts;

/// <summary>An account as a grain. A reminder revives it while it has open reservations, and it revives their jobs.</summary>
[GrainType(TypeName)]
public sealed class AccountGrain(
    [PersistentState(AccountGrain.Record, ClusterStorage.Records)] IPersistentState<AccountState> record,
    IDirectory directory, IStatementArchive archive, TimeProvider clock, ILogger<AccountActivation> logger)
    : MachineGrain<AccountState, AccountActivation>(Record, record, clock, logger), IAccountGrain
{
    internal const string TypeName = "account";

    private const string Record = "account";

    /// <summary>An account that reserves once mostly does so again, and each change of a reminder is a write.</summary>
    protected override bool KeepsReminder => true;

    public async Task<Result<TReply>> Ask<TReply>(AccountCommand<TReply> command)
        where TReply : class
    {
        if (command is AccountCommand.Open open)
            await AccountIndex.Shard(GrainFactory, open.Id).Add(open.Id);
        return await Activation.Ask(command);
    }

    /// <summary>Anybody can make up a key of an account that does not exist, and that must not stay in memory.</summary>
    public async Task<Result<AdmittedKey>> Authenticate(string keyHash, RouteClass route, KeyScopes needed)
    {
        var admitted = await Activation.Authenticate(keyHash, route, needed);
        if (!admitted.Ok && !(await Activation.Read()).Ok)
            LeaveSoon();
        return admitted;
    }

    public Task<Result<AccountView>> Read() => Activation.Read();

    public Task<Result<AccountKeys>> Keys() => Activation.Keys();

    public Task<Result<StatementPage>> Statement(long after, int limit) => Activation.Statement(after, limit);

    public Task<bool> RevivesJobs() => Task.FromResult(Activation.RevivesJobs);

    /// <summary>An account that exists keeps what it counts in its rate limits' windows.</summary>
    protected override async Task<bool> IsUnneeded() => !(await Activation.Read()).Ok;

    protected override AccountActivation Create(IActivationHost<AccountState> host) => new(host, directory, archive, logger);

    protected override bool NeedsReminder(AccountState state) => !state.Reservations.IsEmpty;
}
