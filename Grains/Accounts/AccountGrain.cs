using Microsoft.Extensions.Logging;
using Orleans.Runtime;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Engine.Accounts;
using TryOn.Engine.Activations;
using TryOn.Grains.Interfaces;
using TryOn.Grains.Machines;
using TryOn.Grains.Storage;

namespace TryOn.Grains.Accounts;

/// <summary>
/// An account as a grain. A reminder revives it while it has open reservations, and the account revives their jobs.
/// </summary>
[GrainType(TypeName)]
public sealed class AccountGrain(
    [PersistentState(AccountGrain.Record, ClusterStorage.Records)] IPersistentState<AccountState> record,
    IDirectory directory, IStatementArchive archive, TimeProvider clock, ILogger<AccountActivation> logger)
    : MachineGrain<AccountState, AccountActivation>(Record, record, clock, logger), IAccountGrain
{
    internal const string TypeName = "account";

    private const string Record = "account";

    /// <summary>An account with one reservation usually makes more, and each change of a reminder is a write.</summary>
    protected override bool KeepsReminder => true;

    public async Task<Result<TReply>> Ask<TReply>(AccountCommand<TReply> command)
        where TReply : class
    {
        if (command is AccountCommand.Open open)
            await AccountIndex.Shard(GrainFactory, open.Id).Add(open.Id);
        return await Activation.Ask(command);
    }

    /// <summary>
    /// Anyone can make up a key of an account that does not exist; such an account is unloaded again.
    /// </summary>
    public async Task<Result<AdmittedKey>> Authenticate(string keyHash, RouteClass route, KeyScopes needed)
    {
        var admitted = await Activation.Authenticate(keyHash, route, needed);
        if (!admitted.Ok && !(await Activation.Read()).Ok)
            DeactivateSoon();
        return admitted;
    }

    public Task<Result<AccountView>> Read() => Activation.Read();

    public Task<Result<AccountKeys>> Keys() => Activation.Keys();

    public Task<Result<StatementPage>> Statement(long after, int limit) => Activation.Statement(after, limit);

    public Task<bool> Reconciles() => Task.FromResult(Activation.IsReconciling);

    /// <summary>An account that exists stays loaded, because its rate limits' windows are in memory.</summary>
    protected override async Task<bool> CanDeactivate() => !(await Activation.Read()).Ok;

    protected override AccountActivation Create(IActivationHost<AccountState> host) =>
        new(host, directory, archive, logger);

    protected override bool NeedsReminder(AccountState state) => !state.Reservations.IsEmpty;
}
