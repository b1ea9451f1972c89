using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using TryOn.Api.Keys;
using TryOn.Api.Limits;
using TryOn.Api.Models;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Images;
using TryOn.Core.Jobs;
using TryOn.Core.Models;
using TryOn.Core.Pictures;
using Route = TryOn.Core.Jobs.Route;

namespace TryOn.Api.Jobs;

/// <summary>
/// Accepts a request: first everything is validated, then credits are reserved, then the pictures are stored, then the
/// jobs start. If the process dies in between, the reservation is released once its job is found missing.
/// </summary>
public sealed class Intake(
    IDirectory directory, IPictureStore pictures, ModelChoice choice, InputReader inputs, JobId ids, RecentJobs recent,
    JobSets sets, WebhookTargets webhooks, IOptions<LimitOptions> limits, IOptions<FallbackOptions> fallbacks,
    TimeProvider clock)
{
    private const int IdempotencyKeyLengthMax = 255;
    private const int PromptLengthMax = 4000;
    private const int EndUserLengthMax = 128;
    private const int CountMax = 4;

    private static readonly Error Conflict =
        new(ErrorCode.IdempotencyConflict, "This idempotency key was used with a different request.");

    /// <summary>Returns one job for each picture requested.</summary>
    public async Task<Result<JobSet>> Accept(Caller caller, TryOnRequest request, CancellationToken cancellation)
    {
        using var permit = caller.Permit;
        if (await FindExisting(caller, request) is { } known)
            return known;
        var order = await Check(caller, request, cancellation);
        if (!order.Ok)
            return order.Error;
        return request.IdempotencyKey is { Length: > 0 } key
            ? await JoinOrStart(order.Value, key)
            : await StartNew(order.Value, request.RetryMark);
    }

    /// <summary>
    /// The jobs of an earlier request with the same bytes and idempotency key. They are looked up before anything is
    /// downloaded: the addresses of the pictures may have expired since, and the caller has paid.
    /// </summary>
    private async Task<JobSet?> FindExisting(Caller caller, TryOnRequest request)
    {
        if (request is not { IdempotencyKey: { Length: > 0 } key, RetryMark.Sent: { } sent })
            return null;
        for (var generation = 0; ; generation++)
        {
            var job = await directory.Job(ids.For(caller.Account.Id, key, generation)).Read();
            if (!job.Ok)
                return null;
            if (job.Value.NeverStarted)
                continue;
            // If a job of the group has not started, it must be started now, which needs the pictures.
            return job.Value.Sent == sent && await sets.Load(job.Value) is var jobs
                && jobs.Jobs.All(each => each.Version > 0) ? jobs : null;
        }
    }

    /// <summary>Validates everything that can be rejected before credits are reserved.</summary>
    private async Task<Result<Order>> Check(Caller caller, TryOnRequest request, CancellationToken cancellation)
    {
        var chosen = choice.Choose(request.Routing, caller.Account.Mode);
        if (!chosen.Ok)
            return chosen.Error;
        // Models that cannot serve the request are left out. If none can, the first one's error is returned.
        var able = chosen.Value.Models.RemoveAll(model => Refuse(request, model) is not null);
        if ((able.IsEmpty
            ? Refuse(request, chosen.Value.Models[0])
            : webhooks.Refuse(request.WebhookUrl, "webhook_url")) is { } refusal)
            return refusal;
        if (!chosen.Value.Configured)
            return ModelChoice.NotConfigured;
        var read = await inputs.Read(request, able, cancellation);
        return read.Map(pictures => Order(caller, request, chosen.Value.ForModels(pictures.Models), pictures));
    }

    private Order Order(
        Caller caller, TryOnRequest request, ImmutableArray<Route> routes, CheckedInputs pictures) => new(
        caller.Account, new Purchase(caller.KeyId, routes[0].Model, Truncate(request.EndUser)), routes,
        new AskedModel(
            request.Routing.Models[0], PromptFor(request, request.Routing.Models), request.Routing.FingerprintPart),
        pictures.Persons, pictures.Garments, PromptFor(request, routes.Select(route => route.Model)), request.FastMode,
        request.Count, pictures.Mask)
    {
        CancelAt = clock.GetUtcNow() + request.CancelAfter,
        Webhook = webhooks.Resolve(request.WebhookUrl, request.WebhookForm, caller.Account),
        Sent = request.RetryMark?.Sent,
        Streamed = request.Streamed,
        InlinePictures = request.InlinePictures,
    };

    /// <summary>The prompt, or null if none of the models takes one.</summary>
    private static string? PromptFor(TryOnRequest request, IEnumerable<string> slugs) =>
        slugs.Any(slug => Catalog.Find(slug)?.Capabilities.PromptOverride == true) ? request.Prompt : null;

    private static string? Truncate(string? endUser) =>
        string.IsNullOrWhiteSpace(endUser) ? null : endUser[..Math.Min(endUser.Length, EndUserLengthMax)];

    private static Error? Refuse(TryOnRequest request, Model model)
    {
        var can = model.Capabilities;
        return Count(request.Persons.Length, can.PersonImagesMax, "person_images", "person")
            ?? Count(request.Garments.Length, can.GarmentImagesMax, "garment_images", "garment", request.GarmentsMin)
            ?? Invalid(request.Mask is not null && !can.Mask, "mask", $"{model.Slug} takes no mask.")
            ?? Invalid(request.Prompt?.Length > PromptLengthMax, "prompt",
                $"A prompt has at most {PromptLengthMax} characters.")
            ?? Invalid(request.Count is < 1 or > CountMax, "n", $"n is 1 to {CountMax}.")
            ?? Invalid(
                request.IdempotencyKey?.Length > IdempotencyKeyLengthMax, "Idempotency-Key",
                $"An idempotency key has at most {IdempotencyKeyLengthMax} characters.");
    }

    private static Error? Count(int count, int max, string param, string what, int min = 1) =>
        Invalid(count < min, param, $"A {what} image is missing.")
        ?? Invalid(count > max, param, $"This model takes at most {max} {what} image{(max == 1 ? "" : "s")}.");

    private static Error? Invalid(bool wrong, string param, string message) =>
        wrong ? new Error(ErrorCode.InvalidRequest, message, param) : null;

    /// <summary>The jobs of this idempotency key, started now or before.</summary>
    private async Task<Result<JobSet>> JoinOrStart(Order order, string idempotencyKey)
    {
        for (var generation = 0; ; generation++)
        {
            var id = ids.For(order.Account.Id, idempotencyKey, generation);
            var asked = clock.GetUtcNow();
            var known = await directory.Job(id).Read();
            if (known.Ok && !known.Value.NeverStarted && known.Value.Fingerprint != order.Fingerprint)
                return Conflict;
            // Even a job started here may have been found missing and closed for good in the meantime.
            var jobs = known.Ok
                ? await StartMissing(id, order, known.Value)
                : await ReserveAndStart(id, order, asked, mark: null);
            if (!jobs.Ok)
                return jobs.Error;
            if (!jobs.Value.First.NeverStarted)
                return jobs.Value.First.Fingerprint == order.Fingerprint ? jobs : Conflict;
        }
    }

    /// <summary>
    /// Starts new jobs, unless this is a client's retry of jobs that are running or, if it is marked as a retry, have
    /// just succeeded.
    /// </summary>
    private async Task<Result<JobSet>> StartNew(Order order, RetryMark? mark)
    {
        if (mark is { Marked: true } && await recent.Find(order.Account.Id, order.For, order.Fingerprint) is { } done)
            return await sets.LoadGroupOf(done);
        while (true)
        {
            var jobs = await ReserveAndStart(JobId.New(), order, clock.GetUtcNow(), mark);
            if (!jobs.Ok || !jobs.Value.First.NeverStarted)
                return jobs;
        }
    }

    /// <summary>
    /// Takes no cancellation token: the jobs are paid for from the first step on, so a client that disconnects must not
    /// stop them half-way.
    /// </summary>
    private async Task<Result<JobSet>> ReserveAndStart(
        string newId, Order order, DateTimeOffset sentAt, RetryMark? mark)
    {
        var others = order.Count > 1 ? ids.Group(newId, order.Count).RemoveAt(0) : (ImmutableArray<string>?)null;
        var reserved = await directory.Account(order.Account.Id).Ask(new AccountCommand.Reserve(
            newId, order.Reserve, order.Fingerprint, order.For, sentAt, mark?.Body, others, mark?.Apart ?? false));
        if (!reserved.Ok)
            return reserved.Error;
        var id = reserved.Value.JobId;
        if (reserved.Value.Outcome != ReservationOutcome.Open)
            return await directory.Job(id).Read() is { Ok: true, Value: var over }
                ? await sets.Load(over)
                : Error.NoSuchJob;
        // A joined job usually runs already. If its first sender is still storing the pictures, this one stores the
        // same.
        return await StartMissing(
            id, order with { ReservedAt = reserved.Value.At },
            id == newId ? null : (await directory.Job(id).Read()).Value);
    }

    /// <summary>
    /// Starts all jobs of the request that have not started: all of them, or those that an earlier sender did not get
    /// to before it died. Pictures are stored before any job starts, so that nothing is charged if they cannot be.
    /// </summary>
    private async Task<Result<JobSet>> StartMissing(string id, Order order, JobView? first)
    {
        if (first is not null && (first.NeverStarted || order.Count == 1))
            return new JobSet([first]);
        var group = ids.Group(id, order.Count);
        var specs = new List<(string Id, JobSpec Spec)>();
        foreach (var job in await NotStarted(group, first))
            specs.Add((job, await CreateSpec(job, order, group)));
        foreach (var (job, spec) in specs)
        {
            var begun = await directory.Job(job).Ask(new JobCommand.Start(job, spec));
            if (!begun.Ok && first is null)
                return begun.Error;
            first ??= begun.Value;
        }

        return await sets.Load(first!);
    }

    private async Task<IEnumerable<string>> NotStarted(ImmutableArray<string> group, JobView? first)
    {
        if (first is null)
            return group;
        var known = await sets.Load(first);
        return known.Jobs.Where(job => job.Version == 0).Select(job => job.Id);
    }

    private async Task<JobSpec> CreateSpec(string id, Order order, ImmutableArray<string> group) => new(
        order.Account.Id, order.Account.Mode, order.Routes[0].Model, order.Routes[0].Provider, order.Routes[0].Credits,
        await Save(id, "person", order.Persons), await Save(id, "garment", order.Garments), order.Prompt,
        order.FastMode, order.Fingerprint, clock.GetUtcNow() + limits.Value.JobDeadline,
        Mask: order.Mask is { } mask ? (await Save(id, "mask", new CheckedImages([mask])))[0] : null,
        Fallbacks: order.Routes.Length > 1 ? [.. order.Routes[1..]] : null,
        FallBackWhenRefused: fallbacks.Value.WhenRefused ? true : null,
        Group: order.Count > 1 ? group : null)
    {
        CancelAt = order.CancelAt,
        Webhook = order.Webhook,
        Sent = order.Sent,
        ReservedAt = order.ReservedAt,
        Streamed = order.Streamed,
        InlinePictures = order.InlinePictures ? true : null,
    };

    private async Task<ImmutableArray<JobPicture>> Save(string jobId, string role, CheckedImages images)
    {
        var saved = ImmutableArray.CreateBuilder<JobPicture>();
        foreach (var image in images.Items)
        {
            var picture = new PictureId(jobId, $"in-{role}-{saved.Count}.{image.Info.Format.Extension()}");
            await pictures.Save(picture, image.Content, CancellationToken.None);
            saved.Add(new JobPicture(picture, image.Info.Format));
        }

        return saved.ToImmutable();
    }
}
