using System.Diagnostics.CodeAnalysis;
using System.Net;

namespace TryOn.Core.Egress;

// The hosts and networks that an operator lets the gateway reach besides public addresses. A listed name is trusted
// whatever it resolves to. Two lists with the same entries are equal, because connections are pooled by list.
public sealed class EgressAllowList : IEquatable<EgressAllowList>
{
    private readonly EgressEntry[] _entries;
    private readonly string _canonical;

    private EgressAllowList(IEnumerable<EgressEntry> entries)
    {
        _entries = [.. entries.Distinct().OrderBy(entry => entry.ToString(), StringComparer.Ordinal)];
        _canonical = string.Join(' ', _entries.Select(entry => entry.ToString()));
    }

    public static EgressAllowList Empty { get; } = new([]);

    /// <summary>
    /// Entries are "host", "host:port", "192.168.0.0/16", "10.1.2.3", "10.1.2.3:8080", "::1" or "[::1]:8080". An entry
    /// without a port allows every port.
    /// </summary>
    public static bool TryParse(
        IEnumerable<string> entries,
        [NotNullWhen(true)] out EgressAllowList? list,
        [NotNullWhen(false)] out string? error)
    {
        (list, error) = (null, null);
        var parsed = new List<EgressEntry>();
        foreach (var text in entries)
        {
            if (EgressEntry.Parse(text.Trim()) is not { } entry)
            {
                error = $"'{text}' is not a host, host:port, address or network; write it like "
                    + "images.internal:8080, 10.1.2.3 or 192.168.0.0/16 (the network's own address, no wildcards).";
                return false;
            }

            parsed.Add(entry);
        }

        list = new(parsed);
        return true;
    }

    public bool Allows(string host, int port) =>
        LiteralAddress.Parse(host) is { } address
            ? Allows(address, port)
            : Array.Exists(_entries, entry => entry.Matches(host, port));

    public bool Allows(IPAddress address, int port)
    {
        var plain = PublicAddress.Unmapped(address);
        return Array.Exists(_entries, entry => entry.Matches(plain, port));
    }

    /// <summary>Adds the origin's exact host and port. Only for an origin that the operator configured.</summary>
    public EgressAllowList With(Uri origin)
    {
        var entry = EgressEntry.OfHost(origin.IdnHost, origin.Port)
            ?? throw new ArgumentException($"'{origin}' has no plain host.", nameof(origin));
        return new([.. _entries, entry]);
    }

    public bool Equals(EgressAllowList? other) => other is not null && other._canonical == _canonical;

    public override bool Equals(object? obj) => Equals(obj as EgressAllowList);

    public override int GetHashCode() => _canonical.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => _canonical;
}
