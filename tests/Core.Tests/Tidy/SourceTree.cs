using System.Diagnostics;
using System.Text.RegularExpressions;

namespace TryOn.Core.Tests.Tidy;

/// <summary>The files of the repository, without build output, restored packages and local files.</summary>
internal static class SourceTree
{
    private static readonly string[] NotSource =
        [".git", ".vs", ".idea", "artifacts", "bin", "obj", "data", "node_modules", "TestResults"];

    public static string Root { get; } = FindRoot();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    public static bool Exists(string path) => Path.Exists(Path.Combine(Root, path));

    /// <summary>Paths from the root, with forward slashes.</summary>
    public static IEnumerable<string> Folders() => Below(Root).Select(Relative);

    public static IEnumerable<string> Files(string pattern) => Below(Root).Prepend(Root)
        .SelectMany(folder => Directory.GetFiles(folder, pattern)).Select(Relative).Order(StringComparer.Ordinal);

    public static IEnumerable<string> Projects() => Files("*.csproj");

    /// <summary>Projects named in a solution or in its filter.</summary>
    public static string[] ProjectsIn(string solution) =>
    [
        .. Find(Read(solution), "\"(?<path>[^\"]+\\.csproj)\"")
            .Select(match =>
                match.Groups["path"].Value.Replace('\\', '/').Replace("//", "/", StringComparison.Ordinal)),
    ];

    /// <summary>What a project references, as paths from the root.</summary>
    public static IEnumerable<string> References(string project) =>
        Find(Read(project), "<ProjectReference Include=\"(?<path>[^\"]+)\"")
            .Select(match => match.Groups["path"].Value.Replace('\\', '/'))
            .Select(path => Relative(Path.GetFullPath(Path.Combine(Root, Path.GetDirectoryName(project)!, path))));

    /// <summary>Every place where a pattern matches; ^ and $ are those of a line.</summary>
    public static IReadOnlyList<Match> Find(string text, string pattern) => Regex.Matches(
        text, pattern, RegexOptions.Multiline | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture).ToList();

    /// <summary>The tracked files; empty where there is no git repository, as in an unpacked archive.</summary>
    public static string[] Tracked()
    {
        if (!Path.Exists(Path.Combine(Root, ".git")))
            return [];
        try
        {
            var start = new ProcessStartInfo("git", ["-C", Root, "ls-files"])
            {
                RedirectStandardOutput = true,
                UseShellExecute = false,
            };
            using var git = Process.Start(start)!;
            var files = git.StandardOutput.ReadToEnd();
            git.WaitForExit();
            return git.ExitCode == 0 ? files.Split('\n', StringSplitOptions.RemoveEmptyEntries) : [];
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return [];
        }
    }

    private static IEnumerable<string> Below(string folder) => Directory.GetDirectories(folder)
        .Where(inner => !NotSource.Contains(Path.GetFileName(inner))).SelectMany(inner => Below(inner).Prepend(inner));

    private static string Relative(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "TryOn.Orleans.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new InvalidOperationException("The tests run outside of the repository.");
        }

        return folder;
    }
}
