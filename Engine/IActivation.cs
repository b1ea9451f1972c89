namespace TryOn.Engine;

/// <summary>What a host does with an activation, whichever machine it runs.</summary>
public interface IActivation
{
    /// <summary>True when nothing is lost by leaving memory.</summary>
    bool Idle { get; }

    /// <summary>Loads the record and takes up whatever should be under way. Called once, before any other call.</summary>
    Task TakeUp();

    /// <summary>The time that was armed has come.</summary>
    Task OnDue();

    /// <summary>The host lets go of it; what is under way may end.</summary>
    void LetGo();
}
