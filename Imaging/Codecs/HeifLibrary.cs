using System.Runtime.InteropServices;
using ImageMagick;

namespace TryOn.Imaging.Codecs;

/// <summary>
/// libheif's own interface (libheif/heif.h of version 1.23), from the file that Magick.NET brings along. Magick.NET
/// itself copies a HEIC to a temporary file, and a worker process can open none. Windows' file does not export it.
/// </summary>
internal sealed unsafe class HeifLibrary
{
    public const int ColourRgb = 1;
    public const int ChromaRgb = 10;
    public const int ChromaRgba = 11;
    public const int ChannelInterleaved = 10;

    /// <summary>
    /// Offsets in struct heif_decoding_options: two bytes, four pointers, and then the bytes convert_hdr_to_8bit and
    /// strict_decoding.
    /// </summary>
    private const int ToEightBitOffset = 8 + (4 * 8);
    private const int StrictOffset = ToEightBitOffset + 1;

    private readonly nint _library;

    private HeifLibrary(nint library)
    {
        _library = library;
        ContextAlloc = (delegate* unmanaged[Cdecl]<nint>)Export("heif_context_alloc");
        ContextFree = (delegate* unmanaged[Cdecl]<nint, void>)Export("heif_context_free");
        SetThreads = (delegate* unmanaged[Cdecl]<nint, int, void>)Export("heif_context_set_max_decoding_threads");
        Read = (delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint, Status>)Export(
            "heif_context_read_from_memory_without_copy");
        PrimaryHandle = (delegate* unmanaged[Cdecl]<nint, nint*, Status>)Export(
            "heif_context_get_primary_image_handle");
        Width = (delegate* unmanaged[Cdecl]<nint, int>)Export("heif_image_handle_get_width");
        Height = (delegate* unmanaged[Cdecl]<nint, int>)Export("heif_image_handle_get_height");
        HasAlpha = (delegate* unmanaged[Cdecl]<nint, int>)Export("heif_image_handle_has_alpha_channel");
        ProfileSize = (delegate* unmanaged[Cdecl]<nint, nuint>)Export(
            "heif_image_handle_get_raw_color_profile_size");
        Profile = (delegate* unmanaged[Cdecl]<nint, byte*, Status>)Export("heif_image_handle_get_raw_color_profile");
        ReleaseHandle = (delegate* unmanaged[Cdecl]<nint, void>)Export("heif_image_handle_release");
        Decode = (delegate* unmanaged[Cdecl]<nint, nint*, int, int, nint, Status>)Export("heif_decode_image");
        Plane = (delegate* unmanaged[Cdecl]<nint, int, int*, byte*>)Export("heif_image_get_plane_readonly");
        AllocOptions = (delegate* unmanaged[Cdecl]<byte*>)Export("heif_decoding_options_alloc");
        FreeOptions = (delegate* unmanaged[Cdecl]<nint, void>)Export("heif_decoding_options_free");
        Warnings = (delegate* unmanaged[Cdecl]<nint, int, Status*, int, int>)Export(
            "heif_image_get_decoding_warnings");
        DecodedWidth = (delegate* unmanaged[Cdecl]<nint, int>)Export("heif_image_get_primary_width");
        DecodedHeight = (delegate* unmanaged[Cdecl]<nint, int>)Export("heif_image_get_primary_height");
        ReleaseImage = (delegate* unmanaged[Cdecl]<nint, void>)Export("heif_image_release");
    }

    /// <summary>Null where the file does not export it.</summary>
    public static HeifLibrary? Instance { get; } = Load();

    public delegate* unmanaged[Cdecl]<nint> ContextAlloc { get; }

    public delegate* unmanaged[Cdecl]<nint, void> ContextFree { get; }

    public delegate* unmanaged[Cdecl]<nint, int, void> SetThreads { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*, nuint, nint, Status> Read { get; }

    public delegate* unmanaged[Cdecl]<nint, nint*, Status> PrimaryHandle { get; }

    public delegate* unmanaged[Cdecl]<nint, int> Width { get; }

    public delegate* unmanaged[Cdecl]<nint, int> Height { get; }

    public delegate* unmanaged[Cdecl]<nint, int> HasAlpha { get; }

    public delegate* unmanaged[Cdecl]<nint, nuint> ProfileSize { get; }

    public delegate* unmanaged[Cdecl]<nint, byte*, Status> Profile { get; }

    public delegate* unmanaged[Cdecl]<nint, void> ReleaseHandle { get; }

    public delegate* unmanaged[Cdecl]<nint, nint*, int, int, nint, Status> Decode { get; }

    public delegate* unmanaged[Cdecl]<nint, int, int*, byte*> Plane { get; }

    public delegate* unmanaged[Cdecl]<nint, void> FreeOptions { get; }

    /// <summary>How many there are from an index on, and as many of them as there is room for.</summary>
    public delegate* unmanaged[Cdecl]<nint, int, Status*, int, int> Warnings { get; }

    public delegate* unmanaged[Cdecl]<nint, int> DecodedWidth { get; }

    public delegate* unmanaged[Cdecl]<nint, int> DecodedHeight { get; }

    public delegate* unmanaged[Cdecl]<nint, void> ReleaseImage { get; }

    private delegate* unmanaged[Cdecl]<byte*> AllocOptions { get; }

    /// <summary>Options that make damage an error and ten bits eight; to be freed.</summary>
    public nint StrictOptions()
    {
        var options = AllocOptions();
        options[ToEightBitOffset] = options[StrictOffset] = 1;
        return (nint)options;
    }

    private static HeifLibrary? Load()
    {
        // Its first use loads the file, under a name that depends on the platform.
        _ = MagickNET.Version;
        var name = $"Magick.Native-Q8-{Architecture()}.dll";
        return NativeLibrary.TryLoad(name, typeof(MagickNET).Assembly, searchPath: null, out var library)
            && NativeLibrary.TryGetExport(library, "heif_context_alloc", out _)
            ? new HeifLibrary(library)
            : null;
    }

    private static string Architecture() => RuntimeInformation.ProcessArchitecture switch
    {
        System.Runtime.InteropServices.Architecture.Arm64 => "arm64",
        System.Runtime.InteropServices.Architecture.X86 => "x86",
        _ => "x64",
    };

    private nint Export(string name) => NativeLibrary.GetExport(_library, name);

    /// <summary>struct heif_error.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct Status
    {
        private readonly int _code;
        private readonly int _detail;
        private readonly nint _message;

        public bool Ok => _code == 0;
    }
}
