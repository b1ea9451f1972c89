using System.Collections.Immutable;
using TryOn.Api.Http;
using TryOn.Core.Errors;

namespace TryOn.Api.Inputs;

/// <summary>The pictures of a form: files, or texts that stand for them.</summary>
public sealed class FormPictures(FormBody form)
{
    /// <summary>Set where a list that was asked for has a field whose place in it cannot be read.</summary>
    public Error? Refusal { get; private set; }

    /// <param name="names">Of one list, with and without its plural.</param>
    public ImmutableArray<ImageReference> In(params string[] names)
    {
        var parts = form.In(names).Where(part => !part.IsEmpty).ToList();
        if (parts.Find(part => !part.Field.Readable) is { } odd)
            Refusal ??= new Error(
                ErrorCode.InvalidRequest, $"A list's fields are named as {odd.Field.List}[0].", odd.Name);
        return [.. parts.Select(Reference)];
    }

    private static ImageReference Reference(FormPart part) => part.IsFile || PictureSignature.Begins(part.Content)
        ? new ImageReference(part.Name, part.Content, Url: null)
        : new ImageReference(part.Name, Content: null, part.Text);
}
