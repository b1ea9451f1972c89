using TryOn.Core.Images;

namespace TryOn.Imaging.Codecs;

/// <summary>A picture that is refused. The message is for the caller.</summary>
internal sealed class ImageFaultException(ImageFault fault, string message) : Exception(message)
{
    public ImageFault Fault { get; } = fault;
}
