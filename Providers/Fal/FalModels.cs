namespace TryOn.Providers.Fal;

/// <summary>Which endpoint answers for which model of the catalog, and what it is told.</summary>
public static class FalModels
{
    /// <summary>Kling's own model, as FAL offers it: the other way to the same picture.</summary>
    public static bool TakesKlingsInput(string model) => model.StartsWith("kling/", StringComparison.Ordinal);

    public static string Endpoint(string model, FalOptions options) =>
        (TakesKlingsInput(model) ? options.KlingModelId : options.ModelId).Trim('/');

    /// <summary>An endpoint without a seed makes no input unique, so nothing lost can be told apart there.</summary>
    public static bool TakesSeed(string model) => !TakesKlingsInput(model);
}
