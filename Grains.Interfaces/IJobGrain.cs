using TryOn.Core.Jobs;

namespace TryOn.Grains.Interfaces;

/// <summary>A job; its key is the job's id.</summary>
public interface IJobGrain : IGrainWithStringKey, IJob;
