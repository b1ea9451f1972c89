using System.ComponentModel;
using System.Diagnostics;

namespace TryOn.Sandbox.Tests.Clients;

/// <summary>
/// A test that needs node and the vendors' clients from npm, which are installed here if they are missing.
/// </summary>
public sealed class ClientTheoryAttribute : TheoryAttribute
{
    private const int InstallMillisecondsMax = 120_000;

    private static readonly Lazy<string?> Missing = new(Prepare);

    public ClientTheoryAttribute() => Skip = Missing.Value;

    public static string Folder { get; } = Find();

    public static Process? Start(string program, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            });
        }
        catch (Win32Exception)
        {
            return null;
        }
    }

    private static string? Prepare()
    {
        using var node = Start("node", "--version");
        if (node is null)
            return "node is missing: the vendors' own clients cannot run.";
        if (Directory.Exists(Path.Combine(Folder, "node_modules", "openai")))
            return null;
        using var install = Start("npm", "ci", "--ignore-scripts", "--silent");
        return install is not null && install.WaitForExit(InstallMillisecondsMax) && install.ExitCode == 0
            ? null
            : "The vendors' own clients cannot be installed: npm ci failed in tests/Sandbox.Tests/clients.";
    }

    private static string Find()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "TryOn.Orleans.sln")))
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The tests run outside of the repository.");
        return Path.Combine(folder, "tests", "Sandbox.Tests", "clients");
    }
}
