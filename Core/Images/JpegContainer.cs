using System.Buffers;

namespace TryOn.Core.Images;

internal static class JpegContainer
{
    public static ImageInfo? Read(ReadOnlySpan<byte> content)
    {
        JpegFrame? frame = null;
        int? orientation = null;
        var segments = new JpegSegments(content);
        while (segments.Next() && segments.Marker is not (JpegMarkers.Scan or JpegMarkers.EndOfImage))
        {
            if (JpegMarkers.IsFrame(segments.Marker)) frame ??= JpegFrame.Read(segments.Marker, segments.Data);
            if (JpegApplications.IsExif(segments.Marker, segments.Data))
                orientation ??= ExifOrientation.Read(segments.Data);
        }

        return frame is null
            ? null
            : new(ImageFormat.Jpeg, frame.Width, frame.Height, orientation ?? ExifOrientation.Upright);
    }

    public static ImageCheck.Refused? Rewrite(ReadOnlySpan<byte> content, int orientation, IBufferWriter<byte> output)
    {
        JpegSegments.Write(JpegMarkers.StartOfImage, [], output);
        var picture = new JpegPicture();
        var applications = new JpegApplications();
        var isOriented = false;
        var segments = new JpegSegments(content);
        while (segments.Next())
        {
            // EXIF wants to be first, but gives way to a JFIF segment that is.
            if (!isOriented && !JpegApplications.IsJfif(segments.Marker, segments.Data))
            {
                JpegApplications.WriteOrientation(orientation, output);
                isOriented = true;
            }

            if (segments.Marker == JpegMarkers.EndOfImage) return End(picture, output);
            if (WriteSegment(ref segments, picture, applications, output) is { } refused) return refused;
        }

        return ImageCheck.Corrupt("The JPEG is damaged or cut off before its end.");
    }

    private static ImageCheck.Refused? WriteSegment(
        ref JpegSegments segments, JpegPicture picture, JpegApplications applications, IBufferWriter<byte> output)
    {
        if (JpegMarkers.IsOptional(segments.Marker))
        {
            if (!picture.HasScan) applications.Write(segments.Marker, segments.Data, output);
            return null;
        }

        if (picture.Take(segments.Marker, segments.Data) is { } refused) return refused;
        JpegSegments.Write(segments.Marker, segments.Data, output);
        return segments.Marker == JpegMarkers.Scan ? WritePixels(ref segments, output) : null;
    }

    private static ImageCheck.Refused? WritePixels(ref JpegSegments segments, IBufferWriter<byte> output)
    {
        var scan = segments.TakeScan();
        output.Write(scan);
        return scan.IsEmpty ? ImageCheck.Corrupt("The JPEG is damaged: a scan has no pixels.") : null;
    }

    private static ImageCheck.Refused? End(JpegPicture picture, IBufferWriter<byte> output)
    {
        JpegSegments.Write(JpegMarkers.EndOfImage, [], output);
        return picture.IsComplete ? null : ImageCheck.Corrupt("The JPEG is damaged: some of its pixels are missing.");
    }
}
