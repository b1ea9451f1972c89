namespace TryOn.Sandbox.Wire;

/// <summary>
/// Operations between a gateway and an upstream. An upstream that returns the picture in the answer to a submit has
/// only Submit.
/// </summary>
public enum Operation
{
    Submit,
    Poll,
    Download,

    /// <summary>A poll for many tasks at once. Faults for polls apply to it as well.</summary>
    List,

    /// <summary>A call in the other direction: the upstream reports a change of a task.</summary>
    Callback,

    /// <summary>The keys for verifying callbacks, if an upstream publishes them.</summary>
    Keys,
}
