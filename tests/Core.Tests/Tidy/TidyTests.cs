namespace TryOn.Core.Tests.Tidy;

/// <summary>Rules about the source tree that no compiler checks.</summary>
public sealed class TidyTests
{
    private static readonly string[] RootEntries =
    [
        ".ci", ".editorconfig", ".gitattributes", ".gitignore", "Api", "BannedSymbols.txt", "CHANGELOG.md",
        "CONTRIBUTING.md", "Core", "Directory.Build.props", "Directory.Build.rsp", "Directory.Packages.props",
        "Directory.Solution.targets", "Engine", "Grains", "Grains.Interfaces", "Imaging", "LICENSE", "Makefile",
        "Providers", "README.md", "Sandbox", "Silo", "Storage", "TryOn.Orleans.sln", "bench", "deploy", "docs",
        "global.json", "samples", "tests",
    ];

    /// <summary>Names for kinds of code. A folder is named after the thing that its code is about.</summary>
    private static readonly string[] KindsOfCode =
    [
        "Utils", "Utilities", "Helpers", "Common", "Shared", "Misc", "Services", "Managers", "Models", "Dtos",
        "Interfaces",
    ];

    /// <summary>Folders whose "models" are a term of this product: the models of the catalog.</summary>
    private static readonly string[] TryOnModels =
        ["Api/Models", "Core/Models", "tests/Api.Tests/Models", "tests/Core.Tests/Models"];

    private const int LineLengthMax = 120;

    [Fact]
    public void Core_Project_ReferencesNothing() =>
        Assert.Empty(SourceTree.Find(SourceTree.Read("Core/Core.csproj"), @"<\w*Reference\b"));

    [Theory]
    [InlineData("Engine", "Core")]
    [InlineData("Providers", "Core")]
    [InlineData("Sandbox")]
    [InlineData("Storage")]
    [InlineData("Grains.Interfaces", "Core")]
    [InlineData("Grains", "Engine", "Grains.Interfaces")]
    [InlineData("Api", "Core", "Engine", "Providers", "Sandbox")]
    public void Project_References_PointInwards(string project, params string[] allowed) => Assert.Subset(
        allowed.Select(name => $"{name}/{name}.csproj").ToHashSet(),
        SourceTree.References($"{project}/{project}.csproj").ToHashSet());

    [Fact]
    public void Folders_Names_AreNouns() => Assert.DoesNotContain(
        SourceTree.Folders().Except(TryOnModels),
        folder => KindsOfCode.Contains(Path.GetFileName(folder), StringComparer.OrdinalIgnoreCase));

    [Fact]
    public void Root_TrackedEntries_AreKnown() => Assert.Subset(
        RootEntries.ToHashSet(), SourceTree.Tracked().Select(path => path.Split('/')[0]).ToHashSet());

    [Fact]
    public void Options_EachClass_HasValidator()
    {
        var classes = SourceTree.Files("*.cs").Where(path => !path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(path => SourceTree.Find(SourceTree.Read(path), @"\bclass (?<name>\w+Options(Validator)?)\b"))
            .Select(match => match.Groups["name"].Value).ToHashSet();
        var options = classes.Where(name => name.EndsWith("Options", StringComparison.Ordinal)).ToList();
        Assert.NotEmpty(options);
        Assert.DoesNotContain(options, name => !classes.Contains($"{name}Validator"));
    }

    /// <summary>
    /// Projects that run in the simulation, or in another host than Orleans, must not depend on Orleans.
    /// </summary>
    [Theory]
    [InlineData("Core")]
    [InlineData("Engine")]
    [InlineData("Providers")]
    [InlineData("Sandbox")]
    [InlineData("Api")]
    public void Project_AroundTheHost_KnowsNoOrleans(string project) => Assert.DoesNotContain(
        SourceTree.Files("*.cs").Append($"{project}/{project}.csproj")
            .Where(path => path.StartsWith($"{project}/", StringComparison.Ordinal)),
        path => SourceTree.Find(SourceTree.Read(path), @"Microsoft\.Orleans|\busing Orleans").Any());

    [Fact]
    public void Solution_Projects_AreThoseOnDisk() => Assert.Equal(
        SourceTree.Projects(), SourceTree.ProjectsIn("TryOn.Orleans.sln").Order(StringComparer.Ordinal));

    /// <summary>
    /// A line that is nothing but one wire example, or one constant without blanks, is exempt: it would be harder to
    /// read in two lines.
    /// </summary>
    [Fact]
    public void Lines_OfCode_FitBesideAnother() => Assert.Empty(SourceTree.Files("*.cs").SelectMany(TooLong));

    /// <summary>A raw string, or a text without blanks, and at most one word or bracket beside it.</summary>
    private const string Literal =
        "^\\s*[+(\\[]?\\s*(\\$*\"\"\".*(\"\"\")?|\"[^\" ]{100,}\"),?[\\w.\", ]*[);\\],]*$";

    private static IEnumerable<string> TooLong(string path)
    {
        var inExample = false;
        foreach (var (line, index) in SourceTree.Read(path).Split('\n').Select((line, index) => (line, index)))
        {
            var quotes = SourceTree.Find(line, "\"\"\"").Count;
            var example = inExample || SourceTree.Find(line, Literal).Count > 0;
            inExample ^= quotes % 2 == 1;
            if (line.Length > LineLengthMax && !example)
                yield return $"{path}:{index + 1}";
        }
    }
}
