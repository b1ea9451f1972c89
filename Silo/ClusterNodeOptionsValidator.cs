using Microsoft.Extensions.Options;
using TryOn.Core.Keys;

namespace TryOn.Silo;

public sealed class ClusterNodeOptionsValidator(Layout layout, IConfiguration configuration)
    : IValidateOptions<ClusterNodeOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterNodeOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        var secret = new byte[options.Secret.Length];
        if (options.Secret.Length == 0 && !layout.SingleProcess)
            builder.AddError(
                "TryOn:Cluster:Secret is not set; make one with 'openssl rand -base64 32' and give it to every node.");
        else if (options.Secret.Length > 0
            && (!Convert.TryFromBase64String(options.Secret, secret, out var length)
                || length < MasterSecret.LengthMin))
            builder.AddError($"TryOn:Cluster:Secret is not base64 of {MasterSecret.LengthMin} bytes or more.");
        if (layout is { Clustered: true, Role: not NodeRole.Api }
            && !configuration.GetSection(ClusterProviders.Records).Exists())
        {
            builder.AddError(
                $"{ClusterProviders.Records} is not set although Orleans:Clustering is; name the storage that all "
                    + "silos share.");
        }

        return builder.Build();
    }
}
