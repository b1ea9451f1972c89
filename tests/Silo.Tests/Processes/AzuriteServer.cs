using System.Diagnostics;
using System.Security.Cryptography;

namespace TryOn.Silo.Tests.Processes;

/// <summary>
/// Azurite, Microsoft's emulator of Azure Storage, with an account of its own. It keeps everything in memory, since
/// tests kill nodes and not Azurite. It refuses API versions that it does not know, which these tests want.
/// </summary>
internal sealed class AzuriteServer : IBackend
{
    private const string Account = "tryon";

    /// <summary>The message of the last of the three services, which start in turn.</summary>
    private const string Ready = "Table service is successfully listening";

    private static readonly TimeSpan StartMax = TimeSpan.FromSeconds(30);

    private readonly int _blobs = FreePort.Find();
    private readonly int _tables = FreePort.Find();
    private readonly string _key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(64));
    private readonly Process _process;

    private AzuriteServer()
    {
        var start = new ProcessStartInfo("node",
        [
            Program, "--inMemoryPersistence", "--disableTelemetry", "--silent", "--blobPort", $"{_blobs}",
            "--tablePort", $"{_tables}", "--queuePort", $"{FreePort.Find()}",
        ])
        {
            WorkingDirectory = Path.GetTempPath(),
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };
        start.Environment["AZURITE_ACCOUNTS"] = $"{Account}:{_key}";
        _process = Process.Start(start)!;
    }

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Silo.Tests", "azurite");

    public static string Program { get; } =
        Path.Combine(Folder, "node_modules", "azurite", "dist", "src", "azurite.js");

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>(AzureTemplate.NodeSettings())
    {
        ["ConnectionStrings__tryon"] = $"DefaultEndpointsProtocol=http;AccountName={Account};AccountKey={_key};"
            + $"BlobEndpoint=http://127.0.0.1:{_blobs}/{Account};TableEndpoint=http://127.0.0.1:{_tables}/{Account}",
    };

    public static async Task<AzuriteServer> Start()
    {
        var server = new AzuriteServer();
        using var patience = new CancellationTokenSource(StartMax, TimeProvider.System);
        var output = "";
        while (!output.Contains(Ready, StringComparison.Ordinal))
        {
            output += await server._process.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException($"Azurite ended at its start: {output}");
        }

        return server;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
