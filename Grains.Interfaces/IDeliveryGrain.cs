using TryOn.Core.Webhooks;

namespace TryOn.Grains.Interfaces;

/// <summary>The delivery of a job's webhook; its key is the job's id.</summary>
public interface IDeliveryGrain : IGrainWithStringKey, IDelivery;
