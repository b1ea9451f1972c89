using System.Text.Json;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Images;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;

namespace TryOn.Engine.Tests;

/// <summary>Later versions read old records, so the JSON pinned here may be extended but never changed.</summary>
public sealed class StateJsonTests
{
    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeSeconds(1763683200);

    /// <summary>
    /// The record as the first version wrote it, with keys without scopes and a statement without links.
    /// </summary>
    private const string FirstAccount = """
        {"id":"a","name":"n","mode":"Live","created_at":"2025-11-21T00:00:00+00:00","limits":{"requests_per_minute":20,"status_requests_per_minute":300,"concurrency":6},"granted":10,"captured":1,"reserved":2,"reservations":{"j":{"job_id":"j","amount":2,"at":"2025-11-21T00:00:00+00:00","fingerprint":"f"}},"keys":{"h":{"hash":"h","label":"l","name":"k","created_at":"2025-11-21T00:00:00+00:00","disabled":false}},"grants":{"o":10},"sequence":1,"tail":[{"sequence":1,"at":"2025-11-21T00:00:00+00:00","kind":"Grant","amount":10,"available":10,"reserved":0,"operation_id":"o","reason":"r"}],"driven_at":"2025-11-21T00:00:00+00:00"}
        """;

    private const string Account = """
        {"id":"a","name":"n","mode":"Live","created_at":"2025-11-21T00:00:00+00:00","limits":{"requests_per_minute":20,"status_requests_per_minute":300,"concurrency":6},"granted":10,"captured":1,"reserved":2,"reservations":{"j":{"job_id":"j","amount":2,"at":"2025-11-21T00:00:00+00:00","fingerprint":"f","for":{"key_id":"h","model":"m","end_user":"u"},"counted":{"key_id":"h","day":1}}},"keys":{"h":{"label":"l","name":"k","created":1763683200000,"disabled":true,"scopes":7,"expires":1763683200001,"limit":5,"reset":"Weekly","spend":[1,2,3,4,5],"used":1763683200000,"replaced_by":"r"}},"operations":{"489912":"AAAAAAABAAI="},"grants":{"o":10},"frozen":{"at":"2025-11-21T00:00:00+00:00","reason":"r"},"sequence":1,"chain":"c","tail":[{"sequence":1,"at":"2025-11-21T00:00:00+00:00","kind":"Grant","amount":10,"available":10,"reserved":0,"operation_id":"o","reason":"r","chain":"c"}],"driven_at":"2025-11-21T00:00:00+00:00"}
        """;

    private const string Job = """
        {"id":"j","spec":{"account_id":"a","mode":"Test","model":"m","provider":"p","credits":2,"persons":[{"picture":{"job_id":"j","name":"in.png"},"format":"Png"}],"garments":[{"picture":{"job_id":"j","name":"in2.png"},"format":"Jpeg"}],"prompt":"words","fast_mode":false,"fingerprint":"f","deadline_at":"2025-11-21T00:00:00+00:00"},"status":"Failed","version":9,"created_at":"2025-11-21T00:00:00+00:00","started_at":"2025-11-21T00:00:00+00:00","ended_at":"2025-11-21T00:00:00+00:00","attempt":{"number":2,"id":"j-2","started_at":"2025-11-21T00:00:00+00:00","sends":1,"unclear":false,"absences":0,"upstream_id":"u"},"failed_attempts":[{"number":1,"id":"j-1","kind":"Outage","code":"c","at":"2025-11-21T00:00:00+00:00","sends":1}],"next_at":"2025-11-21T00:00:00+00:00","addresses":["https://x"],"outputs":[{"picture":{"job_id":"j","name":"out.png"},"content_type":"image/png","width":1,"height":2,"bytes":3,"sha256":"s"}],"costs":[{"amount":0.5,"unit":"u"}],"error":{"code":"Timeout","message":"late","retry_after":"00:00:02"},"settlement":"Released"}
        """;

    [Fact]
    public void AccountState_Written_IsThePinnedJson() =>
        Assert.Equal(Account, JsonSerializer.Serialize(MakeAccount(), RecordTypes.Account));

    [Fact]
    public void AccountState_OfTheFirstVersion_IsRead()
    {
        var account = JsonSerializer.Deserialize(FirstAccount, RecordTypes.Account)!;

        var key = account.Keys.Find("h")!;
        Assert.Equal(new AccountKey("h", "l", "k", At), key);
        Assert.Equal(Scopes.FirstKey, key.Scopes);
        Assert.Equal((null, "o"), (account.Chain, Assert.Single(account.Tail).OperationId));
        Assert.Null(account.Reservations["j"].Counted);
    }

    [Fact]
    public void AccountState_ReadBack_IsTheSame() => Assert.Equal(
        Account, JsonSerializer.Serialize(
            JsonSerializer.Deserialize(Account, RecordTypes.Account)!, RecordTypes.Account));

    [Fact]
    public void JobState_Written_IsThePinnedJson() =>
        Assert.Equal(Job, JsonSerializer.Serialize(MakeJob(), RecordTypes.Job));

    [Fact]
    public void JobState_ReadBack_IsTheSame() => Assert.Equal(
        Job, JsonSerializer.Serialize(
            JsonSerializer.Deserialize(Job, RecordTypes.Job)!, RecordTypes.Job));

    [Fact]
    public void Group_OfAJob_IsReadBackAndOldJobsHaveNone()
    {
        var job = MakeJob();
        var grouped = job with { Spec = job.Spec! with { Group = ["j", "k"] } };
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(grouped, RecordTypes.Job), RecordTypes.Job)!;
        Assert.Equal("j k", string.Join(' ', JobMachine.View(read).Group));
        var old = JsonSerializer.Deserialize(JsonSerializer.Serialize(job, RecordTypes.Job), RecordTypes.Job)!;
        Assert.Empty(JobMachine.View(old).Group);
    }

    [Fact]
    public void Streamed_OfAJob_IsReadBackAndUnknownOfOldJobs()
    {
        var job = MakeJob();
        var streamed = job with { Spec = job.Spec! with { Streamed = true } };
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(streamed, RecordTypes.Job), RecordTypes.Job)!;
        Assert.True(JobMachine.View(read).Streamed);
        Assert.Null(JobMachine.View(JsonSerializer.Deserialize(Job, RecordTypes.Job)!).Streamed);
    }

    [Fact]
    public void InlinePictures_OfAJob_IsReadBackAndOldJobsHaveNone()
    {
        var job = MakeJob();
        var wished = job with { Spec = job.Spec! with { InlinePictures = true } };
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(wished, RecordTypes.Job), RecordTypes.Job)!;
        var old = JsonSerializer.Deserialize(JsonSerializer.Serialize(job, RecordTypes.Job), RecordTypes.Job)!;
        Assert.Equal((true, false), (JobMachine.View(read).InlinePictures, JobMachine.View(old).InlinePictures));
    }

    /// <summary>A job from before fallbacks existed reserves and captures the price of its only model.</summary>
    [Fact]
    public void Fallbacks_OfAJob_AreReadBackAndOldJobsHaveNone()
    {
        var job = MakeJob();
        var old = JsonSerializer.Deserialize(JsonSerializer.Serialize(job, RecordTypes.Job), RecordTypes.Job)!;
        Assert.Equal((2, null), (old.Spec!.Reserve, old.Spec.Fallbacks));
        var routed = job with { Spec = job.Spec! with { Fallbacks = [new Route("n", "q", 5)] }, Fallback = 0 };
        var read = JsonSerializer.Deserialize(JsonSerializer.Serialize(routed, RecordTypes.Job), RecordTypes.Job)!;
        Assert.Equal((5, new Route("n", "q", 5)), (read.Spec!.Reserve, read.Spec.RouteAt(read.Fallback)));
    }

    [Fact]
    public void Leader_OfAReservation_IsReadBack()
    {
        var account = MakeAccount();
        var led = new Reservation("k", 2, At, "f", Leader: "j");
        var state = account with { Reservations = account.Reservations.Add("k", led) };
        var read = JsonSerializer.Deserialize(
            JsonSerializer.Serialize(state, RecordTypes.Account), RecordTypes.Account)!;
        Assert.Equal(("j", "j"), (read.Reservations["k"].RequestId, read.Reservations["j"].RequestId));
    }

    [Fact]
    public void Zero_OfALimit_StaysZero()
    {
        var command = new AccountCommand.Open("a", "n", AccountMode.Test, new AccountLimits(Concurrency: 0));

        var read = JsonSerializer.Deserialize<AccountCommand.Open>(
            JsonSerializer.Serialize(command, StateJson.Options), StateJson.Options);

        Assert.Equal(command, read);
    }

    /// <summary>
    /// JSON cannot represent half of a surrogate pair, and the link must not depend on its replacement.
    /// </summary>
    [Theory]
    [InlineData("caf\u00e9 \ud83d\udc57 \u2028")]
    [InlineData("cut \ud83d")]
    public void StatementEntry_ReadBack_KeepsItsLink(string endUser)
    {
        var entry = new StatementEntry(
            1, At.AddTicks(1234567), EntryKind.Reserve, 1, 1, 1, "reserve:j", "j",
            For: new Purchase("k", "m", endUser));

        var read = JsonSerializer.Deserialize(
            JsonSerializer.Serialize([entry], RecordTypes.StatementPage), RecordTypes.StatementPage)!;

        Assert.Equal(StatementChain.Link(null, entry), StatementChain.Link(null, read[0]));
    }

    [Fact]
    public void InitialStates_ReadBack_AreTheSame()
    {
        var job = JsonSerializer.Deserialize("{}", RecordTypes.Job)!;
        var account = JsonSerializer.Deserialize("{}", RecordTypes.Account)!;

        Assert.Equal(JobStatus.None, job.Status);
        Assert.Empty(job.Outputs);
        Assert.Empty(job.Addresses);
        Assert.Empty(job.Costs);
        Assert.False(account.Exists);
        Assert.Empty(account.Tail);
        Assert.Equal(6, account.Limits.Concurrency);
    }

    private static AccountState MakeAccount() => new()
    {
        Id = "a", Name = "n", Mode = AccountMode.Live, CreatedAt = At, Granted = 10, Captured = 1, Reserved = 2,
        Sequence = 1,
        Reservations = AccountMachine.Initial.Reservations.Add(
            "j", new Reservation("j", 2, At, "f", new Purchase("h", "m", "u"), new CountedIn("h", 1))),
        Keys = KeyRing.Empty.With(new AccountKey("h", "l", "k", At, Disabled: true)
        {
            Scopes = Scopes.Default, ExpiresAt = At.AddMilliseconds(1), Limit = 5, Reset = LimitReset.Weekly,
            Spend = new KeySpend(1, 2, 3, 4, 5), UsedAt = At, ReplacedBy = "r",
        }),
        Chain = "c", Frozen = new Freeze(At, "r"),
        Operations = new OperationLog([new Operation(1, 2, 489912)]),
        Grants = AccountMachine.Initial.Grants.Add("o", 10),
        Tail = [new StatementEntry(1, At, EntryKind.Grant, 10, 10, 0, "o", JobId: null, "r", Chain: "c")],
        DrivenAt = At,
    };

    private static JobState MakeJob() => new()
    {
        Id = "j", Status = JobStatus.Failed, Version = 9, CreatedAt = At, StartedAt = At, EndedAt = At, NextAt = At,
        Spec = new JobSpec(
            "a", AccountMode.Test, "m", "p", 2, [new JobPicture(new PictureId("j", "in.png"), ImageFormat.Png)],
            [new JobPicture(new PictureId("j", "in2.png"), ImageFormat.Jpeg)], "words", FastMode: false, "f", At),
        Attempt = new Attempt(2, "j-2", At, UpstreamId: "u"),
        FailedAttempts = [new FailedAttempt(1, "j-1", FaultKind.Outage, "c", At)],
        Addresses = ["https://x"],
        Outputs = [new Output(new PictureId("j", "out.png"), "image/png", 1, 2, 3, "s")],
        Costs = [new ProviderCost(0.5m, "u")],
        Error = new Error(ErrorCode.Timeout, "late", RetryAfter: TimeSpan.FromSeconds(2)),
        Settlement = Settlement.Released,
    };
}
