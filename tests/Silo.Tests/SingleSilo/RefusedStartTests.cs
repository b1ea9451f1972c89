namespace TryOn.Silo.Tests.SingleSilo;

/// <summary>A start that is refused prints one line with the reason and exits with a code.</summary>
[Collection("real processes")]
public sealed class RefusedStartTests : IDisposable
{
    private static readonly TimeSpan EndMax = TimeSpan.FromMinutes(2);

    private readonly string _folder = Directory.CreateTempSubdirectory("tryon-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Sqlite_InACluster_IsRefused()
    {
        using var process = new SingleProcess(_folder, new Dictionary<string, string>
        {
            ["TryOn__Cluster__Secret"] = Convert.ToBase64String(new byte[32]),
            ["ConnectionStrings__tryon"] = "Host=127.0.0.1;Port=1;Username=nobody;Database=none",
            ["Orleans__Clustering__ProviderType"] = "AdoNet",
            ["Orleans__Clustering__Invariant"] = "Npgsql",
            ["Orleans__Clustering__ConnectionName"] = "tryon",
            ["Orleans__GrainStorage__records__ProviderType"] = "Sqlite",
            ["Orleans__Reminders__ProviderType"] = "Sqlite",
        });

        CheckRefused(process, "SQLite keeps the records of one process");
        Assert.Empty(Directory.GetFileSystemEntries(_folder));
    }

    [Fact]
    public async Task DataDirectory_InUse_IsRefused()
    {
        using var first = new SingleProcess(_folder);
        await first.WaitUntilReady();

        using var second = new SingleProcess(_folder);

        CheckRefused(second, $"Another process uses the data directory {_folder}.");
        await first.WaitUntilReady();
    }

    [Fact]
    public void Setting_ThatIsWrong_IsRefused()
    {
        using var process = new SingleProcess(_folder, new Dictionary<string, string>
        {
            ["TryOn__Cluster__Secret"] = "short",
        });

        CheckRefused(process, "TryOn:Cluster:Secret is not base64 of 32 bytes or more.");
    }

    private static void CheckRefused(SingleProcess process, string reason)
    {
        Assert.True(process.WaitForEnd(EndMax), $"It runs: {process.Output}");
        Assert.NotEqual(0, process.ExitCode);
        var line = Assert.Single(process.Output.Split('\n'));
        Assert.Contains(reason, line, StringComparison.Ordinal);
    }
}
