using System.Security.Cryptography;
using System.Text;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;
using TryOn.Sandbox.Settings;

namespace TryOn.Sandbox.Gemini;

/// <summary>Decides about a call: checks its key, its model and its content.</summary>
public sealed class GeminiCalls(SandboxOptions options, FittingCache fittings)
{
    private const string KeyHeader = "x-goog-api-key";

    public SubmitDecision Decide(Submission submission, string model)
    {
        var key = submission.Request.Headers[KeyHeader].ToString();
        if (key.Length == 0)
            return SubmitDecision.Refused(GeminiErrors.NoKey);
        if (!IsKnown(key))
            return SubmitDecision.Refused(GeminiErrors.BadKey);
        if (GeminiModel.Find(model) is not { } known)
            return SubmitDecision.Refused(GeminiErrors.NoModel(model));
        return GeminiRequestReader.Read(submission, known, out var request) is { } flaw
            ? SubmitDecision.Refused(GeminiErrors.Invalid(flaw))
            : Accepted(request!, submission.Fault) with { Model = known.Name };
    }

    private SubmitDecision Accepted(GeminiRequest request, Fault? fault)
    {
        var responseId = RandomNumberGenerator.GetHexString(22, lowercase: true);
        // A single picture with only a prompt is composed with itself, so it comes back unchanged.
        var fitting = request.Pictures switch
        {
            [var person, var garment, ..] => fittings.GetOrAdd(person, garment),
            [var only] => fittings.GetOrAdd(only, only),
            _ => null,
        };
        var failure = fault is { Action: FaultAction.FailTask } ? fault.Text : null;
        // The reply needs only the fitting's picture, so the request's bytes are released during the latency.
        var summary = request with { Pictures = [.. request.Pictures.Select(picture => picture with { Bytes = [] })] };
        return new SubmitDecision(Accepted: true, () => failure is null
            ? GeminiReplies.Picture(summary, fitting, responseId)
            : GeminiReplies.NoPicture(summary, failure.Length == 0 ? "NO_IMAGE" : failure, responseId))
        {
            Latency = options.Scaled(options.GeminiLatency),
            TaskId = responseId,
            HumanSha256 = request.Pictures is [var human, ..] ? human.Sha256 : null,
        };
    }

    private bool IsKnown(string key) => CryptographicOperations.FixedTimeEquals(
        Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(options.GeminiApiKey));
}
