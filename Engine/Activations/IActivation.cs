namespace TryOn.Engine.Activations;

/// <summary>The calls that a host makes on an activation, whichever machine it runs.</summary>
public interface IActivation
{
    /// <summary>True if the activation can be unloaded without losing work.</summary>
    bool Idle { get; }

    /// <summary>Loads the record and resumes its pending work. Called once, before any other call.</summary>
    Task Resume();

    /// <summary>Called when the armed time has come.</summary>
    Task OnDue();

    /// <summary>The host unloads the activation. Running effects may finish.</summary>
    void Unload();
}
