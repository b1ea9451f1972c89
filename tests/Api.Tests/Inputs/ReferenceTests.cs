namespace TryOn.Api.Tests.Inputs;

/// <summary>Every surface reads a picture in the same ways.</summary>
[Collection(Shared.Name)]
public sealed class ReferenceTests(SharedGateway gateway)
{
    private static readonly string Base64 = Convert.ToBase64String(TestPictures.Person);

    public static TheoryData<string, string> Spellings
    {
        get
        {
            string[] texts =
            [
                Base64, Base64.TrimEnd('='), "\n " + TestPictures.Url(TestPictures.Person),
                "data:image/png;base64," + Uri.EscapeDataString(Base64),
                "data:image/png;name=me.png;base64," + Base64.Replace('+', '-').Replace('/', '_').TrimEnd('='),
                "data:image/png," + string.Concat(TestPictures.Person.Select(value => $"%{value:x2}")),
            ];
            var rows = new TheoryData<string, string>();
            foreach (var surface in Surfaces)
            {
                foreach (var text in texts)
                    rows.Add(surface, text);
            }

            return rows;
        }
    }

    public static TheoryData<string> All => new(Surfaces);

    private static string[] Surfaces => ["tryon", "form", "chat", "images", "edits", "tryiton", "fashn"];

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task Picture_HoweverItIsWritten_IsRead(string surface, string text)
    {
        var account = await gateway.Run.Open();
        var reply = await Send(account, surface, text);
        Assert.True(reply.Status is 200 or 202, reply.Text);
        Assert.Equal(9, (await account.WaitUntilSettled()).Number("available"));
    }

    [Theory]
    [MemberData(nameof(All))]
    public async Task Path_OfAShop_IsNotAnHttpsAddress(string surface)
    {
        var account = await gateway.Run.Open();
        var reply = await account.AssertUnchanged(() => Send(account, surface, "/cdn/shop/files/dress.jpg?v=1"));
        Assert.Equal(400, reply.Status);
        Assert.Contains("not an https address", reply.Text, StringComparison.Ordinal);
        if (surface is not ("tryiton" or "fashn"))
            Envelope.Check(reply, 400, "BadRequest", "invalid_request");
    }

    private static Task<Reply> Send(TestAccount account, string surface, string person)
    {
        var garment = TestPictures.Url(TestPictures.Garment);
        var model = Requests.Gemini;
        var clothes = new { model_image = person, garment_image = garment, category = "eyewear" };
        return surface switch
        {
            "tryon" => account.TryOn(Requests.Json(new { model, person_images = person, garment_images = garment })),
            "form" => account.TryOn(Requests.Form(model, ("person_image", person), ("garment_image", garment))),
            "chat" => account.Chat(Requests.Json(new
            {
                model,
                messages = new[]
                {
                    new
                    {
                        role = "user",
                        content = new[]
                        {
                            new { type = "image_url", image_url = new { url = person } },
                            new { type = "image_url", image_url = new { url = garment } },
                        },
                    },
                },
            })),
            "images" => account.Post("/api/v1/images", Requests.Json(new { model, image = new[] { person, garment } })),
            "edits" => account.Post(
                "/v1/images/edits", Requests.Form(model, ("image[]", person), ("image[]", garment))),
            "tryiton" => account.Post("/api/v1/tryon/clothes", Requests.Json(clothes)),
            _ => account.Post("/v1/run", Requests.Json(new { model_name = model, inputs = clothes })),
        };
    }
}
