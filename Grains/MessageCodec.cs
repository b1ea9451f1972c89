using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using TryOn.Engine;

namespace TryOn.Grains;

/// <summary>
/// How the plain records of Core travel: as the same JSON that records are stored as, so that one set of names is the
/// contract. Within a silo they are handed over as they are, since nothing in them can change. An exception travels as
/// Orleans writes it, whatever its type: callers tell a failed commit from a bug by it.
/// </summary>
public static class MessageCodec
{
    public static IServiceCollection AddMessageCodec(this IServiceCollection services)
    {
        services.AddSerializer(serializer => serializer.AddJsonSerializer(
            isSerializable: IsMessage, isCopyable: _ => false, options => options.Configure(json =>
                json.SerializerOptions = StateJson.Options)));
        services.AddSingleton<ITypeNameFilter, CallNames>();
        services.AddSingleton<IGeneralizedCopier, SharedRecords>();
        services.Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedExceptionTypeFilter = _ => true);
        return services;
    }

    private static bool IsMessage(Type type) =>
        type.Namespace is { } name && !type.IsAssignableTo(typeof(Exception))
        && (name.StartsWith("TryOn.Core", StringComparison.Ordinal)
            || name.StartsWith("TryOn.Grains.Interfaces", StringComparison.Ordinal));

    /// <summary>
    /// A call that leaves the type of its reply open, as <c>Ask</c> does, travels under a name that Orleans generated
    /// for the call and completed with the reply's. Orleans refuses such a name unless each of its parts is allowed by
    /// name.
    /// </summary>
    private sealed class CallNames : ITypeNameFilter
    {
        private static readonly string[] Ours = ["TryOn.Core.", "TryOn.Grains.Interfaces.", "OrleansCodeGen.TryOn."];

        public bool? IsTypeNameAllowed(string typeName, string assemblyName) =>
            Array.Exists(Ours, name => typeName.StartsWith(name, StringComparison.Ordinal)) ? true : null;
    }

    private sealed class SharedRecords : IGeneralizedCopier
    {
        public bool IsSupportedType(Type type) => IsMessage(type);

        public object? DeepCopy(object? input, CopyContext context) => input;
    }
}
