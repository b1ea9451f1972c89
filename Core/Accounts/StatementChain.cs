using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TryOn.Core.Accounts;

/// <summary>
/// Each statement entry holds a hash of itself and of the entry before it, so changing, moving or removing one means
/// rewriting all that follow. Entries older than the chain have no hash; every entry after the first hash must have
/// one.
/// </summary>
public sealed class StatementChain
{
    /// <summary>128 bits resist accidental matches and forging an entry to fit the next one.</summary>
    private const int LinkBytes = 16;

    /// <summary>The hash of the newest verified entry; null before the first.</summary>
    public string? Newest { get; private set; }

    /// <summary>
    /// True if this entry was written directly after the previous one. Verification continues from this entry either
    /// way.
    /// </summary>
    public bool Verify(StatementEntry entry)
    {
        var expected = Newest is null && entry.Chain is null ? null : Link(Newest, entry);
        // After a mismatch the stored hash is the new starting point, so that one changed entry is reported once.
        Newest = entry.Chain ?? Newest;
        return entry.Chain == expected;
    }

    /// <summary>
    /// The hashed form must never change. A field added later is appended only if it is set, so that older entries keep
    /// their hashes.
    /// </summary>
    public static string Link(string? previous, StatementEntry entry)
    {
        var text = new StringBuilder(previous).Append('\n')
            .Append(entry.Sequence).Append('\n').Append(entry.At.UtcTicks).Append('\n').Append((int)entry.Kind)
                .Append('\n')
            .Append(entry.Amount).Append('\n').Append(entry.Available).Append('\n').Append(entry.Reserved).Append('\n');
        Append(text, entry.OperationId);
        Append(text, entry.JobId);
        Append(text, entry.Reason);
        Append(text, entry.For?.KeyId);
        Append(text, entry.For?.Model);
        Append(text, entry.For?.EndUser);
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return Base64Url.EncodeToString(hash.AsSpan(0, LinkBytes));
    }

    /// <summary>
    /// Prefixed with its length, so that no text can pass for two fields; null differs from the empty text.
    /// </summary>
    private static void Append(StringBuilder text, string? field)
    {
        if (field is null)
            text.Append("-\n");
        else
            text.Append(field.Length).Append(':').Append(field).Append('\n');
    }
}
