using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace TryOn.Core.Accounts;

/// <summary>
/// Operation ids of grants and adjustments, so that one that is sent twice counts once. Each id is kept for at least 24
/// hours, and the newest 100 regardless of age, but never more than 1,000: past that number within a day, the oldest
/// are dropped early. An operation is stored as 48 bits of its id's hash and 16 bits of its content's hash, because the
/// account record is written as a whole.
/// </summary>
public sealed record OperationLog(ImmutableList<Operation> Items)
{
    public const int CountMax = 1000;
    private const int CountMin = 100;
    private const int HoursMin = 24;

    public static OperationLog Empty { get; } = new([]);

    /// <summary>Null if the id is unknown; otherwise whether it was used with the same content.</summary>
    public bool? Repeats(string id, EntryKind kind, long amount)
    {
        var asked = Operation.Create(id, kind, amount, default);
        var known = Items.FindIndex(operation => operation.Id == asked.Id);
        return known < 0 ? null : Items[known].Content == asked.Content;
    }

    public OperationLog Add(string id, EntryKind kind, long amount, DateTimeOffset at)
    {
        var added = Operation.Create(id, kind, amount, at);
        // An operation may be up to an hour younger than its hour number says.
        var old = Items.TakeWhile(operation => added.Hour - operation.Hour > HoursMin).Count();
        var excess = Math.Max(Math.Min(old, Items.Count + 1 - CountMin), Items.Count + 1 - CountMax);
        return new OperationLog(Items.RemoveRange(0, Math.Max(0, excess)).Add(added));
    }
}

/// <param name="Hour">Hours since 1970.</param>
public sealed record Operation(ulong Id, ushort Content, int Hour)
{
    private const int UnusedBits = 16;

    public static Operation Create(string id, EntryKind kind, long amount, DateTimeOffset at) => new(
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id))) >> UnusedBits,
        BinaryPrimitives.ReadUInt16BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{(int)kind}:{amount}"))),
        (int)(at.ToUnixTimeSeconds() / 3600));
}
