using System.Text;

namespace TryOn.Sandbox.Faults;

public enum FaultAction
{
    /// <summary>Answers with <c>status</c>, <c>body</c> and <c>headers</c>; nothing is accepted.</summary>
    Status,

    /// <summary>Aborts the connection; nothing is accepted. A callback is not posted.</summary>
    DropBefore,

    /// <summary>Accepts, then aborts the connection instead of answering.</summary>
    DropAfter,

    /// <summary>Accepts, then answers <c>delay_ms</c> late. A callback is posted that much later.</summary>
    Delay,

    /// <summary>Accepts, then answers with bytes that are neither JSON nor a picture.</summary>
    Garbage,

    /// <summary>Accepts a submit whose task then fails; <c>body</c> is the reason.</summary>
    FailTask,

    /// <summary>Answers normally, but with the content type text/html.</summary>
    WrongType,

    /// <summary>Accepts, then sends the answer in chunks, with <c>delay_ms</c> before each.</summary>
    SlowBytes,

    /// <summary>Accepts, then sends <c>bytes</c> blanks before the answer.</summary>
    Huge,

    /// <summary>Accepts, announces the full length and aborts the connection half-way through the answer.</summary>
    Truncate,

    /// <summary>
    /// Accepts, then sends the first <c>bytes</c> of the answer as if they were the whole; of a shorter answer, all but
    /// the last byte.
    /// </summary>
    Cut,

    /// <summary>Posts each callback twice.</summary>
    Duplicate,

    /// <summary>Posts a task's callbacks when it has ended, the last one first.</summary>
    Reorder,

    /// <summary>Posts callbacks with a forged address and a signature made with another key.</summary>
    Forge,
}
