using System.Security.Cryptography;
using System.Text;
using TryOn.Sandbox.Exchanges;
using TryOn.Sandbox.Faults;
using TryOn.Sandbox.Pictures;

namespace TryOn.Sandbox.Gemini;

/// <summary>Decides about a call: who asks, for which model, and for what.</summary>
public sealed class GeminiCalls(SandboxOptions options, FittingRoom room)
{
    private const string KeyHeader = "x-goog-api-key";

    public Verdict Decide(Submission submission, string model)
    {
        var key = submission.Request.Headers[KeyHeader].ToString();
        if (key.Length == 0)
            return Verdict.Refused(GeminiErrors.NoKey);
        if (!IsKnown(key))
            return Verdict.Refused(GeminiErrors.BadKey);
        if (GeminiModel.Find(model) is not { } known)
            return Verdict.Refused(GeminiErrors.NoModel(model));
        return GeminiRequestReader.Read(submission, known, out var request) is { } flaw
            ? Verdict.Refused(GeminiErrors.Invalid(flaw))
            : Accepted(request!, submission.Fault) with { Model = known.Name };
    }

    private Verdict Accepted(GeminiRequest request, Fault? fault)
    {
        var responseId = RandomNumberGenerator.GetHexString(22, lowercase: true);
        // A single picture, to be changed by words alone, comes back as it is: laid over itself.
        var fitting = request.Pictures switch
        {
            [var person, var garment, ..] => room.Order(person, garment),
            [var only] => room.Order(only, only),
            _ => null,
        };
        var failure = fault is { Action: FaultAction.FailTask } ? fault.Text : null;
        // The reply needs no picture but the fitting's: the bytes of the request are let go while the latency passes.
        var summary = request with { Pictures = [.. request.Pictures.Select(picture => picture with { Bytes = [] })] };
        return new Verdict(Accepted: true, () => failure is null
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
