using Microsoft.Extensions.Options;

namespace TryOn.Silo;

/// <summary>How this process is deployed.</summary>
/// <param name="Clustered">Whether <c>Orleans:Clustering</c> is configured.</param>
public sealed record Layout(NodeRole Role, bool Clustered)
{
    /// <summary>
    /// True if this process is the whole gateway: it keeps its records in SQLite, with its pictures and its secret
    /// beside them, and opens no port for other silos.
    /// </summary>
    public bool SingleProcess => Role == NodeRole.Both && !Clustered;

    /// <exception cref="OptionsValidationException">The configured role does not exist.</exception>
    public static Layout FromConfiguration(IConfiguration configuration)
    {
        var role = configuration["role"] ?? nameof(NodeRole.Both);
        return Enum.TryParse<NodeRole>(role, ignoreCase: true, out var parsed) && parsed != NodeRole.None
            ? new Layout(parsed, configuration.GetSection(ClusterProviders.Clustering).Exists())
            : throw new OptionsValidationException(
                "role", typeof(NodeRole), [$"--role is '{role}'; it is silo, api or both."]);
    }
}
