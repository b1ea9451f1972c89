using System.Globalization;
using System.Net;

namespace TryOn.Silo.Tests.SingleSilo;

/// <summary>The TCP sockets that one process listens on, from <c>/proc</c>.</summary>
internal static class ListeningSockets
{
    private const string Listening = "0A";

    public static IReadOnlyList<IPEndPoint> ForProcess(int processId)
    {
        var inodes = Directory.GetFiles($"/proc/{processId}/fd")
            .Select(fd => new FileInfo(fd).LinkTarget ?? "")
            .Where(target => target.StartsWith("socket:[", StringComparison.Ordinal))
            .Select(target => target["socket:[".Length..^1]).ToHashSet();
        string[] tables = [$"/proc/{processId}/net/tcp", $"/proc/{processId}/net/tcp6"];
        return
        [
            .. tables.Where(File.Exists).SelectMany(table => File.ReadLines(table).Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(columns => columns[3] == Listening && inodes.Contains(columns[9]))
                .Select(columns => Parse(columns[1])),
        ];
    }

    /// <summary>Parses an address of four-byte words in the machine's byte order, followed by the port.</summary>
    private static IPEndPoint Parse(string address)
    {
        var (host, port) = (address.Split(':')[0], address.Split(':')[1]);
        var bytes = Convert.FromHexString(host).Chunk(4).SelectMany(word => word.Reverse()).ToArray();
        var number = int.Parse(port, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        return new IPEndPoint(new IPAddress(bytes), number);
    }
}
