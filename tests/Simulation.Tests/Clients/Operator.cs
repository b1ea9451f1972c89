using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Simulation.Tests.Hosts;
using TryOn.Simulation.Tests.Storage;

namespace TryOn.Simulation.Tests.Clients;

/// <summary>Grants credits. It repeats unanswered calls under the same operation id.</summary>
internal sealed class Operator(World world, Host outside, string account)
{
    private int _grants;

    public async Task Grant(long amount)
    {
        var operation = $"{account}/grant-{++_grants}";
        var command = new AccountCommand.Grant(amount, operation, "paid");
        await RepeatUntilAnswered("grant", a => a.Ask(command));
        world.Hold(
            world.Rules.Accounts.BooksOf(account).Grants.ContainsKey(operation), "I8 shown",
            $"{operation} was confirmed and is gone.");
        if (world.Fault(100))
            await RepeatUntilAnswered("grant again", a => a.Ask(command));
    }

    public async Task RepeatUntilAnswered(string what, Func<IAccount, Task<Result<AccountView>>> call)
    {
        while (true)
        {
            try
            {
                var answer = await world.Network.Call(
                    outside, () => world.Cluster.For("account", account), what, account,
                    async to => await call(await to.Accounts.Get(account)));
                // An activation that another one has overtaken may not know the account yet.
                var overtaken = world.Traits.MisroutedCalls > 0 && answer.Error?.Code == ErrorCode.NotFound;
                world.Hold(
                    answer.Ok || overtaken, "I8 repeat", $"{what} of {account} was refused: {answer.Error?.Message}");
                if (answer.Ok)
                    return;
            }
            catch (Exception failure) when (failure is TimeoutException or IOException or CommitFailedException)
            {
                world.Note("operator waits", account, 0, failure.Message);
            }

            await Wait.For(world, outside, 200, 3000);
        }
    }
}
