using System.Diagnostics;
using System.Runtime.InteropServices;
using TryOn.Core.Images;
using TryOn.Imaging.Protocol;

namespace TryOn.Imaging.Pool;

/// <summary>
/// One worker process. It inherits no setting and no secret of the gateway, and ends with it: its input is closed.
/// </summary>
internal sealed class WorkerProcess : IDisposable
{
    private const string Name = "TryOn.Imaging";
    private const int BufferBytes = 64 * 1024;

    private readonly Process _process;
    private readonly Stream _input;
    private readonly Stream _output;

    private WorkerProcess(Process process)
    {
        _process = process;
        _input = new BufferedStream(process.StandardInput.BaseStream, BufferBytes);
        _output = new BufferedStream(process.StandardOutput.BaseStream, BufferBytes);
        // What a codec prints may quote the file, so it goes nowhere, and is never held as a line.
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
    }

    public int Pictures { get; private set; }

    public int Id => _process.Id;

    /// <summary>A timestamp of the pool's clock.</summary>
    public long IdleSince { get; set; }

    public bool HasExited => _process.HasExited;

    /// <summary>In bytes.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.HasExited ? 0 : _process.WorkingSet64;
        }
    }

    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static WorkerProcess Start(long memoryMax)
    {
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var dotnet = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        var library = Path.Combine(AppContext.BaseDirectory, Name + ".dll");
        // A self-contained deployment has no dotnet beside its runtime, but the worker's own program.
        var start = File.Exists(dotnet)
            ? new ProcessStartInfo(dotnet) { ArgumentList = { "exec", library } }
            : new ProcessStartInfo(
                Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? Name + ".exe" : Name));
        start.ArgumentList.Add(memoryMax.ToString(null, null));
        start.RedirectStandardInput = start.RedirectStandardOutput = start.RedirectStandardError = true;
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.WorkingDirectory = AppContext.BaseDirectory;
        var kept = OperatingSystem.IsWindows() ? Environment.GetEnvironmentVariable("SystemRoot") : null;
        start.Environment.Clear();
        if (kept is not null)
            start.Environment["SystemRoot"] = kept;
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        start.Environment["DOTNET_TieredPGO"] = "0";
        // A picture that has to be in memory as a whole is not written to a file instead.
        start.Environment["VIPS_DISC_THRESHOLD"] = "16g";
        start.Environment["MALLOC_ARENA_MAX"] = "2";
        return new WorkerProcess(
            Process.Start(start) ?? throw new InvalidOperationException("No process was started."));
    }

    /// <exception cref="InvalidDataException">It has ended instead of becoming ready.</exception>
    /// <returns>Whether it has given up its rights.</returns>
    public bool WaitUntilReady() => WorkerMessages.ReadReady(_output);

    /// <exception cref="IOException">It has ended, or was killed.</exception>
    /// <exception cref="InvalidDataException">It answers nonsense.</exception>
    public ImageReply Ask(WorkerRequest request)
    {
        Pictures++;
        WorkerMessages.WriteRequest(_input, request);
        _input.Flush();
        return WorkerMessages.ReadReply(_output, request.Content);
    }

    public void Kill()
    {
        try
        {
            _process.Kill();
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }

    public void Dispose()
    {
        Kill();
        try
        {
            _input.Dispose();
        }
        catch (IOException)
        {
            // What was not sent yet cannot be sent any more.
        }

        _output.Dispose();
        _process.Dispose();
    }
}
