using TryOn.Core.Providers;

namespace TryOn.Providers.Tests.Kling;

/// <summary>
/// Kling's published error table (https://app.klingai.com/global/dev/document-api), one row per code, with its class
/// for a submit and for a query.
/// </summary>
public static class KlingErrorTable
{
    public static TheoryData<int, int, FaultKind, FaultKind> Rows => new()
    {
        { 401, 1000, FaultKind.Operator, FaultKind.Operator },
        { 401, 1001, FaultKind.Operator, FaultKind.Operator },
        { 401, 1002, FaultKind.Operator, FaultKind.Operator },
        { 401, 1003, FaultKind.Operator, FaultKind.Operator },
        { 401, 1004, FaultKind.Operator, FaultKind.Operator },
        { 429, 1100, FaultKind.Operator, FaultKind.Operator },
        { 429, 1101, FaultKind.Operator, FaultKind.Operator },
        { 429, 1102, FaultKind.Operator, FaultKind.Operator },
        { 403, 1103, FaultKind.Operator, FaultKind.Operator },
        { 400, 1200, FaultKind.Caller, FaultKind.OutcomeUnknown },
        { 400, 1201, FaultKind.Caller, FaultKind.OutcomeUnknown },
        { 404, 1202, FaultKind.Operator, FaultKind.Operator },
        { 404, 1203, FaultKind.Operator, FaultKind.TaskLost },
        { 400, 1300, FaultKind.Moderation, FaultKind.Moderation },
        { 400, 1301, FaultKind.Moderation, FaultKind.Moderation },
        { 429, 1302, FaultKind.Throttled, FaultKind.Throttled },
        { 429, 1303, FaultKind.Throttled, FaultKind.Throttled },
        { 429, 1304, FaultKind.Operator, FaultKind.Operator },
        { 500, 5000, FaultKind.OutcomeUnknown, FaultKind.Outage },
        { 503, 5001, FaultKind.OutcomeUnknown, FaultKind.Outage },
        { 504, 5002, FaultKind.OutcomeUnknown, FaultKind.Outage },
    };
}
