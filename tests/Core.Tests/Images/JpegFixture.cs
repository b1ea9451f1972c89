using System.Text;

namespace TryOn.Core.Tests.Images;

// Two encodings of one 64x72 gradient, and methods that insert segments.
internal static class JpegFixture
{
    public static readonly byte[] Baseline = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7" +
        "gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8" +
        "fHx8fHx8fHz/wAARCABIAEADASIAAhEBAxEB/8QAFgABAQEAAAAAAAAAAAAAAAAAAAIF/8QAFRABAQAAAAAAAAAAAAAAAAAAABH/" +
        "xAAWAQEBAQAAAAAAAAAAAAAAAAAABAb/xAAYEQEAAwEAAAAAAAAAAAAAAAAAARITEf/aAAwDAQACEQMRAD8AyaVNKlzau6qVNKZl" +
        "1UqaUzLqpU0pmXTSppV+aK6qVNKZl1UqaUzLqpU0pmXTSppV+aK6qVNKZl1UqaUzLqpU0pmXTSopV2aK66VFKZl10qKUzLrpUUpm" +
        "XTSgt5CXslKByDslKByDslKByDsv/9k=");

    public static readonly byte[] Progressive = Convert.FromBase64String(
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDABQODxIPDRQSEBIXFRQYHjIhHhwcHj0sLiQySUBMS0dARkVQWnNiUFVtVkVGZIhlbXd7" +
        "gYKBTmCNl4x9lnN+gXz/2wBDARUXFx4aHjshITt8U0ZTfHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8fHx8" +
        "fHx8fHx8fHz/wgARCABIAEADASIAAhEBAxEB/8QAFwABAQEBAAAAAAAAAAAAAAAAAAECBP/EABcBAQEBAQAAAAAAAAAAAAAAAAAD" +
        "BAX/2gAMAwEAAhADEAAAAeREurUFQVBEXjUFQVBEaIVBUFQRleOmRpkaZEFpAAAf/8QAFBABAAAAAAAAAAAAAAAAAAAAYP/aAAgB" +
        "AQABBQIR/8QAFhEBAQEAAAAAAAAAAAAAAAAAEQAg/9oACAEDAQE/AWZmZmZmZmZnP//EABYRAQEBAAAAAAAAAAAAAAAAABIAIP/a" +
        "AAgBAgEBPwExjGMYxjGMYxjHP//EABQQAQAAAAAAAAAAAAAAAAAAAGD/2gAIAQEABj8CEf/EABQQAQAAAAAAAAAAAAAAAAAAAGD/" +
        "2gAIAQEAAT8hEf/aAAwDAQACAAMAAAAQBBBBCCCCBBBBMMMM++++/8QAFxEAAwEAAAAAAAAAAAAAAAAAAAERQP/aAAgBAwEBPxDB" +
        "/wD/AFlZWVn/xAAXEQADAQAAAAAAAAAAAAAAAAAAARFA/9oACAECAQE/EMAAARERERH/xAAVEAEBAAAAAAAAAAAAAAAAAAAAEf/a" +
        "AAgBAQABPxCqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqr/2Q==");

    // Both pictures begin with the start marker and a JFIF segment of 18 bytes.
    private const int JfifEnd = 20;

    public static byte[] With(params byte[][] segments) =>
        Insert(JfifEnd, [.. segments.SelectMany(segment => segment)]);

    public static byte[] WithoutJfif(params byte[][] segments) =>
        [0xFF, 0xD8, .. segments.SelectMany(segment => segment), .. Baseline[JfifEnd..]];

    public static byte[] Insert(int offset, params byte[] bytes) =>
        [.. Baseline[..offset], .. bytes, .. Baseline[offset..]];

    public static byte[] Segment(byte marker, params byte[] data) =>
        [0xFF, marker, (byte)((data.Length + 2) >> 8), (byte)(data.Length + 2), .. data];

    public static byte[] Exif(byte[] tiff) => Segment(0xE1, [.. "Exif\0\0"u8, .. tiff]);

    public static byte[] Profile(string content) =>
        Segment(0xE2, [.. "ICC_PROFILE\0\x01\x01"u8, .. Encoding.ASCII.GetBytes(content)]);

    // The first position of a marker in the baseline picture, whose tables happen to contain no 0xFF.
    public static int Find(byte marker) => Baseline.AsSpan().IndexOf([(byte)0xFF, marker]);
}
