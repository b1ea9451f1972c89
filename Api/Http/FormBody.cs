using System.Collections.Immutable;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Net.Http.Headers;
using TryOn.Core.Errors;
using TryOn.Engine.Egress;

namespace TryOn.Api.Http;

/// <summary>
/// A form of several parts (RFC 7578), in the order in which they were sent. The framework's own reader takes a part
/// without a filename for text, and changes the bytes of a picture by that.
/// </summary>
public sealed record FormBody(ImmutableArray<FormPart> Parts)
{
    private static readonly Error CutOff = new(ErrorCode.InvalidRequest, "The form ends before its last boundary.");

    /// <summary>The field's text; that of several fields of one name is joined by commas. Null where there is none.
    /// </summary>
    public string? Text(string name) =>
        Texts(name) is { Count: > 0 } texts ? string.Join(',', texts) : null;

    /// <summary>The texts of a list, however its fields are named.</summary>
    public IReadOnlyList<string> Texts(string name) =>
        [.. In([name]).Where(part => !part.IsFile).Select(part => part.Text)];

    /// <summary>
    /// The parts of a list in its order: those without an index as they were sent, then the others by their index.
    /// </summary>
    /// <param name="names">One list may have several.</param>
    public IEnumerable<FormPart> In(IReadOnlyCollection<string> names) => Parts
        .Where(part => names.Contains(part.Field.List, StringComparer.OrdinalIgnoreCase))
        .OrderBy(part => part.Field.Index ?? -1);

    public static bool IsForm(HttpRequest request) =>
        MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase);

    public static async Task<Result<FormBody>> Read(HttpRequest request, CancellationToken cancellation)
    {
        var limits = request.HttpContext.RequestServices.GetRequiredService<IOptions<FormOptions>>().Value;
        var boundary = HeaderUtilities.RemoveQuotes(MediaTypeHeaderValue.Parse(request.ContentType).Boundary);
        if (boundary.Length == 0 || boundary.Length > limits.MultipartBoundaryLengthLimit)
            return new Error(ErrorCode.InvalidRequest, "The header Content-Type of a form names its boundary.");
        var reader = new MultipartReader(boundary.ToString(), request.Body)
        {
            HeadersCountLimit = limits.MultipartHeadersCountLimit,
            HeadersLengthLimit = limits.MultipartHeadersLengthLimit,
        };
        try
        {
            return await Read(reader, limits, cancellation);
        }
        catch (IOException cut) when (cut is not BadHttpRequestException)
        {
            return CutOff;
        }
        catch (InvalidDataException)
        {
            return new Error(
                ErrorCode.InvalidRequest, "The form cannot be read: it lacks its boundary, or a part has odd headers.");
        }
    }

    private static async Task<Result<FormBody>> Read(
        MultipartReader reader, FormOptions limits, CancellationToken cancellation)
    {
        var parts = ImmutableArray.CreateBuilder<FormPart>();
        var left = limits.MultipartBodyLengthLimit;
        while (await reader.ReadNextSectionAsync(cancellation) is { } section)
        {
            if (parts.Count == limits.ValueCountLimit)
                return new Error(ErrorCode.InvalidRequest, $"A form has at most {limits.ValueCountLimit} parts.");
            if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || HeaderUtilities.RemoveQuotes(disposition.Name) is not { Length: > 0 } name)
                return new Error(ErrorCode.InvalidRequest, "A part of the form has no name.");
            if (await CappedBody.Read(section.Body, (int)Math.Min(left, int.MaxValue), cancellation) is not { } content)
                return new Error(ErrorCode.PayloadTooLarge, "The request body is too large.");
            left -= content.Length;
            parts.Add(FormPart.FromSection(name.ToString(), disposition, section.ContentType, content));
        }

        return new FormBody(parts.ToImmutable());
    }
}

/// <param name="IsFile">Bytes, not text.</param>
/// <param name="Charset">Of the text.</param>
public sealed record FormPart(string Name, byte[] Content, bool IsFile, Encoding Charset)
{
    public FieldName Field { get; } = FieldName.Parse(Name);

    public string Text => Charset.GetString(Content);

    /// <summary>A browser sends a file that was not chosen without a name and without content.</summary>
    public bool IsEmpty { get; private init; }

    /// <summary>
    /// A filename makes a file, and so does the type of a picture or of plain bytes: the filename is optional (RFC
    /// 7578, section 4.2).
    /// </summary>
    public static FormPart FromSection(
        string name, ContentDispositionHeaderValue disposition, string? contentType, byte[] content)
    {
        _ = MediaTypeHeaderValue.TryParse(contentType, out var type);
        var named = disposition.FileName.Length > 0 || disposition.FileNameStar.Length > 0;
        var filename = HeaderUtilities.RemoveQuotes(disposition.FileName).Length > 0
            || disposition.FileNameStar.Length > 0;
        var ofBytes = type?.Type.Equals("image", StringComparison.OrdinalIgnoreCase) == true
            || type?.MediaType.Equals("application/octet-stream", StringComparison.OrdinalIgnoreCase) == true;
        return new FormPart(name, content, named || ofBytes, CharsetOf(type))
        {
            IsEmpty = content.Length == 0 && !filename,
        };
    }

    private static Encoding CharsetOf(MediaTypeHeaderValue? type)
    {
        try
        {
            return type?.Encoding ?? Encoding.UTF8;
        }
        catch (NotSupportedException)
        {
            // UTF-7, which the framework no longer reads.
            return Encoding.UTF8;
        }
    }
}
