using Orleans.Runtime;
using TryOn.Storage.Sqlite;

namespace TryOn.Storage.Tests.Sqlite;

public sealed class DataDirectoryTests : IDisposable
{
    private readonly string _parent = Directory.CreateTempSubdirectory("tryon-").FullName;

    private string Root => Path.Combine(_parent, "data");

    private string SecretPath => Path.Combine(Root, "secret.key");

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    [Fact]
    public void Directory_InUse_IsRefusedUntilItIsReleased()
    {
        using (new DataDirectory(Root))
        {
            var refused = Assert.Throws<OrleansConfigurationException>(() => new DataDirectory(Root));
            Assert.Contains(Root, refused.Message, StringComparison.Ordinal);
            Assert.Contains("set DataDirectory", refused.Message, StringComparison.Ordinal);
        }

        using var next = new DataDirectory(Root);
    }

    [Fact]
    public void Directory_Created_IsItsOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
            return;
        using var data = new DataDirectory(Root);

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(data.Root) & Others);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(SecretPath) & Others);
        Assert.True(Directory.Exists(data.Pictures));
    }

    [Fact]
    public void Directory_AtAFile_IsRefusedInOneLine()
    {
        File.WriteAllText(Root, "a file");

        var refused = Assert.Throws<OrleansConfigurationException>(() => new DataDirectory(Root));

        Assert.DoesNotContain('\n', refused.Message);
    }

    [Fact]
    public void Secret_Reopened_IsTheSame()
    {
        byte[] first, second;
        using (var data = new DataDirectory(Root))
            first = data.Secret;
        using (var data = new DataDirectory(Root))
            second = data.Secret;

        Assert.Equal(32, first.Length);
        Assert.Equal(first, second);
        Assert.Contains(first, octet => octet != 0);
    }

    [Fact]
    public void Secret_ShortWithoutADatabase_IsMadeAgain()
    {
        Directory.CreateDirectory(Root);
        File.WriteAllBytes(SecretPath, new byte[5]);

        using var data = new DataDirectory(Root);

        Assert.Equal(32, data.Secret.Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Secret_DamagedBesideADatabase_StopsTheStart(bool missing)
    {
        using (var data = new DataDirectory(Root))
            File.WriteAllText(data.Database, "");
        if (missing)
            File.Delete(SecretPath);
        else
            File.WriteAllBytes(SecretPath, new byte[31]);

        var refused = Assert.Throws<OrleansConfigurationException>(() => new DataDirectory(Root));

        Assert.Contains(SecretPath, refused.Message, StringComparison.Ordinal);
        // The refused start must not keep the folder locked.
        File.WriteAllBytes(SecretPath, new byte[32]);
        using var restored = new DataDirectory(Root);
    }
}
