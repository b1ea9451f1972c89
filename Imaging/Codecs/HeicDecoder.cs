using NetVips;
using TryOn.Core.Images;

namespace TryOn.Imaging.Codecs;

/// <summary>HEIC by libheif and libde265. Turns and mirrors that the file asks for are part of the decoding.</summary>
internal static unsafe class HeicDecoder
{
    private const int ProfileBytesMax = 4 * 1024 * 1024;

    private const string Damaged = "The image is damaged and cannot be decoded.";

    public static bool Available => HeifLibrary.Instance is not null;

    public static (ImageSides Sides, bool HasAlpha) ReadHeader(byte[] file)
    {
        var heif = HeifLibrary.Instance!;
        return Open(file, handle =>
            (new ImageSides(heif.Width(handle), heif.Height(handle)), heif.HasAlpha(handle) != 0));
    }

    public static Image Decode(byte[] file) => Open(file, Decode);

    private static Image Decode(nint handle)
    {
        var heif = HeifLibrary.Instance!;
        var alpha = heif.HasAlpha(handle) != 0;
        nint decoded = 0;
        var options = heif.StrictOptions();
        try
        {
            Check(heif.Decode(
                handle, &decoded, HeifLibrary.ColourRgb, alpha ? HeifLibrary.ChromaRgba : HeifLibrary.ChromaRgb,
                options));
            // A tile that could not be decoded is a warning, and grey.
            HeifLibrary.Status warning;
            if (heif.Warnings(decoded, 0, &warning, 1) > 0)
                throw new ImageFaultException(ImageFault.Corrupt, Damaged);
            var (width, height, bands) = (heif.DecodedWidth(decoded), heif.DecodedHeight(decoded), alpha ? 4 : 3);
            if (width != heif.Width(handle) || height != heif.Height(handle))
                throw new ImageFaultException(ImageFault.Corrupt, Damaged);
            int stride;
            var plane = heif.Plane(decoded, HeifLibrary.ChannelInterleaved, &stride);
            if (plane is null)
                throw new ImageFaultException(ImageFault.Corrupt, Damaged);
            var row = width * bands;
            var pixels = GC.AllocateUninitializedArray<byte>(checked(row * height));
            for (var y = 0; y < height; y++)
                new ReadOnlySpan<byte>(plane + ((nint)y * stride), row).CopyTo(pixels.AsSpan(y * row));
            using var plain = Image.NewFromMemory(pixels, width, height, bands, Enums.BandFormat.Uchar);
            using var coloured = plain.Copy(interpretation: Enums.Interpretation.Srgb);
            return Profile(handle) is { } profile
                ? coloured.Mutate(copy => copy.Set(GValue.BlobType, "icc-profile-data", profile))
                : coloured.Copy();
        }
        finally
        {
            heif.FreeOptions(options);
            if (decoded != 0)
                heif.ReleaseImage(decoded);
        }
    }

    private static byte[]? Profile(nint handle)
    {
        var heif = HeifLibrary.Instance!;
        // The library copies the whole profile, however long it says that it is.
        var size = heif.ProfileSize(handle);
        if (size is 0 or > ProfileBytesMax)
            return null;
        var profile = new byte[(int)size];
        fixed (byte* first = profile)
            return heif.Profile(handle, first).Ok ? profile : null;
    }

    private static T Open<T>(byte[] file, Func<nint, T> use)
    {
        var heif = HeifLibrary.Instance!;
        var context = heif.ContextAlloc();
        nint handle = 0;
        try
        {
            heif.SetThreads(context, 0);
            fixed (byte* first = file)
            {
                Check(heif.Read(context, first, (nuint)file.Length, 0));
                Check(heif.PrimaryHandle(context, &handle));
                return use(handle);
            }
        }
        finally
        {
            if (handle != 0)
                heif.ReleaseHandle(handle);
            heif.ContextFree(context);
        }
    }

    private static void Check(HeifLibrary.Status status)
    {
        if (!status.Ok)
            throw new ImageFaultException(ImageFault.Corrupt, Damaged);
    }
}
