namespace TryOn.Sandbox.Tests.Clients;

/// <summary>
/// The vendors' own clients with only the address changed. The sandbox must accept their requests, and they must
/// understand its answers.
/// </summary>
public sealed class VendorClientTests
{
    [ClientTheory]
    [InlineData("openai")]
    [InlineData("gemini")]
    [InlineData("fal")]
    [InlineData("fashn")]
    public async Task Client_OfTheVendor_GetsAPicture(string vendor)
    {
        await using var sandbox = await SandboxRun.Start();

        Assert.Equal($"picture {Expected().Length}", await Run(sandbox, vendor, $"sandbox-{vendor}-key"));
        Assert.Equal((vendor, "accepted"), Read(Assert.Single(await sandbox.Log())));
    }

    [ClientTheory]
    [InlineData("openai", "error 401")]
    [InlineData("gemini", "error 400")]
    [InlineData("fal", "error 401")]
    [InlineData("fashn", "error 401")]
    public async Task Client_WithAWrongKey_UnderstandsTheRefusal(string vendor, string expected)
    {
        await using var sandbox = await SandboxRun.Start();

        Assert.StartsWith(expected, await Run(sandbox, vendor, "wrong"));
    }

    private static byte[] Expected() => Sandbox.Pictures.Composer.Compose(Samples.Person, Samples.Garment);

    private static (string? Provider, string? Outcome) Read(System.Text.Json.JsonElement line) =>
        (line.GetProperty("provider").GetString(), line.GetProperty("outcome").GetString());

    private static async Task<string> Run(SandboxRun sandbox, string vendor, string key)
    {
        var folder = Directory.CreateTempSubdirectory();
        try
        {
            var (person, garment) = (Path.Combine(folder.FullName, "p.png"), Path.Combine(folder.FullName, "g.png"));
            await File.WriteAllBytesAsync(person, Samples.Person);
            await File.WriteAllBytesAsync(garment, Samples.Garment);
            var address = sandbox.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);
            using var node = ClientTheoryAttribute.Start("node", "run.mjs", vendor, address, key, person, garment)!;
            var output = await node.StandardOutput.ReadToEndAsync();
            return output.Trim().Split('\n')[^1];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
