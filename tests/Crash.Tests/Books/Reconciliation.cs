using TryOn.Crash.Tests.Load;

namespace TryOn.Crash.Tests.Books;

/// <summary>
/// Compares, once the gateway is idle, its statements, jobs and pictures with the upstream's log and with what the
/// clients were answered. Every contradiction is a finding.
/// </summary>
internal sealed class Reconciliation(
    CrashRun run, PictureSeries pictures, IReadOnlyDictionary<int, (AccountClient Account, Order Order)> orders)
{
    private const int FewMax = 10;

    private readonly List<string> _findings = [];
    private readonly StoredPictures _stored = new(run.Deployment);
    private readonly List<(Charge Charge, JobBody? Job)> _jobs = [];
    private readonly Dictionary<int, string> _capturedBy = [];
    private readonly HashSet<string> _owned = new(StringComparer.Ordinal);

    public IReadOnlyList<string> Findings => _findings;

    public IReadOnlyList<(Charge Charge, JobBody? Job)> Jobs => _jobs;

    /// <summary>Reads every job of every statement, with its state and the pictures it refers to.</summary>
    public async Task Read(IEnumerable<AccountClient> accounts)
    {
        foreach (var account in accounts)
        {
            var body = await run.Operator.Read(account.AccountId);
            var ledger = new Ledger(body, _findings);
            var statement = await run.Operator.Statement(account.AccountId);
            ledger.Add(statement);
            await new OwnHistoryCheck(account.Api, body, _findings).Check(statement, ledger.Charges);
            foreach (var charge in ledger.Charges)
            {
                var job = await account.Api.Read(charge.JobId);
                _jobs.Add((charge, job));
                _owned.UnionWith((job?.Output ?? []).Select(picture => $"{charge.JobId}/{NameOf(picture)}"));
            }
        }
    }

    /// <summary>Stored pictures that no job refers to; null when there are none.</summary>
    public Task<string?> Unowned()
    {
        var unowned = _stored.Names().Except(_owned).ToList();
        var few = string.Join(' ', unowned.Take(FewMax));
        return Task.FromResult(unowned.Count == 0 ? null : $"{unowned.Count} pictures that no job refers to: {few}");
    }

    public async Task Check()
    {
        var submitCheck = new SubmitCheck(run.Sandbox.Witness(), run.Deployment.Disruptions, _findings);
        var stored = _stored.Names();
        foreach (var (charge, job) in _jobs)
            await Check(charge, job, submitCheck, stored);
        foreach (var (_, order) in orders.Values)
        {
            var captured = _capturedBy.GetValueOrDefault(order.Number);
            submitCheck.Check(order, pictures.Draw(order.Number), captured is not null);
            Check(order, captured);
        }

        submitCheck.CheckUnorderedSubmits();
        var audit = await run.Operator.Audit();
        if (!audit.Ok || audit.Findings.Count > 0)
            _findings.Add($"the audit found: {string.Join("; ", audit.Findings)}");
        run.Log(Summary(submitCheck));
    }

    private string Summary(SubmitCheck submitCheck)
    {
        var captured = _jobs.Count(entry => entry.Charge.Resolution == "capture");
        var released = _jobs.Count(entry => entry.Charge.Resolution == "release");
        var neverStarted = _jobs.Count(entry => entry.Job is null);
        return $"{run.Round - 1} rounds, {run.Deployment.Disruptions.Count} kills, {_jobs.Count} jobs accepted, "
            + $"{captured} captured, {released} released ({neverStarted} never started), "
            + $"{submitCheck.LostAnswers} lost answers, {submitCheck.ExtraSubmits} extra upstream submits, "
            + run.SummaryNote + run.Resumed(_jobs.Where(entry => entry.Job is not null).Select(entry => entry.Charge));
    }

    private async Task Check(Charge charge, JobBody? job, SubmitCheck submitCheck, HashSet<string> stored)
    {
        switch (charge.Resolution)
        {
            case "capture":
                if (job is { Status: "succeeded", Output: [var picture] })
                    await CheckPicture(charge, picture, stored);
                else
                    _findings.Add($"{charge.JobId} was captured, but is {job}");
                break;
            case "release":
                if (job is not null && !Explained(charge, job, submitCheck))
                    _findings.Add($"{charge.JobId} was released for no reason that kills explain: {charge} {job}");
                break;
            default:
                _findings.Add($"{charge.JobId} is still reserved");
                break;
        }
    }

    /// <summary>A job may only fail on Gemini, which cannot look up a lost submit, after two lost answers.</summary>
    private static bool Explained(Charge charge, JobBody job, SubmitCheck submitCheck) =>
        job is { Status: "failed", Model: Order.Gemini, Error.Name: "provider_failed" }
        && submitCheck.DisruptionCount(charge.ReservedAt, charge.ResolvedAt!.Value) >= 2;

    private async Task CheckPicture(Charge charge, JobPicture picture, HashSet<string> stored)
    {
        var (id, size) = (charge.JobId, (picture.Width, picture.Height));
        var number = pictures.NumberOf(picture.Width, picture.Height);
        if (!orders.TryGetValue(number, out var owner) || owner.Account.AccountId != charge.AccountId)
            _findings.Add($"{id} holds a picture of {size}, which nobody of its account ordered");
        else if (!_capturedBy.TryAdd(number, id))
            _findings.Add($"order {number} was charged twice: {_capturedBy[number]} and {id}");
        using var answer = await run.Http.GetAsync(picture.Url);
        if (!answer.IsSuccessStatusCode || PngSize.Read(await answer.Content.ReadAsByteArrayAsync()) != size)
            _findings.Add($"{id} was charged, but its picture is no PNG of {size}: {answer.StatusCode} {picture.Url}");
        if (!stored.Contains($"{id}/{NameOf(picture)}"))
            _findings.Add($"{id} was charged, but {NameOf(picture)} is not stored");
    }

    private void Check(Order order, string? captured)
    {
        if (order.JobId is not { } id)
            return;
        var known = _jobs.Find(entry => entry.Charge.JobId == id);
        var (saw, paid) = ($"order {order.Number}: its client saw {id} {order.Status}", captured ?? "nothing");
        if (known.Job is null)
            _findings.Add($"{saw}, which has no charge or no job");
        else if (known.Job.Status == "succeeded" != (captured == id))
            _findings.Add($"{saw}, it is {known.Job.Status}, and paid for was {paid}");
        else if (order.Ended && order.Status != known.Job.Status)
            _findings.Add($"{saw}, it is {known.Job.Status}, and paid for was {paid}");
    }

    private static string NameOf(JobPicture picture) => new Uri(picture.Url).Segments[^1];
}
