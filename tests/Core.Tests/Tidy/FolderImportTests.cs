namespace TryOn.Core.Tests.Tidy;

public sealed class FolderImportTests
{
    /// <summary>Two folders that import each other cannot be read separately and are really one folder.</summary>
    [Theory]
    [InlineData("Api")]
    [InlineData("Core")]
    [InlineData("Engine")]
    [InlineData("Grains")]
    [InlineData("Grains.Interfaces")]
    [InlineData("Providers")]
    [InlineData("Sandbox")]
    [InlineData("Silo")]
    [InlineData("Storage")]
    public void Folders_OfAProject_ImportEachOtherInOneDirection(string project)
    {
        var imports = new FolderImports(project);
        Assert.NotEmpty(imports.All);
        Assert.Empty(imports.Circles());
    }
}
