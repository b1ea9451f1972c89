namespace TryOn.Api.Tests.Canaries;

/// <summary>
/// One row per provider and kind of failure, with the sandbox's answer and how often it is given. Texts get the word
/// from the proxy; in enumerated values W stands for it. The first calls of a row fail, and later ones succeed.
/// </summary>
internal static class Failures
{
    /// <summary>The number of concurrent jobs.</summary>
    private const int All = 4;

    /// <summary>Few enough not to open the provider's circuit.</summary>
    private const int Some = 2;

    private static readonly (string Provider, string Operation, int Times, int Status, string Body)[] Answered =
    [
        ("kling", "submit", All, 400, """{"code":1201,"message":"human_image is invalid","request_id":"r"}"""),
        ("kling", "submit", All, 400, """{"code":1301,"message":"risk control","request_id":"r"}"""),
        ("kling", "submit", All, 401, """{"code":1002,"message":"Authorization is invalid","request_id":"r"}"""),
        ("kling", "submit", All, 418, """{"code":9999,"message":"new to us","request_id":"r","data":{"W":"W"}}"""),
        ("kling", "submit", Some, 429,
            """{"code":1303,"message":"parallel task over resource pack limit","request_id":"r"}"""),
        ("kling", "submit", Some, 502, "W: bad gateway"),
        ("kling", "poll", Some, 503, """{"code":5001,"message":"busy","request_id":"r"}"""),
        ("kling", "download", Some, 500, "W"),
        ("gemini", "submit", All, 400,
            """{"error":{"code":400,"message":"bad picture","status":"INVALID_ARGUMENT"}}"""),
        ("gemini", "submit", All, 400,
            """{"error":{"code":400,"message":"bad key","status":"INVALID_ARGUMENT","details":[{"@type":"W","reason":"API_KEY_INVALID","domain":"W"}]}}"""),
        ("gemini", "submit", All, 200,
            """{"promptFeedback":{"blockReason":"W","blockReasonMessage":"no"},"modelVersion":"v","responseId":"r"}"""),
        ("gemini", "submit", All, 200,
            """{"candidates":[{"content":{"parts":[{"text":"no"}]},"finishReason":"W","finishMessage":"no"}]}"""),
        ("gemini", "submit", Some, 429,
            """{"error":{"code":429,"message":"slow down","status":"W","details":[{"@type":"W","retryDelay":"1s"}]}}"""),
        ("gemini", "submit", Some, 500, """{"error":{"code":500,"message":"internal","status":"W"}}"""),
        ("gemini", "submit", Some, 502, "W: bad gateway"),
        ("openai", "submit", All, 400, """{"error":{"message":"bad picture","type":"W","param":"image","code":"W"}}"""),
        ("openai", "submit", All, 400,
            """{"error":{"message":"no","type":"W","code":"moderation_blocked","moderation_details":{"moderation_stage":"W","categories":["W"]}}}"""),
        ("openai", "submit", All, 401, """{"error":{"message":"bad key","type":"W","code":"invalid_api_key"}}"""),
        ("openai", "submit", Some, 429,
            """{"error":{"message":"slow down","type":"W","code":"rate_limit_exceeded"}}"""),
        ("openai", "submit", Some, 500, """{"error":{"message":"internal","type":"W"}}"""),
        ("openai", "submit", Some, 502, "W: bad gateway"),
        ("fal", "submit", All, 422,
            """{"detail":[{"loc":["body","image_urls"],"msg":"bad picture","type":"W","url":"http://W.example/docs","input":"W"}]}"""),
        ("fal", "submit", All, 422,
            """{"detail":[{"loc":["body","prompt"],"msg":"no","type":"content_policy_violation"}]}"""),
        ("fal", "submit", All, 403, """{"detail":"User is locked. Reason: Exhausted balance."}"""),
        ("fal", "submit", Some, 429, """{"detail":"slow down","error_type":"concurrent_requests_limit"}"""),
        ("fal", "submit", Some, 500, """{"detail":"internal","error_type":"internal_server_error"}"""),
        ("fal", "submit", Some, 418, """{"detail":"new to us","error_type":"W"}"""),
        ("fal", "poll", Some, 503, """{"detail":"busy","error_type":"W"}"""),
        ("fal", "download", Some, 500, "W"),
        ("fashn", "submit", All, 400, """{"error":"BadRequest","message":"model_image is invalid"}"""),
        ("fashn", "submit", All, 401, """{"error":"UnauthorizedAccess","message":"bad key"}"""),
        ("fashn", "submit", All, 418, """{"error":"W","message":"new to us"}"""),
        ("fashn", "submit", Some, 429, """{"error":"RateLimitExceeded","message":"slow down"}"""),
        ("fashn", "submit", Some, 500, """{"error":"InternalServerError","message":"internal"}"""),
        ("fashn", "poll", Some, 503, """{"error":"W","message":"busy"}"""),
        ("fashn", "download", Some, 500, "W"),
    ];

    private static readonly (string Provider, string Reason)[] Ended =
    [
        ("kling", "no person was detected W"), ("kling", "content policy W"), ("kling", "W"),
        ("gemini", "W"), ("openai", "W"),
        ("fal", "W"), ("fal", "content_policy_violation"),
        ("fashn", "W"), ("fashn", "ContentModerationError"), ("fashn", "PoseError"),
    ];

    private static readonly Dictionary<string, string> Soon = new() { ["Retry-After"] = "1" };

    /// <summary>The bodies for the sandbox's fault route, in order.</summary>
    public static IEnumerable<object> For(string provider, string word) =>
    [
        .. Answered.Where(row => row.Provider == provider).Select(row => new
        {
            provider, operation = row.Operation, action = "status", times = row.Times, status = row.Status,
            body = row.Body.Replace("W", word, StringComparison.Ordinal), headers = Soon,
        }),
        .. Ended.Where(row => row.Provider == provider).Select(row => new
        {
            provider, operation = "submit", action = "fail_task", times = All,
            body = row.Reason.Replace("W", word, StringComparison.Ordinal),
        }),
        new { provider, operation = "submit", action = "garbage", times = Some },
        new { provider, operation = "submit", action = "wrong_type", times = Some },
    ];
}
