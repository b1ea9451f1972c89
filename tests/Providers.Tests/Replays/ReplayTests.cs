using System.Text.Json;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Providers;
using TryOn.Providers.Tests.Fakes;

namespace TryOn.Providers.Tests.Replays;

/// <summary>Replays every published failure of every upstream to the real adapter and the real job.</summary>
public sealed class ReplayTests
{
    public static TheoryData<string, int> Rows
    {
        get
        {
            var rows = new TheoryData<string, int>();
            foreach (var provider in new[] { "kling", "gemini", "openai", "fal", "fashn" })
            {
                for (var index = 0; index < ReplayRow.Load(provider).Count; index++)
                    rows.Add(provider, index);
            }

            return rows;
        }
    }

    /// <summary>
    /// As many as the providers publish, and an answer of too many pictures each: a row that is removed must be missed.
    /// </summary>
    [Theory]
    [InlineData("kling", 28)]
    [InlineData("gemini", 38)]
    [InlineData("openai", 47)]
    [InlineData("fal", 48)]
    [InlineData("fashn", 20)]
    public void Table_Rows_AreAllPublishedFailures(string provider, int count)
    {
        var rows = ReplayRow.Load(provider);
        Assert.Equal(count, rows.Count);
        Assert.Equal(count, rows.Select(row => (row.Operation, row.Status, row.Header, row.Body)).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Row_Answered_IsClassedAsTheTableSays(string provider, int index)
    {
        var row = ReplayRow.Load(provider)[index];
        using var http = new HttpMessageInvoker(new ReplayedUpstream(row));
        var sut = ReplayedUpstream.Adapter(provider, http);

        var reply = row.Operation == "submit"
            ? await sut.Submit(Calls.One(), CancellationToken.None)
            : await sut.Poll("up-1", CancellationToken.None);

        Assert.Equal((row, row.Kind), (row, KindOf(reply)));
        Assert.DoesNotContain("canary", JsonSerializer.Serialize<object>(reply), StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Row_EveryTime_EndsTheJobAsTheTableSays(string provider, int index)
    {
        var row = ReplayRow.Load(provider)[index];
        using var http = new HttpMessageInvoker(new ReplayedUpstream(row));

        var job = await new ReplayedJob(ReplayedUpstream.Adapter(provider, http), row).Run();

        Assert.Equal((row, row.Charge, row.Told), (row, job.Settlement, job.Error?.Code ?? ErrorCode.None));
        Assert.DoesNotContain(
            "canary", JsonSerializer.Serialize(JobMachine.View(job)), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(
            "canary", JsonSerializer.Serialize(job.FailedAttempts), StringComparison.OrdinalIgnoreCase);
    }

    private static FaultKind KindOf(ProviderReply reply) => reply switch
    {
        ProviderReply.Faulted faulted => faulted.Fault.Kind,
        ProviderReply.Ended ended => ended.Fault.Kind,
        _ => FaultKind.None,
    };
}
