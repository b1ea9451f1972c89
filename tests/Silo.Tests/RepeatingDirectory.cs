using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Webhooks;

namespace TryOn.Silo.Tests;

/// <summary>Repeats calls whose outcome is unknown with the same ids, as the contracts demand of callers.</summary>
internal sealed class RepeatingDirectory(IDirectory directory) : IDirectory
{
    private const int TriesMax = 50;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    public IAccount Account(string id) => new RepeatingAccount(directory.Account(id));

    public IJob Job(string id) => new RepeatingJob(directory.Job(id));

    public IDelivery Delivery(string id) => new RepeatingDelivery(directory.Delivery(id));

    public IAsyncEnumerable<string> AccountIds(CancellationToken cancellation) => directory.AccountIds(cancellation);

    private static async Task<T> Repeat<T>(Func<Task<T>> call)
    {
        for (var number = 1; ; number++)
        {
            try
            {
                return await call();
            }
            catch (CommitFailedException) when (number < TriesMax)
            {
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }

    private sealed class RepeatingAccount(IAccount account) : IAccount
    {
        public Task<Result<TReply>> Ask<TReply>(AccountCommand<TReply> command)
            where TReply : class => Repeat(() => account.Ask(command));

        public Task<Result<AdmittedKey>> Authenticate(string keyHash, RouteClass route, KeyScopes needed) =>
            Repeat(() => account.Authenticate(keyHash, route, needed));

        public Task<Result<AccountView>> Read() => Repeat(account.Read);

        public Task<Result<AccountKeys>> Keys() => Repeat(account.Keys);

        public Task<Result<StatementPage>> Statement(long after, int limit) =>
            Repeat(() => account.Statement(after, limit));
    }

    private sealed class RepeatingJob(IJob job) : IJob
    {
        public Task<Result<TReply>> Ask<TReply>(JobCommand<TReply> command)
            where TReply : class => Repeat(() => job.Ask(command));

        public Task<Result<JobView>> Read() => Repeat(job.Read);
    }

    private sealed class RepeatingDelivery(IDelivery delivery) : IDelivery
    {
        public Task<Result<DeliveryState>> Ask(DeliveryCommand command) => Repeat(() => delivery.Ask(command));

        public Task<Result<DeliveryState>> Read() => Repeat(delivery.Read);
    }
}
