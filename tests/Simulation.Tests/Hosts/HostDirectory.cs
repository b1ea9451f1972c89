using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Webhooks;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>Accounts and jobs as one host reaches them: over the network, wherever they are.</summary>
internal sealed class HostDirectory(World world, Host host) : IDirectory
{
    public IAccount Account(string id) => new RemoteAccount(world, host, id);

    public IDelivery Delivery(string id) => throw new NotSupportedException();

    public IJob Job(string id) => new RemoteJob(world, host, id);

    public IAsyncEnumerable<string> AccountIds(CancellationToken cancellation) => throw new NotSupportedException();

    private sealed class RemoteAccount(World world, Host host, string id) : IAccount
    {
        public Task<Result<AccountView>> Open(AccountCommand.Open command) => Call("open", a => a.Open(command));

        public Task<Result<AccountView>> Grant(AccountCommand.Grant command) => Call("grant", a => a.Grant(command));

        public Task<Result<AccountKey>> AddKey(AccountCommand.AddKey command) => throw new NotSupportedException();

        public Task<Result<ReservationReply>> Reserve(AccountCommand.Reserve command) =>
            Call("reserve", a => a.Reserve(command), command.JobId);

        public Task<Result<ReservationReply>> Capture(AccountCommand.Capture command) =>
            Call("capture", a => a.Capture(command), command.JobId);

        public Task<Result<ReservationReply>> Release(AccountCommand.Release command) =>
            Call("release", a => a.Release(command), command.JobId);

        public Task<Result<AdmittedKey>> Authenticate(string keyHash, RouteClass route, KeyScopes needed) =>
            throw new NotSupportedException();

        public Task<Result<AccountView>> Read() => Call("read account", a => a.Read());

        public Task<Result<AccountView>> Adjust(AccountCommand.Adjust command) => throw new NotSupportedException();

        public Task<Result<AccountView>> Freeze(AccountCommand.Freeze command) => throw new NotSupportedException();

        public Task<Result<AccountView>> Unfreeze(AccountCommand.Unfreeze command) => throw new NotSupportedException();

        public Task<Result<AccountKey>> UpdateKey(AccountCommand.UpdateKey command) => throw new NotSupportedException();

        public Task<Result<AccountKey>> RotateKey(AccountCommand.RotateKey command) => throw new NotSupportedException();

        public Task<Result<AccountKey>> RemoveKey(AccountCommand.RemoveKey command) => throw new NotSupportedException();

        public Task<Result<AccountView>> SetWebhooks(AccountCommand.SetWebhooks command) => throw new NotSupportedException();

        public Task<Result<AccountKeys>> Keys() => throw new NotSupportedException();

        public Task<Result<StatementPage>> Statement(long after, int limit) => throw new NotSupportedException();

        private Task<Result<T>> Call<T>(string what, Func<IAccount, Task<Result<T>>> call, string? about = null)
            where T : class => world.Network.Call(
            host, () => world.Cluster.For(id), what, about ?? id,
            async to => await call((await to.Accounts.Get(id)).Contract));
    }

    private sealed class RemoteJob(World world, Host host, string id) : IJob
    {
        public Task<Result<JobView>> Start(JobCommand.Start command) => Call("start", j => j.Start(command));

        public Task<Result<JobView>> Read() => Call("read job", j => j.Read());

        public Task<Result<JobView>> Cancel() => Call("cancel", j => j.Cancel());

        public Task<Result<JobView>> Hint(int attempt) => Call("hint", j => j.Hint(attempt));

        public Task<Result<Verdict>> Judge(JobCommand.Judge command) => Call("judge", j => j.Judge(command));

        private Task<Result<T>> Call<T>(string what, Func<IJob, Task<Result<T>>> call)
            where T : class => world.Network.Call(
            host, () => world.Cluster.For(id), what, id, async to => await call((await to.Jobs.Get(id)).Contract));
    }
}
