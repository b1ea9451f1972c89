namespace TryOn.Core.Tests.Tidy;

/// <summary>The imports between the folders of a project.</summary>
internal sealed class FolderImports
{
    private const string Declarations =
        @"^(public |internal )(static |sealed |abstract |partial |readonly )*"
        + @"(class|record struct|record|struct|interface|enum|delegate [\w<>]+) (?<name>\w+)";

    private readonly Dictionary<string, string> _folderOfType = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedSet<string>> _imports = new(StringComparer.Ordinal);

    public FolderImports(string project)
    {
        var files = SourceTree.Files("*.cs")
            .Where(path => path.StartsWith($"{project}/", StringComparison.Ordinal))
            .Select(path => (Folder: Path.GetDirectoryName(path)!.Replace('\\', '/'), Code: Code(path))).ToList();
        foreach (var (folder, code) in files)
        {
            foreach (var type in SourceTree.Find(code, Declarations).Select(match => match.Groups["name"].Value))
                _folderOfType[type] = folder;
        }

        foreach (var (folder, code) in files)
            Add(folder, code);
    }

    public IReadOnlyDictionary<string, SortedSet<string>> All => _imports;

    /// <summary>Groups of folders that import each other, directly or indirectly.</summary>
    public IReadOnlyList<string> Circles() =>
    [
        .. _imports.Keys.Order(StringComparer.Ordinal)
            .Select(folder => string.Join(' ', _imports.Keys.Order(StringComparer.Ordinal)
                .Where(other => Reaches(folder, other) && Reaches(other, folder))))
            .Where(circle => circle.Length > 0).Distinct(StringComparer.Ordinal),
    ];

    private void Add(string folder, string code)
    {
        var imports = _imports.TryGetValue(folder, out var known) ? known : _imports[folder] = [];
        var usings = SourceTree.Find(code, @"^using (?<name>[\w.]+);").Select(match => match.Groups["name"].Value)
            .ToHashSet();
        foreach (var word in SourceTree.Find(code, @"\b[A-Z]\w+\b").Select(match => match.Value)
            .Distinct(StringComparer.Ordinal))
        {
            if (_folderOfType.TryGetValue(word, out var of) && of != folder && IsVisible(of, folder, usings))
                imports.Add(of);
        }
    }

    /// <summary>A type is visible below its own namespace and in files that import its namespace.</summary>
    private static bool IsVisible(string of, string from, HashSet<string> usings) =>
        from.StartsWith($"{of}/", StringComparison.Ordinal) || usings.Contains($"TryOn.{of.Replace('/', '.')}");

    private bool Reaches(string from, string to)
    {
        var (seen, next) = (new HashSet<string>(StringComparer.Ordinal), new Stack<string>([from]));
        while (next.TryPop(out var folder))
        {
            foreach (var import in _imports.GetValueOrDefault(folder, []).Where(seen.Add))
                next.Push(import);
        }

        return seen.Contains(to);
    }

    private static string Code(string path) => string.Join(
        '\n', SourceTree.Read(path).Split('\n').Select(line => line.Split("//")[0]));
}
