using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;
using Orleans.Storage;
using TryOn.Grains.Storage;

namespace TryOn.Silo.Tests;

/// <summary>
/// Records that outlive the silos of a test, as in a database. Writes are conditional on the ETag, and records are kept
/// as the text that a real store would keep.
/// </summary>
public sealed class SharedRecords : IGrainStorage
{
    private readonly RecordSerializer _serializer = new();
    private readonly ConcurrentDictionary<string, (string ETag, BinaryData Text)> _records = new();
    private long _writes;

    /// <summary>The faults of writes; null for none.</summary>
    public WriteFaults? Faults { get; set; }

    public long Writes => Interlocked.Read(ref _writes);

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue(Key(stateName, grainId), out var record))
        {
            grainState.State = _serializer.Deserialize<T>(record.Text)!;
            (grainState.ETag, grainState.RecordExists) = (record.ETag, true);
        }
        else
        {
            grainState.State = Activator.CreateInstance<T>();
            (grainState.ETag, grainState.RecordExists) = (null, false);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var fault = Faults?.Next() ?? WriteFault.None;
        if (fault == WriteFault.BeforeCommit)
            throw new IOException("The write was lost.");
        var etag = Interlocked.Increment(ref _writes).ToString(CultureInfo.InvariantCulture);
        var record = (etag, _serializer.Serialize(grainState.State));
        var key = Key(stateName, grainId);
        var held = grainState.ETag is null
            ? _records.TryAdd(key, record)
            : _records.TryGetValue(key, out var before) && before.ETag == grainState.ETag
                && _records.TryUpdate(key, record, before);
        if (!held)
            throw new InconsistentStateException("Somebody else wrote first.", "unknown", grainState.ETag ?? "none");
        if (fault == WriteFault.AfterCommit)
            throw new IOException("The write was committed, and its answer was lost.");
        (grainState.ETag, grainState.RecordExists) = (etag, true);
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        throw new NotSupportedException("Nothing here is ever cleared.");

    /// <summary>Writes the same state with a new ETag, as another activation would.</summary>
    public void WriteAgain(string stateName, GrainId grainId)
    {
        var etag = Interlocked.Increment(ref _writes).ToString(CultureInfo.InvariantCulture);
        var key = Key(stateName, grainId);
        _records[key] = (etag, _records[key].Text);
    }

    private static string Key(string stateName, GrainId grainId) => $"{stateName}/{grainId}";
}
