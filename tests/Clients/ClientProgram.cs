using System.Diagnostics;
using System.Text.Json;

namespace TryOn.Clients.Tests;

/// <summary>A program that uses a published client as its users do, and prints the client's result as JSON.</summary>
internal sealed class ClientProgram : IDisposable
{
    private static readonly TimeSpan Max = TimeSpan.FromMinutes(3);

    private readonly Process _process;
    private readonly Task<string> _said;
    private readonly Task<string> _complained;

    private ClientProgram(Process process)
    {
        _process = process;
        _said = process.StandardOutput.ReadToEndAsync();
        _complained = process.StandardError.ReadToEndAsync();
    }

    public static string Folder { get; } = Path.Combine(Repository.Root, "tests", "Clients", "programs");

    public static async Task<JsonElement> Run(
        string script, Scene scene, string key, string argument = "", Dictionary<string, string>? more = null)
    {
        using var program = Start(script, scene, key, argument, more);
        return await program.Told();
    }

    public static ClientProgram Start(
        string script, Scene scene, string key, string argument, Dictionary<string, string>? more = null)
    {
        var start = Prepare("node", $"{script}.mjs", argument);
        start.Environment["TRYON_BASE"] = new Uri(scene.Run.Address, "/api/v1").ToString();
        start.Environment["TRYON_API_KEY"] = key;
        start.Environment["TRYON_PERSON"] = scene.Picture("person.png", TestPictures.Person);
        start.Environment["TRYON_GARMENT"] = scene.Picture("garment.png", TestPictures.Garment);
        foreach (var (name, value) in more ?? [])
            start.Environment[name] = value;
        return new ClientProgram(Process.Start(start)!);
    }

    /// <summary>Installs the packages of the lock file, once per version of the file.</summary>
    public static async Task Install()
    {
        var installed = new FileInfo(Path.Combine(Folder, "node_modules", ".package-lock.json"));
        if (installed.Exists
            && installed.LastWriteTimeUtc >= File.GetLastWriteTimeUtc(Path.Combine(Folder, "package-lock.json")))
            return;
        using var npm = new ClientProgram(
            Process.Start(Prepare("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"))!);
        await npm.Ended();
    }

    public void Kill() => _process.Kill(entireProcessTree: true);

    public void Dispose() => _process.Dispose();

    private static ProcessStartInfo Prepare(string program, params string[] arguments) => new(program, arguments)
    {
        WorkingDirectory = Folder,
        UseShellExecute = false,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
    };

    private async Task<JsonElement> Told()
    {
        await Ended();
        return JsonSerializer.Deserialize<JsonElement>((await _said).TrimEnd().Split('\n')[^1]);
    }

    private async Task Ended()
    {
        using var patience = new CancellationTokenSource(Max, TimeProvider.System);
        await _process.WaitForExitAsync(patience.Token);
        Assert.True(_process.ExitCode == 0, $"{await _said}\n{await _complained}");
    }
}
