using TryOn.Sandbox;
using TryOn.Sandbox.Settings;

var configuration = new ConfigurationBuilder().AddEnvironmentVariables().AddCommandLine(args).Build();
var options = configuration.GetSection(SandboxOptions.Section).Get<SandboxOptions>() ?? new SandboxOptions();
options.Port ??= SandboxOptions.ProcessPort;

await using var app = SandboxServer.Create(options, args);
await app.StartAsync();
Console.WriteLine($"Sandbox listening on {SandboxServer.AddressOf(app)}");
await app.WaitForShutdownAsync();
