using TryOn.Api.Keys;
using TryOn.Core;
using TryOn.Core.Keys;
using TryOn.Core.Limits;

namespace TryOn.Api.Progress;

/// <summary>Whether those who watch may still do so. A key is asked about once a second, however many watch with it.</summary>
public sealed class KeyWatch(IDirectory directory, TimeProvider clock)
{
    private readonly SharedAnswers<bool> _answers = new(clock, TimeSpan.FromSeconds(1));

    public Func<Task<bool>> Of(Caller caller) => () => _answers.Get(caller.KeyHash, () => Ask(caller));

    private async Task<bool> Ask(Caller caller) => (await directory.Account(caller.Account.Id)
        .Authenticate(caller.KeyHash, RouteClass.None, KeyScopes.JobsRead)).Ok;
}
