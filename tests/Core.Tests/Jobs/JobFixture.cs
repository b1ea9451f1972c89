using System.Collections.Immutable;
using TryOn.Core.Images;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;
using JobScenario = TryOn.Core.Tests.Machines.Scenario<
    TryOn.Core.Jobs.JobMachine, TryOn.Core.Jobs.JobState, TryOn.Core.Jobs.JobCommand, TryOn.Core.Jobs.JobEvent,
    TryOn.Core.Jobs.JobEffect>;

namespace TryOn.Core.Tests.Jobs;

/// <summary>A job in each of its states, accepted at second 0 with a deadline at second 600.</summary>
internal static class JobFixture
{
    public const string Id = "job";
    public const int Deadline = 600;

    public static readonly ImmutableArray<string> Addresses = ["https://cdn.example/1.png"];

    public static readonly ImmutableArray<Output> Outputs =
        [new Output(new PictureId(Id, "out-1-0.png"), "image/png", 768, 1024, 4096, new string('a', 64))];

    public static readonly JobSpec Spec = new(
        "account", AccountMode.Live, "kling/kolors-v1-5", "kling", 2,
        [new JobPicture(new PictureId(Id, "in-person-0.jpg"), ImageFormat.Jpeg)],
        [new JobPicture(new PictureId(Id, "in-garment-0.jpg"), ImageFormat.Jpeg)],
        "a red coat", FastMode: false, "print", At(Deadline));

    public static readonly JobState Accepted = After(new JobState(), new JobEvent.Accepted(Id, Spec, At(0)));

    public static readonly JobState Submitting = After(Accepted, new JobEvent.AttemptStarted(1, "job-1", At(1)));

    public static readonly JobState Unclear = After(Submitting, new JobEvent.AttemptUnclear(At(3)));

    public static readonly JobState Waiting = After(Submitting, new JobEvent.AttemptAccepted("up-1", At(5)));

    public static readonly JobState Storing = After(Waiting, new JobEvent.PicturesReady(Addresses));

    public static readonly JobState Succeeded = After(Storing, new JobEvent.Succeeded(Outputs, At(9)));

    public static readonly JobState Failed = After(
        Waiting, new JobEvent.Failed(RetryPolicy.ErrorFor(FaultKind.Moderation), Cause: null, At(9)));

    public static readonly JobState NeverStarted = After(new JobState(), new JobEvent.NeverStarted(Id, At(30)));

    public static readonly JobCommand Tick = JobMachine.Tick;

    public static DateTimeOffset At(double second) =>
        new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero).AddSeconds(second);

    public static JobState After(JobState state, params ReadOnlySpan<JobEvent> events)
    {
        foreach (var @event in events)
            state = JobMachine.Evolve(state, @event);
        return state;
    }

    public static JobScenario Given(JobState state) => new(state);

    public static JobCommand Replied(ProviderReply reply, int attempt = 1) => new JobCommand.Replied(attempt, reply);

    public static JobCommand Found(ProviderReply reply, int attempt = 1) => new JobCommand.Found(attempt, reply);

    public static ProviderReply Fault(FaultKind kind, double? retryAfter = null) =>
        ProviderReply.FaultOf(kind, "code", retryAfter is { } wait ? TimeSpan.FromSeconds(wait) : null);

    public static ProviderReply StillAt(double pollAfter, string upstreamId = "up-1") =>
        new ProviderReply.Waiting(upstreamId, TimeSpan.FromSeconds(pollAfter));

    /// <summary>An attempt that failed at second 4, with a wait of so many seconds.</summary>
    public static JobEvent.AttemptFailed FailedAt4(FaultKind kind, double wait) =>
        new(kind, "code", At(4), At(4 + wait));
}
