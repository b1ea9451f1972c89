using System.Diagnostics;

namespace TryOn.Throughput;

/// <summary>
/// Figures of a process and of the processes that it started, such as imaging workers. Linux only; elsewhere those of
/// the process alone.
/// </summary>
internal static class Children
{
    private const int ParentField = 1;

    public static IEnumerable<Process> WithChildren(Process process)
    {
        yield return process;
        if (!OperatingSystem.IsLinux())
            yield break;
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), out var id) && ParentOf(folder) == process.Id
                && Find(id) is { } child)
                yield return child;
        }
    }

    private static int? ParentOf(string folder)
    {
        try
        {
            // After the program's name, which may hold blanks, come the state and the parent (proc(5)).
            var line = File.ReadAllText(Path.Combine(folder, "stat"));
            return int.Parse(line[(line.LastIndexOf(')') + 2)..].Split(' ')[ParentField], null);
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static Process? Find(int id)
    {
        try
        {
            return Process.GetProcessById(id);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
