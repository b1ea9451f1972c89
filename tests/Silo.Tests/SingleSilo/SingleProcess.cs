using System.Net.Http.Json;
using TryOn.Crash.Tests.Processes;

namespace TryOn.Silo.Tests.SingleSilo;

/// <summary>The gateway as an operator starts it, in a process of its own.</summary>
internal sealed class SingleProcess : IDisposable
{
    private const string AdminToken = "an-admin-token-that-only-tests-know";

    private readonly HostProcess _process;

    public SingleProcess(string dataDirectory, IReadOnlyDictionary<string, string>? more = null)
    {
        var settings = new Dictionary<string, string>(more ?? new Dictionary<string, string>())
        {
            ["TryOn__DataDirectory"] = dataDirectory,
            ["TryOn__Admin__Token"] = AdminToken,
            ["TryOn__Sandbox__Speed"] = "1000000",
        };
        _process = new HostProcess(
            "TryOn.Silo.dll", Path.GetTempPath(), settings, "--urls", Address.ToString(), "--environment",
            "Production");
        Client = new HttpClient { BaseAddress = Address };
    }

    public Uri Address { get; } = new($"http://127.0.0.1:{FreePort.Find()}");

    public HttpClient Client { get; }

    public int Id => _process.Id;

    public int ExitCode => _process.ExitCode;

    public string Output => _process.Output;

    /// <summary>Waits for the process to end. False when it has not ended in time.</summary>
    public bool WaitForEnd(TimeSpan within) => _process.WaitForEnd(within);

    public Task WaitUntilReady() => TestAccount.Until(
        async () =>
        {
            try
            {
                using var answer = await Client.GetAsync("/health/ready");
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                Assert.False(_process.Ended, Output);
                return false;
            }
        },
        () => $"the process is not ready: {Output}");

    /// <summary>Opens an account and generates one picture with it.</summary>
    public async Task<byte[]> MakePicture()
    {
        using var open = new HttpRequestMessage(HttpMethod.Post, "/admin/v1/accounts");
        open.Headers.TryAddWithoutValidation("Authorization", $"Bearer {AdminToken}");
        open.Content = JsonContent.Create(new { name = "a test", credits = 1, mode = "test" });
        var account = await Send(open);
        using var order = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tryon");
        order.Content = Requests.Good(Requests.Gemini);
        order.Headers.TryAddWithoutValidation("Authorization", $"Bearer {account.Json.Text("key")}");
        var job = await Send(order);
        Assert.Equal((200, "succeeded"), (job.Status, job.Json.Text("status")));
        return await Client.GetByteArrayAsync(job.Json.List("output")[0].Text("url"));
    }

    public void Dispose()
    {
        Client.Dispose();
        _process.Dispose();
    }

    private async Task<Reply> Send(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request);
        return await Reply.Read(response);
    }
}
