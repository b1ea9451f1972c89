using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Embedded.Storage;
using TryOn.Engine.Accounts;

namespace TryOn.Embedded.Turns;

/// <summary>Carries calls onto an account's turn.</summary>
internal sealed class AccountProxy(Slots<AccountActivation> slots, GrainKey key, SqliteStore store) : IAccount
{
    public Task<Result<AccountView>> Open(AccountCommand.Open command) => slots.Run(key, a => a.Open(command));

    public Task<Result<AccountView>> Grant(AccountCommand.Grant command) => slots.Run(key, a => a.Grant(command));

    public Task<Result<AccountView>> Adjust(AccountCommand.Adjust command) => slots.Run(key, a => a.Adjust(command));

    public Task<Result<AccountView>> Freeze(AccountCommand.Freeze command) => slots.Run(key, a => a.Freeze(command));

    public Task<Result<AccountView>> Unfreeze(AccountCommand.Unfreeze command) => slots.Run(key, a => a.Unfreeze(command));

    public Task<Result<AccountKey>> AddKey(AccountCommand.AddKey command) => slots.Run(key, a => a.AddKey(command));

    public Task<Result<AccountKey>> UpdateKey(AccountCommand.UpdateKey command) =>
        slots.Run(key, a => a.UpdateKey(command));

    public Task<Result<AccountKey>> RotateKey(AccountCommand.RotateKey command) =>
        slots.Run(key, a => a.RotateKey(command));

    public Task<Result<AccountKey>> RemoveKey(AccountCommand.RemoveKey command) =>
        slots.Run(key, a => a.RemoveKey(command));

    public Task<Result<AccountView>> SetWebhooks(AccountCommand.SetWebhooks command) =>
        slots.Run(key, a => a.SetWebhooks(command));

    public Task<Result<ReservationReply>> Reserve(AccountCommand.Reserve command) =>
        slots.Run(key, a => a.Reserve(command));

    public Task<Result<ReservationReply>> Capture(AccountCommand.Capture command) =>
        slots.Run(key, a => a.Capture(command));

    public Task<Result<ReservationReply>> Release(AccountCommand.Release command) =>
        slots.Run(key, a => a.Release(command));

    /// <summary>Anybody can make up a key of an account that does not exist, and that must take up no memory.</summary>
    public async Task<Result<AdmittedKey>> Authenticate(string keyHash, RouteClass route, KeyScopes needed)
    {
        if (!slots.Holds(key) && await store.Read(key) is null)
            return Error.BadKey;
        return await slots.Run(key, a => a.Authenticate(keyHash, route, needed));
    }

    public Task<Result<AccountView>> Read() => slots.Run(key, a => a.Read());

    public Task<Result<AccountKeys>> Keys() => slots.Run(key, a => a.Keys());

    public Task<Result<StatementPage>> Statement(long after, int limit) =>
        slots.Run(key, a => a.Statement(after, limit));
}
