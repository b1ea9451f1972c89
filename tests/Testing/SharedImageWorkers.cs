using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TryOn.Imaging.Pool;

namespace TryOn.Testing;

/// <summary>The imaging workers of all gateways of a test process: hundreds of gateways start there.</summary>
public static class SharedImageWorkers
{
    public static ImageWorkers Instance { get; } = new(
        Options.Create(new ImagingOptions()), TimeProvider.System, NullLogger<ImageWorkers>.Instance);
}
