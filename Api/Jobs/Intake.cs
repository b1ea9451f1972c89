using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using TryOn.Api.Images;
using TryOn.Api.Keys;
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
    IDirectory directory, IPictureStore pictures, IAvailability availability, ImageReader reader, JobId ids,
    IOptions<LimitOptions> limits, TimeProvider clock)
{
    private const int IdempotencyKeyLengthMax = 255;
    private const int PromptLengthMax = 4000;
    private const int EndUserLengthMax = 128;

    public async Task<Result<JobView>> Accept(Caller caller, TryOnRequest request, CancellationToken cancellation)
    {
        using var place = caller.Place;
        var model = Catalog.Find(request.Model);
        if (Refuse(request, model, caller.Account.Mode) is { } refusal)
            return refusal;
        var persons = await Read(request.Persons, model!, cancellation);
        var garments = await Read(request.Garments, model!, cancellation);
        if (persons.Error is not null || garments.Error is not null)
            return (persons.Error ?? garments.Error)!;

        var order = new Order(
            caller.Account, new Purchase(caller.KeyId, model!.Slug, Cut(request.EndUser)), model, persons.Value!, garments.Value!,
            model.Capabilities.PromptOverride ? request.Prompt : null, request.FastMode);
        return request.IdempotencyKey is { Length: > 0 } key
            ? await Join(order, key)
            : await Begin(JobId.New(), order, clock.GetUtcNow());
    }

    private static string? Cut(string? endUser) =>
        string.IsNullOrWhiteSpace(endUser) ? null : endUser[..Math.Min(endUser.Length, EndUserLengthMax)];

    private Error? Refuse(TryOnRequest request, Model? model, AccountMode mode)
    {
        if (model is null)
            return new Error(ErrorCode.ModelNotFound, "There is no such model; GET /api/v1/models lists them.", "model");
        var can = model.Capabilities;
        return Count(request.Persons.Length, can.PersonImagesMax, "person_images", "person")
            ?? Count(request.Garments.Length, can.GarmentImagesMax, "garment_images", "garment")
            ?? Invalid(request.HasMask && !can.Mask, "mask", $"{model.Slug} takes no mask.")
            ?? Invalid(request.Prompt?.Length > PromptLengthMax, "prompt", $"A prompt has at most {PromptLengthMax} characters.")
            ?? Invalid(
                request.IdempotencyKey?.Length > IdempotencyKeyLengthMax, "Idempotency-Key",
                $"An idempotency key has at most {IdempotencyKeyLengthMax} characters.")
            ?? (availability.Serves(model, mode)
                ? null
                : new Error(ErrorCode.ProviderUnavailable, "This model's provider is not configured here.", "model"));
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
            var job = known.Ok ? known : await Begin(id, order, asked);
            if (!job.Ok)
                return job.Error;
            if (job.Value.NeverStarted)
                continue;
            return job.Value.Fingerprint == order.Fingerprint
                ? job
                : new Error(ErrorCode.IdempotencyConflict, "This idempotency key was used with a different request.");
        }
    }

    /// <summary>Nothing here is given up half-way because a client hangs up: the job is paid for from the first step on.</summary>
    private async Task<Result<JobView>> Begin(string id, Order order, DateTimeOffset sentAt)
    {
        var reserved = await directory.Account(order.Account.Id).Reserve(
            new AccountCommand.Reserve(id, order.Model.Credits, order.Fingerprint, order.For, sentAt));
        if (!reserved.Ok)
            return reserved.Error;
        if (reserved.Value.Outcome != ReservationOutcome.Open)
            return await directory.Job(id).Read();
        var spec = new JobSpec(
            order.Account.Id, order.Account.Mode, order.Model.Slug, order.Model.Provider, order.Model.Credits,
            await Save(id, "person", order.Persons), await Save(id, "garment", order.Garments), order.Prompt,
            order.FastMode, order.Fingerprint, clock.GetUtcNow() + limits.Value.JobDeadline);
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

    private sealed record CheckedImages(ImmutableArray<CheckedImage> Items);

    private sealed record Order(
        AccountView Account, Purchase For, Model Model, CheckedImages Persons, CheckedImages Garments, string? Prompt,
        bool FastMode)
    {
        /// <summary>Two requests are the same when this is: pictures by content, whichever way they came.</summary>
        public string Fingerprint { get; } = Hash(Model, Persons, Garments, Prompt, FastMode);

        private static string Hash(Model model, CheckedImages persons, CheckedImages garments, string? prompt, bool fast)
        {
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            hash.AppendData(Encoding.UTF8.GetBytes($"{model.Slug}\n{fast}\n{prompt?.Length}\n{prompt}\n{persons.Items.Length}"));
            foreach (var image in persons.Items.Concat(garments.Items))
                hash.AppendData(SHA256.HashData(image.Content));
            return Convert.ToHexStringLower(hash.GetHashAndReset());
        }
    }
}
