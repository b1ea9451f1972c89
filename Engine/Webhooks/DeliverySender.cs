using System.Globalization;
using Microsoft.Extensions.Logging;
using TryOn.Core;
using TryOn.Core.Egress;
using TryOn.Core.Jobs;
using TryOn.Core.Webhooks;

namespace TryOn.Engine.Webhooks;

/// <summary>
/// Builds the message of an ended job. Returns the same bytes on every call while the job's pictures are kept.
/// </summary>
public delegate Task<byte[]> WebhookBody(JobView job, DeliverySpec spec);

/// <summary>Builds, signs and sends one message. Any failure is the result of this send only.</summary>
public sealed partial class DeliverySender(
    IDirectory directory, IPoster poster, WebhookSecrets secrets, WebhookBody body, EgressAllowList allow,
    TimeProvider clock, ILogger<DeliverySender> logger)
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(15);

    public async Task<DeliveryTry> Send(string jobId, DeliverySpec spec)
    {
        var at = clock.GetUtcNow();
        try
        {
            var result = await Post(jobId, spec, at);
            return new DeliveryTry(at, result.Status, result.Failure is { } failure ? FailureCode(failure) : null);
        }
        catch (Exception failure)
        {
            LogFailed(logger, jobId, failure);
            return new DeliveryTry(at, null, "internal");
        }
    }

    private async Task<PostResult> Post(string jobId, DeliverySpec spec, DateTimeOffset at)
    {
        var job = (await directory.Job(jobId).Read()).Value
            ?? throw new InvalidOperationException("The job does not exist.");
        var account = (await directory.Account(spec.AccountId).Read()).Value
            ?? throw new InvalidOperationException("The account does not exist.");
        var (message, id, timestamp) = (await body(job, spec), $"msg_{jobId}", at.ToUnixTimeSeconds());
        var headers = new Dictionary<string, string>
        {
            ["webhook-id"] = id,
            ["webhook-timestamp"] = timestamp.ToString(CultureInfo.InvariantCulture),
            ["webhook-signature"] = secrets.Sign(spec.AccountId, account.Webhooks.Signing(at), id, timestamp, message),
        };
        var policy = new FetchPolicy(BytesMax: 0, TimeMax, allow);
        return await poster.Post(
            new Uri(spec.Url), new PostContent(message, "application/json", headers), policy, CancellationToken.None);
    }

    /// <summary>
    /// The code shown to the account's owner. It does not tell which rule refused an address, because that would make
    /// the delivery log a port scanner.
    /// </summary>
    private static string FailureCode(FetchFailure failure) => failure switch
    {
        FetchFailure.TimedOut => "timed_out",
        FetchFailure.InvalidAddress => "invalid_address",
        _ => "unreachable",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The webhook of job {JobId} could not be sent")]
    private static partial void LogFailed(ILogger logger, string jobId, Exception failure);
}
