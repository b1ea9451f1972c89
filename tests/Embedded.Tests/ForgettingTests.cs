using Microsoft.Extensions.DependencyInjection;
using TryOn.Behaviour;
using TryOn.Embedded.Storage;

namespace TryOn.Embedded.Tests;

public sealed class ForgettingTests
{
    [Fact]
    public async Task Prompt_OfAnEndedJob_IsGoneFromTheDisk()
    {
        const string Words = "words-that-nobody-else-would-write";
        await using var host = (EmbeddedUnderTest)await EmbeddedUnderTest.Start();
        var scene = new Scene(host);
        var account = await scene.OpenAccount("quiet", credits: 9);
        for (var i = 0; i < 5; i++)
            await scene.Ended(await scene.Run("quiet", prompt: $"{Words} {i}"));
        await scene.Settled(account);
        var data = host.Services.GetRequiredService<DataDirectory>();
        Assert.Contains(Words, ReadAll(data.Root), StringComparison.Ordinal);

        await host.Services.GetRequiredService<SqliteStore>().EmptyLog();

        Assert.DoesNotContain(Words, ReadAll(data.Root), StringComparison.Ordinal);
    }

    private static string ReadAll(string folder)
    {
        var texts = Directory.GetFiles(folder, "tryon.db*").Select(path =>
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(file, System.Text.Encoding.Latin1);
            return reader.ReadToEnd();
        });
        return string.Concat(texts);
    }
}
