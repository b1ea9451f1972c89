using TryOn.Core.Accounts;

namespace TryOn.Grains.Interfaces;

/// <summary>An account; its key is the account's id.</summary>
public interface IAccountGrain : IGrainWithStringKey, IAccount
{
    /// <summary>True while a job that this account revived has not answered yet.</summary>
    Task<bool> Reconciles();
}
