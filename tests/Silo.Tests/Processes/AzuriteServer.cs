using System.Diagnostics;
using System.Security.Cryptography;
using TryOn.Crash.Tests.Processes;

namespace TryOn.Silo.Tests.Processes;

/// <summary>
/// Azurite, Microsoft's emulator of Azure Storage, with an account of a test's own. Nodes are killed and it is not, so its
/// memory is disk enough. It refuses versions of Azure's interface that it does not know, as it should here.
/// </summary>
internal sealed class AzuriteServer : IBackend
{
    private const string Account = "tryon";

    /// <summary>The last of its three services; it starts them in turn.</summary>
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

    public static string Folder { get; } = Path.Combine(Root(), "tests", "Silo.Tests", "azurite");

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
        var said = "";
        while (!said.Contains(Ready, StringComparison.Ordinal))
        {
            said += await server._process.StandardOutput.ReadLineAsync(patience.Token)
                ?? throw new InvalidOperationException($"Azurite ended at its start: {said}");
        }

        return server;
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "TryOn.Orleans.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
