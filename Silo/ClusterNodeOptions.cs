using Microsoft.Extensions.Options;
using TryOn.Core.Keys;

namespace TryOn.Silo;

/// <summary>What all nodes of a cluster share. Section <c>TryOn:Cluster</c>.</summary>
public sealed class ClusterNodeOptions
{
    /// <summary>
    /// The installation's one secret, base64 of 32 bytes or more, the same on every node. Default: none; a development
    /// node then makes one up that ends with it.
    /// </summary>
    public string Secret { get; set; } = "";

    /// <summary>A folder that every node sees, for pictures. Default: <c>data/pictures</c>.</summary>
    public string PictureFolder { get; set; } = "data/pictures";
}

public sealed class ClusterNodeOptionsValidator(IHostEnvironment environment) : IValidateOptions<ClusterNodeOptions>
{
    public ValidateOptionsResult Validate(string? name, ClusterNodeOptions options)
    {
        var builder = new ValidateOptionsResultBuilder();
        var secret = new byte[options.Secret.Length];
        if (options.Secret.Length == 0 && !environment.IsDevelopment())
            builder.AddError("TryOn:Cluster:Secret is not set; make one with 'openssl rand -base64 32' and give it to every node.");
        else if (options.Secret.Length > 0
            && (!Convert.TryFromBase64String(options.Secret, secret, out var length) || length < MasterSecret.LengthMin))
            builder.AddError($"TryOn:Cluster:Secret is not base64 of {MasterSecret.LengthMin} bytes or more.");
        if (string.IsNullOrWhiteSpace(options.PictureFolder))
            builder.AddError("TryOn:Cluster:PictureFolder is empty; name a folder that every node sees.");
        return builder.Build();
    }
}
