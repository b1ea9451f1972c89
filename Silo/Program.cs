using TryOn.Silo;

var builder = WebApplication.CreateBuilder(args);
builder.AddNode();

await using var app = builder.Build();
app.MapNode();
await app.RunAsync();
