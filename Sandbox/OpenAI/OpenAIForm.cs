using System.Text;
using Microsoft.Net.Http.Headers;

namespace TryOn.Sandbox.OpenAI;

/// <summary>A part of a form: text, or a file if it has a file name.</summary>
public sealed record OpenAIPart(string Name, string? FileName, byte[] Content)
{
    public string Text => Encoding.UTF8.GetString(Content);
}

/// <summary>Parses a multipart body (RFC 7578).</summary>
public static class OpenAIForm
{
    /// <summary>Null if the body is not a complete form.</summary>
    public static IReadOnlyList<OpenAIPart>? Read(string? contentType, ReadOnlyMemory<byte> body)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || type.MediaType != "multipart/form-data")
            return null;
        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).ToString();
        return boundary.Length == 0 ? null : Split(body.Span, Encoding.ASCII.GetBytes("--" + boundary));
    }

    private static List<OpenAIPart>? Split(ReadOnlySpan<byte> body, ReadOnlySpan<byte> delimiter)
    {
        var parts = new List<OpenAIPart>();
        var at = body.IndexOf(delimiter);
        while (at >= 0)
        {
            body = body[(at + delimiter.Length)..];
            if (body.StartsWith("--"u8))
                return parts;
            at = body.IndexOf([.. "\r\n"u8, .. delimiter]);
            if (at < 2 || Part(body[2..at]) is not { } part)
                return null;
            parts.Add(part);
            at += 2;
        }

        return null;
    }

    private static OpenAIPart? Part(ReadOnlySpan<byte> part)
    {
        var head = part.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return null;
        var line = Encoding.UTF8.GetString(part[..head]).Split("\r\n")
            .FirstOrDefault(line => line.StartsWith("Content-Disposition:", StringComparison.OrdinalIgnoreCase));
        return ContentDispositionHeaderValue.TryParse(line?[20..], out var disposition)
            ? new OpenAIPart(
                HeaderUtilities.RemoveQuotes(disposition.Name).ToString(),
                disposition.FileName.HasValue ? HeaderUtilities.RemoveQuotes(disposition.FileName).ToString() : null,
                part[(head + 4)..].ToArray())
            : null;
    }
}
