using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Accounts;

/// <summary>A newly opened account and its first key.</summary>
public sealed record OpenedAccount(AccountView Account, ApiKey Key);

/// <summary>Opens an account under a generated id, grants the opening credits and creates the first key.</summary>
public sealed class AccountOpening(IDirectory directory, KeyVault vault, TimeProvider clock)
{
    public async Task<Result<OpenedAccount>> Open(string name, AccountMode mode, long credits, AccountLimits limits)
    {
        var id = KeyVault.NewAccountId();
        var account = directory.Account(id);
        var opened = await account.Ask(new AccountCommand.Open(id, name, mode, limits));
        if (opened.Ok && credits > 0)
            opened = await account.Ask(new AccountCommand.Grant(credits, "opening", "opening credits"));
        if (!opened.Ok)
            return opened.Error;
        var key = KeyVault.NewKey(mode, id);
        var added = await account.Ask(new AccountCommand.AddKey(vault.Describe(key, "first key", clock.GetUtcNow())));
        return added.Ok ? new OpenedAccount(opened.Value, key) : added.Error;
    }
}
