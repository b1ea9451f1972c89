using System.Buffers.Text;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace TryOn.Sandbox.Tests.Kling;

/// <summary>Requests as a Kling client sends them.</summary>
public static class KlingRequests
{
    public static Dictionary<string, object?> Body(string? externalId = null)
    {
        var body = new Dictionary<string, object?>
        {
            ["model_name"] = "kolors-virtual-try-on-v1-5",
            ["human_image"] = Samples.Base64(Samples.Person),
            ["cloth_image"] = Samples.Base64(Samples.Garment),
        };
        if (externalId is not null)
            body["external_task_id"] = externalId;
        return body;
    }

    public static Task<Reply> Submit(this SandboxRun sandbox, object body) => sandbox.Submit(JsonContent.Create(body));

    public static Task<Reply> Submit(
        this SandboxRun sandbox, HttpContent content, string authorization = "Bearer sandbox-kling-key")
    {
        var request = new HttpRequestMessage(HttpMethod.Post, SandboxRun.KlingPath) { Content = content };
        if (authorization.Length > 0)
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        return sandbox.Send(request);
    }

    public static Task<Reply> Poll(this SandboxRun sandbox, string id) => sandbox.Get($"{SandboxRun.KlingPath}/{id}");

    public static string ResultUrl(Reply polled) =>
        polled.Data.GetProperty("task_result").GetProperty("images")[0].GetProperty("url").GetString()!;

    public static string Jwt(object claims, string secret = "sandbox-kling-secret", string algorithm = "HS256")
    {
        var signed = $"{Part(new { alg = algorithm, typ = "JWT" })}.{Part(claims)}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(signed));
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Part(object value) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(value));
}
