namespace TryOn.Silo.Tests.Processes;

/// <summary>The storage of the nodes' membership, reminders and records.</summary>
internal interface IBackend : IDisposable
{
    /// <summary>The settings for every node, as environment variables.</summary>
    IReadOnlyDictionary<string, string> Settings { get; }
}
