using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Progress;

/// <summary>
/// Checks whether watchers are still authorized. Each key is checked at most once a second, however many watchers use
/// it.
/// </summary>
public sealed class KeyCheck(IDirectory directory, TimeProvider clock)
{
    private readonly AnswerCache<bool> _answers = new(clock, TimeSpan.FromSeconds(1));

    public Func<Task<bool>> CheckFor(Caller caller) => () => _answers.Get(caller.KeyHash, () => Ask(caller));

    private async Task<bool> Ask(Caller caller) => (await directory.Account(caller.Account.Id)
        .Authenticate(caller.KeyHash, RouteClass.None, KeyScopes.JobsRead)).Ok;
}
