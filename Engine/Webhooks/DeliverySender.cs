using System.Globalization;
using Microsoft.Extensions.Logging;
using TryOn.Core;
using TryOn.Core.Egress;
using TryOn.Core.Jobs;
using TryOn.Core.Webhooks;

namespace TryOn.Engine.Webhooks;

/// <summary>The message of a job that has ended, the same bytes each time it is asked for while its pictures are kept.</summary>
public delegate Task<byte[]> WebhookBody(JobView job, DeliverySpec spec);

/// <summary>Makes, signs and sends one message. Whatever goes wrong is the answer to this try and to no other.</summary>
public sealed partial class DeliverySender(
    IDirectory directory, IPoster poster, WebhookSecrets secrets, WebhookBody body, EgressAllowList allow, TimeProvider clock,
    ILogger<DeliverySender> logger)
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromSeconds(15);

    public async Task<DeliveryTry> Send(string jobId, DeliverySpec spec)
    {
        var at = clock.GetUtcNow();
        try
        {
            var result = await Post(jobId, spec, at);
            return new DeliveryTry(at, result.Status, result.Failure is { } failure ? Word(failure) : null);
        }
        catch (Exception failure)
        {
            LogFailed(logger, jobId, failure);
            return new DeliveryTry(at, null, "internal");
        }
    }

    private async Task<PostResult> Post(string jobId, DeliverySpec spec, DateTimeOffset at)
    {
        var job = (await directory.Job(jobId).Read()).Value ?? throw new InvalidOperationException("The job is not there.");
        var account = (await directory.Account(spec.AccountId).Read()).Value
            ?? throw new InvalidOperationException("The account is not there.");
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

    /// <summary>Which guard refused an address is nobody's business but the operator's: the log would be a port scanner.</summary>
    private static string Word(FetchFailure failure) => failure switch
    {
        FetchFailure.TimedOut => "timed_out",
        FetchFailure.InvalidAddress => "invalid_address",
        _ => "unreachable",
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "The webhook of job {JobId} could not be sent")]
    private static partial void LogFailed(ILogger logger, string jobId, Exception failure);
}
