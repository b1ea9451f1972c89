using System.Security.Cryptography;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Settings;
using TryOn.Sandbox.Wire;

namespace TryOn.Sandbox.OpenAI;

/// <summary>
/// OpenAI's image edits (https://platform.openai.com/docs/api-reference/images/createEdit), as multipart and without
/// streaming. The first picture is taken as the person, the last as the garment.
/// </summary>
public sealed class OpenAIEndpoints(SandboxOptions options, FittingCache fittings)
{
    private const int BodyBytesMax = 200 * 1024 * 1024;
    private const int TokensPerPicture = 1000;

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/v1/images/edits", (HttpContext context, SubmitHandler handler, OpenAIEndpoints edits) =>
            handler.Handle(context, Provider.OpenAI, BodyBytesMax, edits.Decide));
        routes.Map("/v1/images/edits/{**rest}", () => OpenAIErrors.NoRoute.ToAnswer());
    }

    private SubmitDecision Decide(Submission submission)
    {
        if (!Credentials.Match(submission.Request, "Bearer", options.OpenAIApiKey))
            return SubmitDecision.Refused(OpenAIErrors.BadKey.ToAnswer());
        return OpenAIEdit.Read(submission, out var edit) is { } flaw
            ? SubmitDecision.Refused(flaw.ToAnswer())
            : Accepted(edit!, submission);
    }

    private SubmitDecision Accepted(OpenAIEdit edit, Submission submission)
    {
        var fitting = fittings.GetOrAdd(edit.Pictures[0], edit.Pictures[^1]);
        var (fields, at) = (edit.Fields, submission.At);
        Func<Answer> answer = submission.Fault is { Action: FaultAction.FailTask } fault
            ? OpenAIErrors.Refused(fault.Text.Length == 0 ? "moderation_blocked" : fault.Text).ToAnswer
            : () => Picture(fitting, fields, edit.Pictures.Count, at);
        return new SubmitDecision(Accepted: true, answer)
        {
            Latency = options.Scaled(options.OpenAILatency),
            TaskId = "req_" + RandomNumberGenerator.GetHexString(32, lowercase: true),
            HumanSha256 = edit.Pictures[0].Sha256,
            MaskSha256 = edit.MaskSha256,
            Model = edit.Model,
        };
    }

    private static Answer Picture(
        Fitting fitting, IReadOnlyDictionary<string, string> fields, int pictures, DateTimeOffset at)
    {
        var (read, made) = (pictures * TokensPerPicture, TokensPerPicture);
        return Answer.Json(StatusCodes.Status200OK, new
        {
            Created = at.ToUnixTimeSeconds(),
            Background = "opaque",
            OutputFormat = "png",
            Quality = fields.GetValueOrDefault("quality", "auto"),
            Size = "1024x1536",
            Data = new[] { new { B64Json = fitting.Picture() } },
            Usage = new { InputTokens = read, OutputTokens = made, TotalTokens = read + made },
        }, SandboxJson.SnakeCase) with
        {
            Headers = new Dictionary<string, string> { ["x-request-id"] = "req_sandbox" },
        };
    }
}
