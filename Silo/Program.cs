using TryOn.Silo;

try
{
    var builder = WebApplication.CreateBuilder(args);
    builder.AddNode();

    await using var app = builder.Build();
    app.MapNode();
    await app.RunAsync();
    return 0;
}
catch (Exception failure) when (StartupError.FromException(failure) is { } refusal)
{
    await Console.Error.WriteLineAsync(refusal);
    return 1;
}
