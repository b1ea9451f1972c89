using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TryOn.Core.Images;

namespace TryOn.Imaging.Pool;

public static class ImagingRegistration
{
    public static IServiceCollection AddImaging(this IServiceCollection services)
    {
        services.AddOptions<ImagingOptions>().BindConfiguration("TryOn:Imaging").ValidateOnStart();
        services.TryAddSingleton<IValidateOptions<ImagingOptions>, ImagingOptionsValidator>();
        services.TryAddSingleton<IImageCodec, ImageWorkers>();
        return services;
    }
}
