namespace TryOn.Providers.Fal;

/// <summary>Maps the catalog's models to FAL's endpoints.</summary>
public static class FalModels
{
    /// <summary>True for Kling's own model, which FAL also offers.</summary>
    public static bool TakesKlingsInput(string model) => model.StartsWith("kling/", StringComparison.Ordinal);

    public static string Endpoint(string model, FalOptions options) =>
        (TakesKlingsInput(model) ? options.KlingModelId : options.ModelId).Trim('/');

    /// <summary>
    /// Whether the endpoint takes a seed. Without one, inputs are not unique, so a lost request cannot be found again.
    /// </summary>
    public static bool TakesSeed(string model) => !TakesKlingsInput(model);
}
