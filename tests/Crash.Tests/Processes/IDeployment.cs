namespace TryOn.Crash.Tests.Processes;

/// <summary>What clients and checks must know of the gateway under test, whether one process or a cluster.</summary>
internal interface IDeployment : IDisposable
{
    /// <summary>Where to send the next request; in a cluster each read returns the next node in turn.</summary>
    Uri Address { get; }

    /// <summary>The folder of the stored pictures, with one folder per job.</summary>
    string PictureFolder { get; }

    /// <summary>The database that holds small pictures; null where all pictures are in the folder.</summary>
    string? Database { get; }

    /// <summary>The times of the disruptions that may have cost the gateway an upstream's answer.</summary>
    IReadOnlyList<DateTimeOffset> Disruptions { get; }

    /// <summary>The last lines of its output.</summary>
    string Output { get; }

    /// <summary>Whether a process has ended although the test did not end it.</summary>
    bool Died { get; }
}
