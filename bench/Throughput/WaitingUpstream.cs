using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace TryOn.Throughput;

/// <summary>
/// A stand-in for Kling that accepts every task, ends none, and records when each is polled. It offers no list, since
/// one list would answer many polls and hide when they were due.
/// </summary>
internal sealed class WaitingUpstream : IAsyncDisposable
{
    private const string Tasks = "/v1/images/kolors-virtual-try-on";

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _lastPolls = [];
    private readonly WebApplication _server;
    private List<TimeSpan> _intervals = [];
    private int _submits;
    private int _polled;

    private WaitingUpstream(WebApplication server) => _server = server;

    public string Address => _server.Urls.First();

    /// <summary>Number of submits, including repeats for known tasks.</summary>
    public int Submits
    {
        get
        {
            lock (_lock)
                return _submits;
        }
    }

    /// <summary>Number of tasks that were polled since <see cref="Forget"/>.</summary>
    public int Polled
    {
        get
        {
            lock (_lock)
                return _polled;
        }
    }

    public static async Task<WaitingUpstream> Start()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var upstream = new WaitingUpstream(builder.Build());
        upstream._server.MapPost(Tasks, (Submission body) => upstream.Submit(body.external_task_id));
        upstream._server.MapGet(Tasks, () => TypedResults.Json(
            new { code = 5000, message = "no list" }, statusCode: StatusCodes.Status500InternalServerError));
        upstream._server.MapGet(Tasks + "/{id}", (string id) => upstream.Poll(id));
        await upstream._server.StartAsync();
        return upstream;
    }

    /// <summary>Discards all polls so far; the next poll of each task counts as its first.</summary>
    public void Forget()
    {
        lock (_lock)
        {
            _polled = 0;
            _intervals = [];
            foreach (var id in _lastPolls.Keys)
                _lastPolls[id] = 0;
        }
    }

    /// <summary>Returns the intervals between polls of the same task since the last call, in ascending order.</summary>
    public TimeSpan[] TakeIntervals()
    {
        lock (_lock)
        {
            var taken = _intervals;
            _intervals = [];
            return [.. taken.Order()];
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private IResult Submit(string id)
    {
        lock (_lock)
        {
            _submits++;
            return _lastPolls.TryAdd(id, 0)
                ? Task(id)
                : TypedResults.BadRequest(new { code = 1201, message = $"external_task_id {id} already exists" });
        }
    }

    private IResult Poll(string id)
    {
        var now = TimeProvider.System.GetTimestamp();
        lock (_lock)
        {
            if (!_lastPolls.TryGetValue(id, out var last))
                return TypedResults.NotFound(new { code = 1203, message = $"task {id} not found" });
            if (last == 0)
                _polled++;
            else
                _intervals.Add(TimeProvider.System.GetElapsedTime(last, now));
            _lastPolls[id] = now;
        }

        return Task(id);
    }

    /// <summary>The gateway's external id serves as the task's id as well.</summary>
    private static IResult Task(string id) => TypedResults.Json(
        new { code = 0, message = "SUCCEED", data = new { task_id = id, task_status = "processing" } });

    // Named as in the wire format.
    private sealed record Submission(string external_task_id);
}
