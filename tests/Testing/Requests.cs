using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace TryOn.Testing;

/// <summary>Request bodies as clients write them.</summary>
public static class Requests
{
    public const string Kling = "kling/kolors-v1-5";
    public const string Gemini = "google/gemini-2.5-flash-image";

    public static HttpContent Json(object body) => JsonContent.Create(body);

    public static HttpContent Text(string body, string? contentType = "application/json")
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(body));
        if (contentType is not null)
            content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        return content;
    }

    /// <summary>Byte arrays become files, strings become fields. Names are quoted, as curl and browsers do.</summary>
    public static HttpContent Form(string? model, params (string Name, object Value)[] fields)
    {
        var form = new MultipartFormDataContent();
        if (model is not null)
            form.Add(new StringContent(model), "\"model\"");
        foreach (var (name, value) in fields)
        {
            if (value is byte[] file)
                form.Add(File(file), $"\"{name}\"", "picture.png");
            else
                form.Add(new StringContent((string)value), $"\"{name}\"");
        }

        return form;
    }

    /// <summary>A form that any model accepts.</summary>
    public static HttpContent Good(string model = Gemini, params (string Name, object Value)[] more) => Form(
        model, [("person_images", TestPictures.Person), ("garment_images", TestPictures.Garment), .. more]);

    /// <summary>A chat with a person and a garment, as a client that drops unknown fields sends it.</summary>
    public static object Chat(string model, string? prompt = null) => new
    {
        model,
        messages = new[]
        {
            new
            {
                role = "user",
                content = new object[]
                {
                    new { type = "text", text = prompt ?? "put the garment on the person" },
                    new { type = "image_url", image_url = new { url = TestPictures.Url(TestPictures.Person) } },
                    new { type = "image_url", image_url = new { url = TestPictures.Url(TestPictures.Garment) } },
                },
            },
        },
    };

    /// <summary>The body with these JSON fields added or replaced.</summary>
    public static JsonObject With(this object body, string fields)
    {
        var json = JsonSerializer.SerializeToNode(body)!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(fields)!.AsObject())
            json[name] = value?.DeepClone();
        return json;
    }

    private static ByteArrayContent File(byte[] content)
    {
        var file = new ByteArrayContent(content);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        return file;
    }
}
