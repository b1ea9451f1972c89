using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Core.Internal;
using Orleans.Runtime;
using Orleans.Storage;
using TryOn.Grains.Storage;

namespace TryOn.Grains.Machines;

/// <summary>
/// Writes the record of a grain that Orleans has deactivated and that can no longer write it itself: the answer of a
/// paid call that was still running. The write succeeds only if the next activation has not written.
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
        // Read only now, because a write that was running at the deactivation has changed the ETag since.
        _state ??= new GrainState<TState> { ETag = record.Etag, RecordExists = record.RecordExists };
        _state.State = state;
        await _storage.WriteStateAsync(recordName, grain.GrainContext.GrainId, _state);
        _ = Reload(_grains.GetGrain(grain.GrainContext.GrainId));
    }

    /// <summary>
    /// Reloads the next activation, which may have read the record before this write and be waiting for its content.
    /// </summary>
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

    [LoggerMessage(Level = LogLevel.Warning, Message = "The next activation could not be reloaded after a late write")]
    private static partial void LogNotReloaded(ILogger logger, Exception failure);
}
