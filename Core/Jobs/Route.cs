namespace TryOn.Core.Jobs;

/// <summary>A model, the provider that serves it, and its price in credits.</summary>
/// <param name="Credits">Credits captured when this route's picture is stored.</param>
public sealed record Route(string Model, string Provider, long Credits);
