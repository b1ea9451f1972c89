using System.Collections.Immutable;
using TryOn.Core.Images;

namespace TryOn.Core.Models;

/// <summary>
/// All models that the gateway offers. Prices, latencies and capabilities are those of the published catalog.
/// </summary>
public static class Catalog
{
    private const int MiB = 1024 * 1024;

    private static readonly ImmutableArray<string> Wearables = ["apparel", "footwear", "accessory"];

    public static ImmutableArray<Model> Models { get; } =
    [
        new(
            "kling/kolors-v1-5", "kling", "Kling", "Kling Kolors Virtual Try-On v1.5",
            "Dedicated apparel try-on: one person and one garment, high fidelity.",
            ModelKind.DedicatedTryOn, ExecutionMode.SubmitPoll,
            LatencyExpected: TimeSpan.FromSeconds(45), LatencyMin: TimeSpan.FromSeconds(30),
            LatencyMax: TimeSpan.FromSeconds(60), Credits: 1,
            // Kling takes JPEG and PNG of at most 10 MB with sides of at least 300 pixels.
            new ModelCapabilities(
                ["apparel"], PersonImagesMax: 1, GarmentImagesMax: 1, Mask: false, PromptOverride: false,
                FastMode: true,
                new ImageTarget(
                    [ImageFormat.Png, ImageFormat.Jpeg],
                    ImageLimits.Default with { SideMin = 300, BytesMax = 10 * MiB })))
        {
            OtherProviders = ["fal"],
        },
        new(
            "google/gemini-2.5-flash-image", "gemini", "Google", "Gemini 2.5 Flash Image",
            "General image model that tries on by prompt and reference pictures.",
            ModelKind.GenerativeImage, ExecutionMode.Sync,
            LatencyExpected: TimeSpan.FromSeconds(12), LatencyMin: TimeSpan.FromSeconds(5),
            LatencyMax: TimeSpan.FromSeconds(15), Credits: 1,
            // Gemini's image page allows 20 MB of JSON a request and works best with three pictures.
            new ModelCapabilities(
                Wearables, PersonImagesMax: 1, GarmentImagesMax: 2, Mask: false, PromptOverride: true, FastMode: true,
                new ImageTarget(
                    [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.WebP],
                    ImageLimits.Default with { BytesMax = 4 * MiB + 512 * 1024 }))),
        new(
            "openai/gpt-image-1", "openai", "OpenAI", "OpenAI GPT Image",
            "General image model that edits by prompt and reference pictures. A successor answers for gpt-image-1.",
            ModelKind.GenerativeImage, ExecutionMode.Sync,
            LatencyExpected: TimeSpan.FromSeconds(18), LatencyMin: TimeSpan.FromSeconds(10),
            LatencyMax: TimeSpan.FromSeconds(25), Credits: 2,
            // OpenAI takes 16 pictures of less than 50 MB each; the gateway's own limits are tighter.
            new ModelCapabilities(
                Wearables, PersonImagesMax: 1, GarmentImagesMax: 4, Mask: true, PromptOverride: true, FastMode: true,
                new ImageTarget([ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.WebP], ImageLimits.Default))),
        new(
            "fal/flux-kontext", "fal", "FAL", "FAL FLUX.1 Kontext (multi)",
            "General image model that tries on by prompt and reference pictures.",
            ModelKind.GenerativeImage, ExecutionMode.Sync,
            LatencyExpected: TimeSpan.FromSeconds(15), LatencyMin: TimeSpan.FromSeconds(10),
            LatencyMax: TimeSpan.FromSeconds(20), Credits: 1,
            // Pictures are sent as data URLs. fal publishes no limit, so the other providers' limit is used.
            new ModelCapabilities(
                Wearables, PersonImagesMax: 1, GarmentImagesMax: 3, Mask: false, PromptOverride: true, FastMode: true,
                new ImageTarget(
                    [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.WebP],
                    ImageLimits.Default with { BytesMax = 10 * MiB }))),
        new(
            "fashn/tryon-v1-6", "fashn", "FASHN", "FASHN Virtual Try-On v1.6",
            "Dedicated apparel try-on: one person and one garment, quick.",
            ModelKind.DedicatedTryOn, ExecutionMode.SubmitPoll,
            LatencyExpected: TimeSpan.FromSeconds(8), LatencyMin: TimeSpan.FromSeconds(5),
            LatencyMax: TimeSpan.FromSeconds(17), Credits: 1,
            new ModelCapabilities(
                ["apparel"], PersonImagesMax: 1, GarmentImagesMax: 1, Mask: false, PromptOverride: false,
                FastMode: true,
                new ImageTarget(
                    [ImageFormat.Png, ImageFormat.Jpeg, ImageFormat.WebP],
                    ImageLimits.Default with { BytesMax = 10 * MiB }))),
    ];

    /// <summary>The display name of a provider.</summary>
    public static string NameOf(string provider) =>
        Models.FirstOrDefault(model => model.Provider == provider)?.ProviderName ?? provider;

    public static Model? Find(string? slug) => Models.FirstOrDefault(model => model.Slug == slug);
}
