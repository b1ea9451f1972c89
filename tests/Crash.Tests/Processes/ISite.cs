namespace TryOn.Crash.Tests.Processes;

/// <summary>What clients and books must know of the gateway under test, be it one process or many.</summary>
internal interface ISite : IDisposable
{
    /// <summary>Where to send a request; every time another node where there are several.</summary>
    Uri Address { get; }

    /// <summary>Where the pictures lie: a folder a job.</summary>
    string PictureFolder { get; }

    /// <summary>The database that small pictures lie in; null where all are in the folder.</summary>
    string? Database { get; }

    /// <summary>When something was done to the gateway that may have lost it an answer under way.</summary>
    IReadOnlyList<DateTimeOffset> Kills { get; }

    /// <summary>The last lines it wrote.</summary>
    string Output { get; }

    /// <summary>It ended by itself, which it never should.</summary>
    bool Died { get; }
}
