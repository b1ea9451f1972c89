using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Webhooks;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>Accounts, jobs and deliveries as one host reaches them over the network.</summary>
internal sealed class HostDirectory(World world, Host from) : IDirectory
{
    public IAccount Account(string id) => new RemoteAccount(this, id);

    public IJob Job(string id) => new RemoteJob(this, id);

    public IDelivery Delivery(string id) => new RemoteDelivery(this, id);

    public IAsyncEnumerable<string> AccountIds(CancellationToken cancellation) => throw new NotSupportedException();

    private Task<T> Call<T>(string kind, string id, string what, Func<Host, Task<T>> call) =>
        world.Network.Call(from, () => world.Cluster.For(kind, id), what, id, call);

    private sealed class RemoteAccount(HostDirectory directory, string id) : IAccount
    {
        public Task<Result<TReply>> Ask<TReply>(AccountCommand<TReply> command)
            where TReply : class => Call(command.GetType().Name, account => account.Ask(command));

        public Task<Result<AccountView>> Read() => Call("read account", account => account.Read());

        public Task<Result<AdmittedKey>> Authenticate(string keyHash, RouteClass route, KeyScopes needed) =>
            throw new NotSupportedException();

        public Task<Result<AccountKeys>> Keys() => throw new NotSupportedException();

        public Task<Result<StatementPage>> Statement(long after, int limit) => throw new NotSupportedException();

        private Task<T> Call<T>(string what, Func<IAccount, Task<T>> call) =>
            directory.Call("account", id, what, async host => await call(await host.Accounts.Get(id)));
    }

    private sealed class RemoteJob(HostDirectory directory, string id) : IJob
    {
        public Task<Result<TReply>> Ask<TReply>(JobCommand<TReply> command)
            where TReply : class => Call(command.GetType().Name, job => job.Ask(command));

        public Task<Result<JobView>> Read() =>
            directory.Call("job", id, "read job", host => host.ReadJob(id));

        private Task<T> Call<T>(string what, Func<IJob, Task<T>> call) =>
            directory.Call("job", id, what, async host => await call(await host.Jobs.Get(id)));
    }

    private sealed class RemoteDelivery(HostDirectory directory, string id) : IDelivery
    {
        public Task<Result<DeliveryState>> Ask(DeliveryCommand command) =>
            Call(command.GetType().Name, delivery => delivery.Ask(command));

        public Task<Result<DeliveryState>> Read() => Call("read delivery", delivery => delivery.Read());

        private Task<T> Call<T>(string what, Func<IDelivery, Task<T>> call) =>
            directory.Call("delivery", id, what, async host => await call(await host.Deliveries.Get(id)));
    }
}
