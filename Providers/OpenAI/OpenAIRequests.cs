using System.Net.Http.Headers;
using System.Text;
using TryOn.Core.Images;
using TryOn.Core.Providers;
using TryOn.Providers.Wire;

namespace TryOn.Providers.OpenAI;

/// <summary>
/// Builds the multipart request (https://platform.openai.com/docs/api-reference/images/createEdit). The person's
/// picture comes first, because the mask applies to the first picture and the default prompt refers to it.
/// </summary>
public sealed class OpenAIRequests(OpenAIOptions options)
{
    private readonly string _edits = options.BaseUrl.TrimEnd('/') + "/v1/images/edits";

    public HttpRequestMessage Edit(ProviderCall call)
    {
        var form = new MultipartFormDataContent();
        AddText(form, "model", options.ModelId);
        AddText(form, "prompt", string.IsNullOrWhiteSpace(call.Prompt) ? options.DefaultPrompt : call.Prompt);
        AddText(form, "n", "1");
        AddText(form, "size", "auto");
        AddText(form, "quality", call.FastMode ? "low" : options.Quality);
        if (!string.IsNullOrEmpty(options.InputFidelity))
            AddText(form, "input_fidelity", options.InputFidelity);
        AddPictures(form, call);
        return Authorized(new HttpRequestMessage(HttpMethod.Post, _edits) { Content = form });
    }

    private static void AddPictures(MultipartFormDataContent form, ProviderCall call)
    {
        var pictures = call.Persons.AddRange(call.Garments);
        for (var index = 0; index < pictures.Length; index++)
            AddFile(form, "image[]", $"image-{index}", pictures[index]);
        if (call.Mask is { } mask)
            AddFile(form, "mask", "mask", mask);
    }

    private HttpRequestMessage Authorized(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.ApiKey);
        if (!string.IsNullOrEmpty(options.Organization))
            request.Headers.Add("OpenAI-Organization", options.Organization);
        if (!string.IsNullOrEmpty(options.Project))
            request.Headers.Add("OpenAI-Project", options.Project);
        return request;
    }

    private static void AddText(MultipartFormDataContent form, string name, string value) =>
        Add(form, new ByteArrayContent(Encoding.UTF8.GetBytes(value)), $"form-data; name=\"{name}\"");

    private static void AddFile(MultipartFormDataContent form, string name, string file, InputPicture picture)
    {
        var type = picture.Format.ContentType();
        var content = new ByteArrayContent(picture.Content);
        content.Headers.ContentType = new MediaTypeHeaderValue(type);
        Add(form, content, $"form-data; name=\"{name}\"; filename=\"{file}.{type["image/".Length..]}\"");
    }

    /// <summary>
    /// Writes the header itself, because the framework leaves names unquoted, which not every parser accepts.
    /// </summary>
    private static void Add(MultipartFormDataContent form, HttpContent content, string disposition)
    {
        content.Headers.TryAddWithoutValidation("Content-Disposition", disposition);
        form.Add(content);
    }
}
