using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using TryOn.Api.Images;
using TryOn.Api.Keys;
using TryOn.Api.Models;
using TryOn.Api.Webhooks;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Models;
using TryOn.Core.Pictures;

namespace TryOn.Api.Jobs;

/// <summary>
/// Takes a request in: everything that can be refused is refused first, then credits are reserved, then the pictures are
/// stored, then the job begins. Where it dies in between, the reservation is released once its job is found missing.
/// </summary>
public sealed class Intake(
    IDirectory directory, IPictureStore pictures, ModelChoice choice, ImageReader reader, JobId ids, RecentJobs recent,
    WebhookTargets webhooks, IOptions<LimitOptions> limits, TimeProvider clock)
{
    private const int IdempotencyKeyLengthMax = 255;
    private const int PromptLengthMax = 4000;
    private const int EndUserLengthMax = 128;
    private const int CountMax = 4;

    /// <summary>One job for each picture wanted.</summary>
    public async Task<Result<JobSet>> Accept(Caller caller, TryOnRequest request, CancellationToken cancellation)
    {
        using var place = caller.Place;
        var order = await Check(caller, request, cancellation);
        return order.Ok ? await Begin(order.Value, request) : order.Error;
    }

    /// <summary>Everything that can be refused before anything is reserved.</summary>
    private async Task<Result<Order>> Check(Caller caller, TryOnRequest request, CancellationToken cancellation)
    {
        var model = choice.Choose(request.Routing, caller.Account.Mode);
        if (!model.Ok)
            return model.Error;
        if ((Refuse(request, model.Value) ?? webhooks.Refuse(request.WebhookUrl, "webhook_url") ?? choice.Unserved(model.Value, caller.Account.Mode)) is { } refusal)
            return refusal;
        var persons = await Read(request.Persons, model.Value, cancellation);
        var garments = await Read(request.Garments, model.Value, cancellation);
        if (persons.Error is not null || garments.Error is not null)
            return (persons.Error ?? garments.Error)!;
        return new Order(
            caller.Account, new Purchase(caller.KeyId, model.Value.Slug, Cut(request.EndUser)), model.Value, persons.Value!,
            garments.Value!, model.Value.Capabilities.PromptOverride ? request.Prompt : null, request.FastMode)
        {
            CancelAt = clock.GetUtcNow() + request.CancelAfter,
            Webhook = webhooks.Of(request.WebhookUrl, caller.Account),
        };
    }

    /// <summary>
    /// The first job decides. Where a later one finds no room or credits any more, the caller gets fewer pictures, and
    /// pays for those.
    /// </summary>
    private async Task<Result<JobSet>> Begin(Order order, TryOnRequest request)
    {
        if (order.Account.Available < order.Model.Credits * request.Count && request.Count > 1)
            return new Error(ErrorCode.OutOfCredits, "Not enough API credits for so many pictures.");
        var jobs = ImmutableArray.CreateBuilder<JobView>();
        for (var index = 0; index < request.Count; index++)
        {
            var job = request.IdempotencyKey is { Length: > 0 } key
                ? await Join(order, Numbered(key, index))
                : await Fresh(order, request.Repeat is { } sent ? sent with { Body = Numbered(sent.Body, index) } : null);
            if (!job.Ok && index == 0)
                return job.Error;
            if (job.Ok)
                jobs.Add(job.Value);
        }

        return new JobSet(jobs.ToImmutable());
    }

    /// <summary>The first picture is the one that a request for a single picture would have been.</summary>
    private static string Numbered(string text, int index) => index == 0 ? text : $"{text}\n{index}";

    private static string? Cut(string? endUser) =>
        string.IsNullOrWhiteSpace(endUser) ? null : endUser[..Math.Min(endUser.Length, EndUserLengthMax)];

    private static Error? Refuse(TryOnRequest request, Model model)
    {
        var can = model.Capabilities;
        return Count(request.Persons.Length, can.PersonImagesMax, "person_images", "person")
            ?? Count(request.Garments.Length, can.GarmentImagesMax, "garment_images", "garment")
            ?? Invalid(request.HasMask && !can.Mask, "mask", $"{model.Slug} takes no mask.")
            ?? Invalid(request.Prompt?.Length > PromptLengthMax, "prompt", $"A prompt has at most {PromptLengthMax} characters.")
            ?? Invalid(request.Count is < 1 or > CountMax, "n", $"n is 1 to {CountMax}.")
            ?? Invalid(
                request.IdempotencyKey?.Length > IdempotencyKeyLengthMax, "Idempotency-Key",
                $"An idempotency key has at most {IdempotencyKeyLengthMax} characters.");
    }

    private static Error? Count(int count, int max, string param, string what) =>
        Invalid(count == 0, param, $"A {what} image is missing.")
        ?? Invalid(count > max, param, $"This model takes at most {max} {what} image{(max == 1 ? "" : "s")}.");

    private static Error? Invalid(bool wrong, string param, string message) =>
        wrong ? new Error(ErrorCode.InvalidRequest, message, param) : null;

    private async Task<Result<CheckedImages>> Read(
        ImmutableArray<ImageReference> references, Model model, CancellationToken cancellation)
    {
        var images = ImmutableArray.CreateBuilder<CheckedImage>();
        foreach (var reference in references)
        {
            var image = await reader.Read(reference, model, cancellation);
            if (!image.Ok)
                return image.Error;
            images.Add(image.Value);
        }

        return new CheckedImages(images.ToImmutable());
    }

    /// <summary>The job of this idempotency key, begun now or before.</summary>
    private async Task<Result<JobView>> Join(Order order, string idempotencyKey)
    {
        for (var generation = 0; ; generation++)
        {
            var id = ids.For(order.Account.Id, idempotencyKey, generation);
            var asked = clock.GetUtcNow();
            var known = await directory.Job(id).Read();
            // Even the one begun here may have been found missing and closed for good in this very moment.
            var job = known.Ok ? known : await Begin(id, order, asked, body: null);
            if (!job.Ok)
                return job.Error;
            if (job.Value.NeverStarted)
                continue;
            return job.Value.Fingerprint == order.Fingerprint
                ? job
                : new Error(ErrorCode.IdempotencyConflict, "This idempotency key was used with a different request.");
        }
    }

    /// <summary>A new job, unless this is a client's retry of one that runs or, where it is marked, has just succeeded.</summary>
    private async Task<Result<JobView>> Fresh(Order order, Repeat? repeat)
    {
        if (repeat is { Marked: true } && await recent.Find(order.Account.Id, order.For, order.Fingerprint) is { } done)
            return done;
        while (true)
        {
            var job = await Begin(JobId.New(), order, clock.GetUtcNow(), repeat?.Body);
            if (!job.Ok || !job.Value.NeverStarted)
                return job;
        }
    }

    /// <summary>Nothing here is given up half-way because a client hangs up: the job is paid for from the first step on.</summary>
    private async Task<Result<JobView>> Begin(string newId, Order order, DateTimeOffset sentAt, string? body)
    {
        var reserved = await directory.Account(order.Account.Id).Reserve(new AccountCommand.Reserve(
            newId, order.Model.Credits, order.Fingerprint, order.For, sentAt, body));
        if (!reserved.Ok)
            return reserved.Error;
        var id = reserved.Value.JobId;
        if (reserved.Value.Outcome != ReservationOutcome.Open)
            return await directory.Job(id).Read();
        // A joined job mostly runs already. If its first sender still stores the pictures, this one stores the same.
        if (id != newId && await directory.Job(id).Read() is { Ok: true } running)
            return running;
        var spec = new JobSpec(
            order.Account.Id, order.Account.Mode, order.Model.Slug, order.Model.Provider, order.Model.Credits,
            await Save(id, "person", order.Persons), await Save(id, "garment", order.Garments), order.Prompt,
            order.FastMode, order.Fingerprint, clock.GetUtcNow() + limits.Value.JobDeadline)
        {
            CancelAt = order.CancelAt,
            Webhook = order.Webhook,
        };
        return await directory.Job(id).Start(new JobCommand.Start(id, spec));
    }

    private async Task<ImmutableArray<JobPicture>> Save(string jobId, string role, CheckedImages images)
    {
        var saved = ImmutableArray.CreateBuilder<JobPicture>();
        foreach (var image in images.Items)
        {
            var picture = new PictureId(jobId, $"in-{role}-{saved.Count}.{image.Info.Extension}");
            await pictures.Save(picture, image.Content, CancellationToken.None);
            saved.Add(new JobPicture(picture, image.Info.Format));
        }

        return saved.ToImmutable();
    }
}
