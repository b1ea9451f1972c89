using TryOn.Core.Images;

namespace TryOn.Imaging.Protocol;

public enum WorkerOperation
{
    None = 0,
    Normalize = 1,
    NormalizeMask = 2,
    Verify = 3,
    Preview = 4,
}

/// <summary>What a worker process is asked to do with one picture.</summary>
/// <param name="Target">For <see cref="WorkerOperation.Normalize"/>.</param>
/// <param name="Shown">For a mask: the sides of its picture as it came.</param>
/// <param name="Sides">For a mask: those of its picture now. For a preview: the width is the greatest allowed.</param>
/// <param name="BytesMax">For a mask.</param>
public sealed record WorkerRequest(
    WorkerOperation Operation, byte[] Content, ImageTarget? Target = null, ImageSides Shown = default,
    ImageSides Sides = default, int BytesMax = 0);
