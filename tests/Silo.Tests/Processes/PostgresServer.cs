using System.Diagnostics;

namespace TryOn.Silo.Tests.Processes;

/// <summary>
/// A PostgreSQL server from Debian's package in a temporary directory. PostgreSQL refuses to run as root; a test that
/// does starts it as the user that the package created.
/// </summary>
internal sealed class PostgresServer : IBackend
{
    private const string Packages = "/usr/lib/postgresql";
    private const string User = "tryon";

    private readonly string _folder = Directory.CreateTempSubdirectory("tryon-postgres-").FullName;
    private readonly int _port = FreePort.Find();

    public PostgresServer()
    {
        if (Environment.IsPrivilegedProcess)
            Run("chown", "postgres", _folder);
        AsOwner("initdb", "-D", Data, "-U", User, "--auth=trust", "--encoding=UTF8", "--no-sync");
        Start();
        Run(Program("psql"), "-h", "127.0.0.1", "-p", $"{_port}", "-U", User, "-d", "postgres", "-qc",
            "CREATE DATABASE tryon");
        Run(
            Program("psql"), "-h", "127.0.0.1", "-p", $"{_port}", "-U", User, "-d", "tryon", "-q", "-v",
            "ON_ERROR_STOP=1", "-f", Path.Combine(AppContext.BaseDirectory, "setup.sql"));
    }

    /// <summary>The folder of PostgreSQL's programs; null where they are not installed.</summary>
    public static string? Binaries { get; } = !Directory.Exists(Packages) ? null : Directory.GetDirectories(Packages)
        .Select(version => Path.Combine(version, "bin"))
        .LastOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")));

    public IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["ConnectionStrings__tryon"] =
            $"Host=127.0.0.1;Port={_port};Username={User};Database=tryon;Maximum Pool Size=30",
        ["Orleans__Clustering__ProviderType"] = "AdoNet",
        ["Orleans__Clustering__Invariant"] = "Npgsql",
        ["Orleans__Clustering__ConnectionName"] = "tryon",
        ["Orleans__GrainStorage__records__ProviderType"] = "AdoNet",
        ["Orleans__GrainStorage__records__Invariant"] = "Npgsql",
        ["Orleans__GrainStorage__records__ConnectionName"] = "tryon",
        ["Orleans__Reminders__ProviderType"] = "AdoNet",
        ["Orleans__Reminders__Invariant"] = "Npgsql",
        ["Orleans__Reminders__ConnectionName"] = "tryon",
    };

    private string Data => Path.Combine(_folder, "data");

    public void Start() => AsOwner(
        "pg_ctl", "-D", Data, "-w", "-s", "-l", Path.Combine(_folder, "log"), "-o",
        $"-p {_port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200", "start");

    /// <summary>Closes every connection and rolls back open transactions.</summary>
    public void Stop() => AsOwner("pg_ctl", "-D", Data, "-w", "-s", "-m", "fast", "stop");

    public void Dispose()
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
            AsOwner("pg_ctl", "-D", Data, "-w", "-s", "-m", "immediate", "stop");
        Directory.Delete(_folder, recursive: true);
    }

    private static void AsOwner(string program, params string[] arguments)
    {
        if (Environment.IsPrivilegedProcess)
            Run("runuser", ["-u", "postgres", "--", Program(program), .. arguments]);
        else
            Run(Program(program), arguments);
    }

    private static string Program(string name) => Path.Combine(Binaries!, name);

    /// <summary>
    /// The server inherits the output of the program that starts it, so only the end of that program is awaited.
    /// </summary>
    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { WorkingDirectory = "/" })!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}");
    }
}
