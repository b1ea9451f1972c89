using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;
using Orleans.Serialization.Cloning;
using TryOn.Engine;

namespace TryOn.Grains;

/// <summary>
/// Serializes Core's records in messages as the same JSON that is stored, so that there is one contract of names.
/// Within a silo they are passed by reference, because they are immutable. Exceptions use Orleans' own form whatever
/// their type, because callers distinguish a failed commit from a bug by the type.
/// </summary>
public static class MessageCodec
{
    public static IServiceCollection AddMessageCodec(this IServiceCollection services)
    {
        services.AddSerializer(serializer => serializer.AddJsonSerializer(
            isSerializable: IsMessage, isCopyable: _ => false, options => options.Configure(json =>
                json.SerializerOptions = StateJson.Options)));
        services.AddSingleton<ITypeNameFilter, CallTypeNameFilter>();
        services.AddSingleton<IGeneralizedCopier, SharedRecords>();
        services.Configure<ExceptionSerializationOptions>(
            exceptions => exceptions.SupportedExceptionTypeFilter = _ => true);
        return services;
    }

    private static bool IsMessage(Type type) =>
        type.Namespace is { } name && !type.IsAssignableTo(typeof(Exception))
        && (name.StartsWith("TryOn.Core", StringComparison.Ordinal)
            || name.StartsWith("TryOn.Grains.Interfaces", StringComparison.Ordinal));

    /// <summary>
    /// Allows the type names of generic calls. A call with a generic reply type, as <c>Ask</c>, is sent under a name
    /// that Orleans generates from the call and the reply type, and Orleans refuses such a name unless each part of it
    /// is allowed.
    /// </summary>
    private sealed class CallTypeNameFilter : ITypeNameFilter
    {
        private static readonly string[] AllowedPrefixes =
            ["TryOn.Core.", "TryOn.Grains.Interfaces.", "OrleansCodeGen.TryOn."];

        public bool? IsTypeNameAllowed(string typeName, string assemblyName) =>
            Array.Exists(AllowedPrefixes, name => typeName.StartsWith(name, StringComparison.Ordinal)) ? true : null;
    }

    private sealed class SharedRecords : IGeneralizedCopier
    {
        public bool IsSupportedType(Type type) => IsMessage(type);

        public object? DeepCopy(object? input, CopyContext context) => input;
    }
}
