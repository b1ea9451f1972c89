namespace TryOn.Core.Images;

// Gathers from the chunks, in file order, the few that make the picture. A plain file is one VP8 or VP8L chunk; one
// that begins with VP8X may have ICCP and ALPH before it. Whatever else is there is passed over.
internal ref struct WebPPicture
{
    private WebPCanvas? _canvas;
    private bool _hasBegun;

    public ReadOnlySpan<byte> Profile { get; private set; }

    public ReadOnlySpan<byte> Alpha { get; private set; }

    public uint PixelsType { get; private set; }

    public ReadOnlySpan<byte> Pixels { get; private set; }

    public WebPFrame? Frame { get; private set; }

    public readonly bool HasAlpha => Frame!.HasAlpha || !Alpha.IsEmpty;

    public ImageCheck.Refused? Take(uint type, ReadOnlySpan<byte> data)
    {
        var isFirst = !_hasBegun;
        _hasBegun = true;
        if (type is WebPTypes.Animation or WebPTypes.AnimationFrame) return ImageCheck.Animated();
        if (type is WebPTypes.Lossy or WebPTypes.Lossless) return TakePixels(type, data);
        if (type == WebPTypes.Extended || isFirst) return isFirst ? TakeCanvas(type, data) : Broken();
        if (_canvas is null || Frame is not null) return null;
        if (type == WebPTypes.Profile && Profile.IsEmpty) Profile = data;
        if (type == WebPTypes.Alpha && Alpha.IsEmpty) Alpha = data;
        return null;
    }

    private ImageCheck.Refused? TakeCanvas(uint type, ReadOnlySpan<byte> data)
    {
        _canvas = type == WebPTypes.Extended ? WebPCanvas.Read(data) : null;
        if (_canvas is null) return Broken();
        return _canvas.Features.HasFlag(WebPFeatures.Animation) ? ImageCheck.Animated() : null;
    }

    private ImageCheck.Refused? TakePixels(uint type, ReadOnlySpan<byte> data)
    {
        if (Frame is not null || WebPFrame.Read(type, data) is not { } frame) return Broken();
        if (_canvas is not null && (_canvas.Width, _canvas.Height) != (frame.Width, frame.Height)) return Broken();
        (Frame, PixelsType) = (frame, type);
        Pixels = data;
        // Lossless pixels hold their own transparency.
        if (type == WebPTypes.Lossless) Alpha = default;
        return null;
    }

    private static ImageCheck.Refused Broken() =>
        ImageCheck.Corrupt("The WebP is damaged: a part is missing, misplaced or contradicts another.");
}
