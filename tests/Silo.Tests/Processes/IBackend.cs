namespace TryOn.Silo.Tests.Processes;

/// <summary>What nodes keep their membership, reminders and records in.</summary>
internal interface IBackend : IDisposable
{
    /// <summary>What every node is told of it, in its environment form.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }
}
