using TryOn.Api;

var builder = WebApplication.CreateBuilder(args);
builder.AddGateway();

await using var app = builder.Build();
app.MapGateway();
await app.RunAsync();
