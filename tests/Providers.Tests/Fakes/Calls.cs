using System.Collections.Immutable;
using NetVips;
using TryOn.Core.Images;
using TryOn.Core.Providers;

namespace TryOn.Providers.Tests.Fakes;

/// <summary>The calls that tests make.</summary>
public static class Calls
{
    public static readonly byte[] Person = Png(width: 320, height: 400);
    public static readonly byte[] Garment = Png(width: 300, height: 300);

    public static byte[] Png(int width, int height) => Image.Black(width, height, bands: 4).PngsaveBuffer();

    public static ProviderCall One(string attemptId = "att-1", string? prompt = null) =>
        new(attemptId, "any/model", [Picture(Person)], [Picture(Garment)], prompt, FastMode: true);

    public static InputPicture Picture(byte[] content, ImageFormat format = ImageFormat.Png) => new(content, format);

    public static ImmutableArray<InputPicture> Many(int count) =>
        [.. Enumerable.Repeat(Picture(Garment), count)];

    public static ProviderFault Fault(this ProviderReply reply) =>
        Assert.IsType<ProviderReply.Faulted>(reply).Fault;
}
