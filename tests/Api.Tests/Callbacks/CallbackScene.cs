using TryOn.Api.Http;
using TryOn.Sandbox.Settings;

namespace TryOn.Api.Tests.Callbacks;

/// <summary>
/// A gateway that polls its upstreams for the first time after minutes, so that its jobs end only by a callback. At
/// Kling that holds for five jobs, after which the adapter has learnt how long they take and polls when they are due.
/// </summary>
public class CallbackScene : IAsyncLifetime
{
    private const string Secret = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=";
    private const string FarAway = "00:05:00";

    /// <summary>Long enough for the answer to a submit to be written before the task is over.</summary>
    private static readonly TimeSpan TaskLatency = TimeSpan.FromMilliseconds(700);

    public LiveGateway Gateway { get; private set; } = null!;

    internal Relay Relay { get; private set; } = null!;

    /// <summary>Whether Kling signs its callbacks and the gateway requires it.</summary>
    protected virtual bool Signed => false;

    protected virtual string FalFirstPoll => FarAway;

    public async Task InitializeAsync()
    {
        Relay = await Relay.Start();
        Gateway = new LiveGateway
        {
            AllProviders = true,
            Upstream = new SandboxOptions
            {
                KlingLatency = TaskLatency,
                FalLatency = TaskLatency,
                FashnLatency = TaskLatency,
                KlingWebhookSecret = Signed ? Secret : null,
            },
            Overrides =
            {
                ["TryOn:PublicBaseUrl"] = Relay.Address,
                ["TryOn:Limits:SyncWait"] = "00:00:00",
                ["TryOn:Providers:Kling:FirstPoll"] = FarAway,
                ["TryOn:Providers:Fal:FirstPoll"] = FalFirstPoll,
                ["TryOn:Providers:Fashn:FirstPoll"] = FarAway,
                ["TryOn:Providers:Kling:WebhookSecret"] = Signed ? Secret : null,
            },
        };
        await Gateway.InitializeAsync();
        Relay.Gateway = Gateway.Run;
    }

    /// <summary>Opens an account and starts a job that waits for its upstream.</summary>
    public async Task<(TestAccount Account, string Id)> Begin(string model = Requests.Kling)
    {
        Relay.Holds = false;
        var account = await Gateway.Run.Open(mode: "live");
        return (account, await Begin(account, model));
    }

    /// <summary>Starts a job and withholds the callbacks until its task is over.</summary>
    /// <param name="callbacks">How many callbacks the upstream makes per task.</param>
    internal async Task<(TestAccount Account, string Id, IReadOnlyList<Carried> Held)> Hold(
        string model = Requests.Kling, int callbacks = 2)
    {
        Relay.Holds = true;
        var account = await Gateway.Run.Open(mode: "live");
        var id = await Begin(account, model);
        return (account, id, await Relay.CallbacksOf(id, callbacks));
    }

    /// <summary>How many paid calls for a job the upstream has received.</summary>
    public async Task<int> Submits(string id) => (await Gateway.WitnessLog()).Count(line =>
        line.Text("operation") == "submit"
            && line.Text("external_id")?.StartsWith(id, StringComparison.Ordinal) == true);

    public async Task DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await Relay.DisposeAsync();
    }

    private static async Task<string> Begin(TestAccount account, string model)
    {
        var begun = await account.TryOn(Requests.Good(model));
        Assert.True(begun.Status is 200 or 202, begun.Text);
        return begun.Json.Text("id");
    }
}

/// <summary>The same scene with signed callbacks of Kling.</summary>
public sealed class SignedCallbackScene : CallbackScene
{
    protected override bool Signed => true;
}

/// <summary>The same scene, except that fal is polled as soon as a request may be over.</summary>
public sealed class PolledFalScene : CallbackScene
{
    protected override string FalFirstPoll => "00:00:02";
}
