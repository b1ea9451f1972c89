using TryOn.Core.Accounts;

namespace TryOn.Grains.Interfaces;

/// <summary>An account; its key is the account's id.</summary>
public interface IAccountGrain : IGrainWithStringKey, IAccount
{
    /// <summary>Whether a job that it revived has yet to answer.</summary>
    Task<bool> RevivesJobs();
}
