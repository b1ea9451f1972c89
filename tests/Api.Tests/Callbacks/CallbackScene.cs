using TryOn.Sandbox;

namespace TryOn.Api.Tests.Callbacks;

/// <summary>
/// A gateway that would ask its upstreams for the first time in minutes, and whose jobs therefore end only by a callback.
/// That holds for five jobs of Kling's: after those the adapter has learnt how long they take, and asks when they are over.
/// </summary>
public class CallbackScene : IAsyncLifetime
{
    private const string Secret = "whsec_dGVzdHNlY3JldHRlc3RzZWNyZXR0ZXN0c2VjcmV0MTI=";
    private const string FarAway = "00:05:00";

    /// <summary>Long enough that the answer to a submit is written down before the task is over.</summary>
    private static readonly TimeSpan TaskLatency = TimeSpan.FromMilliseconds(700);

    public LiveGateway Gateway { get; private set; } = null!;

    internal Relay Relay { get; private set; } = null!;

    /// <summary>Whether Kling signs, and is expected to.</summary>
    protected virtual bool Signed => false;

    protected virtual string FalFirstPoll => FarAway;

    public async Task InitializeAsync()
    {
        Relay = await Relay.Start();
        Gateway = new LiveGateway
        {
            All = true,
            Upstream = new SandboxOptions
            {
                KlingLatency = TaskLatency,
                FalLatency = TaskLatency,
                FashnLatency = TaskLatency,
                KlingWebhookSecret = Signed ? Secret : null,
            },
            More =
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

    /// <summary>An account, and a job of it that is with its upstream.</summary>
    public async Task<(TestAccount Account, string Id)> Begin(string model = Requests.Kling)
    {
        Relay.Holds = false;
        var account = await Gateway.Run.Open(mode: "live");
        return (account, await Begin(account, model));
    }

    /// <summary>A job whose task is over, and which has not been told.</summary>
    /// <param name="callbacks">How many the upstream makes of a task.</param>
    internal async Task<(TestAccount Account, string Id, IReadOnlyList<Carried> Held)> Hold(
        string model = Requests.Kling, int callbacks = 2)
    {
        Relay.Holds = true;
        var account = await Gateway.Run.Open(mode: "live");
        var id = await Begin(account, model);
        return (account, id, await Relay.Of(id, callbacks));
    }

    /// <summary>Paid calls for a job that the upstream has seen.</summary>
    public async Task<int> Submits(string id) => (await Gateway.Witness()).Count(line =>
        line.Text("operation") == "submit" && line.Text("external_id")?.StartsWith(id, StringComparison.Ordinal) == true);

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

/// <summary>The same where Kling signs.</summary>
public sealed class SignedCallbackScene : CallbackScene
{
    protected override bool Signed => true;
}

/// <summary>The same where FAL's own requests are asked for as soon as they may be over.</summary>
public sealed class PolledFalScene : CallbackScene
{
    protected override string FalFirstPoll => "00:00:02";
}
