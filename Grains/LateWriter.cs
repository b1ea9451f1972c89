using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.Storage;

namespace TryOn.Grains;

/// <summary>
/// Writes for a grain that Orleans has let go of, whose own way to its record is closed: the answer of a paid call that
/// was still under way. The write holds only if the next activation has written nothing.
/// </summary>
internal sealed partial class LateWriter<TState>(
    Grain grain, string recordName, IPersistentState<TState> record, ILogger logger)
    where TState : class, new()
{
    private readonly IGrainStorage _storage =
        grain.GrainContext.ActivationServices.GetRequiredKeyedService<IGrainStorage>(ClusterStorage.Records);

    private readonly IGrainFactory _grains = grain.GrainContext.ActivationServices.GetRequiredService<IGrainFactory>();
    private GrainState<TState>? _state;

    public async Task Write(TState state)
    {
        // Not sooner: a write that was under way when the grain was let go of has changed the ETag since.
        _state ??= new GrainState<TState> { ETag = record.Etag, RecordExists = record.RecordExists };
        _state.State = state;
        await _storage.WriteStateAsync(recordName, grain.GrainContext.GrainId, _state);
        _ = Reload(_grains.GetGrain(grain.GrainContext.GrainId));
    }

    /// <summary>The next activation may have read the record before this write, and be waiting for what was written.</summary>
    private async Task Reload(IAddressable next)
    {
        try
        {
            await next.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
            await next.AsReference<IRemindable>().ReceiveReminder(nameof(Reload), default);
        }
        catch (Exception failure)
        {
            LogNotReloaded(logger, failure);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The next activation did not hear of a late write")]
    private static partial void LogNotReloaded(ILogger logger, Exception failure);
}
