using System.Reflection;
using System.Text.Json;
using TryOn.Core.Errors;

namespace TryOn.Core.Tests.Tidy;

/// <summary>Compares the documents with the code.</summary>
public sealed class DocumentTests
{
    /// <summary>
    /// The section to which the silo binds the options of <c>Storage</c>, which cannot name it itself.
    /// </summary>
    private const string SiloSection = "TryOn";

    private static string[] DeclaredCodes { get; } =
    [
        .. typeof(ErrorCode).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.Name).Where(name => name != nameof(ErrorCode.None)),
    ];

    [Fact]
    public void ErrorTable_Rows_FollowDeclaration()
    {
        var expected = DeclaredCodes.Select(JsonNamingPolicy.SnakeCaseLower.ConvertName);
        Assert.Equal(expected, ErrorRows().Select(row => row.Name));
    }

    [Fact]
    public void ErrorTable_StatusAndType_AreThoseSent()
    {
        var source = SourceTree.Read("Api/Errors/ErrorStatus.cs");
        var arm = "(ErrorCode\\.(?<code>\\w+)|_) => new\\((?<status>\\d+), \"(?<type>\\w+)\"";
        var sent = SourceTree.Find(source, arm).ToDictionary(
            match => match.Groups["code"].Value, match => (match.Groups["status"].Value, match.Groups["type"].Value));
        var expected = DeclaredCodes.Select(code => sent.GetValueOrDefault(code, sent[""]));
        Assert.Equal(expected, ErrorRows().Select(row => (row.Status, row.Type)));
    }

    [Fact]
    public void ConfigurationTable_Keys_AreThoseOfOptions()
    {
        var keys = SourceTree.Files("*.cs").Where(path => !path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(path => Keys(SourceTree.Read(path)))
            .Concat(Properties(SourceTree.Read("Storage/Sqlite/SqliteOptions.cs"), SiloSection))
                .Order(StringComparer.Ordinal);
        var rows = Captures(SourceTree.Read("docs/configuration.md"), @"^\| `(?<it>TryOn:[\w:]+)` \|");
        Assert.Equal(keys, rows.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Document_Commands_Exist(string document)
    {
        var commands = string.Concat(Captures(SourceTree.Read(document), @"```sh\n(?<it>[^`]*)```"));
        var makefile = SourceTree.Read("Makefile");
        var paths = Captures(commands, @"(--project |@|\bdotnet (test|build|run) )(?<it>\w[\w./]+)").ToList();
        Assert.NotEmpty(paths);
        Assert.All(paths, path => Assert.True(SourceTree.Exists(path), path));
        Assert.All(
            Captures(commands, @"\bmake (?<it>\w+)"),
            target => Assert.NotEmpty(SourceTree.Find(makefile, $"^{target}:")));
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("CONTRIBUTING.md")]
    public void Document_Paths_Exist(string document)
    {
        var text = SourceTree.Read(document);
        var links = Captures(text, @"\]\((?<it>\w[\w./-]*)\)");
        var files = Captures(text, @"`(?<it>(\w+/)+[\w.]+\.(cs|md|txt|csproj))`");
        Assert.All(links.Concat(files), path => Assert.True(SourceTree.Exists(path), path));
    }

    private static IEnumerable<(string Name, string Status, string Type)> ErrorRows() => SourceTree
        .Find(SourceTree.Read("docs/errors.md"), @"^\| `(?<name>\w+)` \| (?<status>\d+) \| (?<type>\w+) \|")
        .Select(row => (row.Groups["name"].Value, row.Groups["status"].Value, row.Groups["type"].Value));

    /// <summary>The keys of an options file: the section that its summary names, and its settable properties.</summary>
    private static IEnumerable<string> Keys(string source) =>
        Captures(source, @"Section <c>(?<it>TryOn[\w:]*)</c>").FirstOrDefault() is { } section
            ? Properties(source, section)
            : [];

    private static IEnumerable<string> Properties(string source, string section) =>
        Captures(source, @"public [\w<>?]+ (?<it>\w+) \{ get; set; \}").Select(name => $"{section}:{name}");

    private static IEnumerable<string> Captures(string text, string pattern) =>
        SourceTree.Find(text, pattern).Select(match => match.Groups["it"].Value);
}
