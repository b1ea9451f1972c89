namespace TryOn.Crash.Tests.Books;

/// <summary>An account as the admin API returns it.</summary>
internal sealed record AccountBody(string Id, long Available, long Reserved, long Captured, long Granted, string? Key);

internal sealed record StatementBody(IReadOnlyList<StatementLine> Entries, long Newest);

/// <param name="Kind">grant | reserve | capture | release.</param>
internal sealed record StatementLine(
    long Sequence, DateTimeOffset At, string Kind, long Amount, long Available, string? JobId);

internal sealed record UsageBody(IReadOnlyList<UsageSums> Data, UsageSums Totals);

internal sealed record UsageSums(long Requests, long Captured, long Released, long Open);

internal sealed record GenerationsBody(IReadOnlyList<GenerationLine> Data, string? NextCursor);

internal sealed record GenerationLine(string Id, string Status, long Usage);

internal sealed record AuditBody(bool Ok, long Accounts, long Jobs, long Count, IReadOnlyList<AuditLine> Findings);

internal sealed record AuditLine(string Code, string Account, string? Job, string Text);

internal sealed record CostsBody(IReadOnlyList<CostLine> Data);

internal sealed record CostLine(string Model, string Mode, long Requests, long Captured, long ExtraSubmits);
