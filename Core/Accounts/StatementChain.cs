using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace TryOn.Core.Accounts;

/// <summary>
/// Each statement entry holds a hash over itself and the entry before it, so that whoever changes, moves or removes one
/// has to rewrite all that follow. Entries from before there was a chain have none; after the first link none may lack it.
/// </summary>
public sealed class StatementChain
{
    /// <summary>128 bits: enough against chance and against forging one entry to fit its successor.</summary>
    private const int LinkBytes = 16;

    /// <summary>The link of the newest entry that was followed; null before the first.</summary>
    public string? Newest { get; private set; }

    /// <summary>Whether this is the entry that was written after the one before. Goes on from it either way.</summary>
    public bool Follow(StatementEntry entry)
    {
        var expected = Newest is null && entry.Chain is null ? null : Link(Newest, entry);
        // After a break the chain is judged by what stands there, so that one change is one finding.
        Newest = entry.Chain ?? Newest;
        return entry.Chain == expected;
    }

    /// <summary>
    /// The form that is hashed never changes. A field that entries gain later is appended only where it is set, so that
    /// entries written before keep their links.
    /// </summary>
    public static string Link(string? previous, StatementEntry entry)
    {
        var text = new StringBuilder(previous).Append('\n')
            .Append(entry.Sequence).Append('\n').Append(entry.At.UtcTicks).Append('\n').Append((int)entry.Kind).Append('\n')
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

    /// <summary>With its length before it, so that no text can pose as two fields; nothing is not the empty text.</summary>
    private static void Append(StringBuilder text, string? field)
    {
        if (field is null)
            text.Append("-\n");
        else
            text.Append(field.Length).Append(':').Append(field).Append('\n');
    }
}
