namespace TryOn.Core.Jobs;

/// <summary>One way to a picture: a model, who answers for it, and what that costs.</summary>
/// <param name="Credits">Captured when this route's picture is stored.</param>
public sealed record Route(string Model, string Provider, long Credits);
