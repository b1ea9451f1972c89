using System.Collections.Immutable;
using TryOn.Core.Jobs;
using TryOn.Core.Pictures;
using TryOn.Core.Providers;

namespace TryOn.Engine.Jobs;

/// <summary>The pictures that came with a job's request, in the picture store until the job ends.</summary>
internal sealed class JobInputs(IPictureStore pictures)
{
    /// <summary>Null when one of them is missing.</summary>
    public async Task<Loaded?> Load(JobSpec spec)
    {
        var persons = await Task.WhenAll(spec.Persons.Select(Load));
        var garments = await Task.WhenAll(spec.Garments.Select(Load));
        var mask = spec.Mask is null ? null : await Load(spec.Mask);
        return persons.Concat(garments).Any(picture => picture is null) || mask is null != spec.Mask is null
            ? null
            : new Loaded([.. persons!], [.. garments!], mask);
    }

    private async Task<InputPicture?> Load(JobPicture picture) =>
        await pictures.Read(picture.Picture, CancellationToken.None) is { } content
            ? new InputPicture(content, picture.Format)
            : null;

    public async Task Delete(JobSpec spec)
    {
        JobPicture[] masks = spec.Mask is { } mask ? [mask] : [];
        foreach (var picture in spec.Persons.Concat(spec.Garments).Concat(masks))
            await pictures.Delete(picture.Picture, CancellationToken.None);
    }

    public sealed record Loaded(
        ImmutableArray<InputPicture> Persons, ImmutableArray<InputPicture> Garments, InputPicture? Mask);
}
