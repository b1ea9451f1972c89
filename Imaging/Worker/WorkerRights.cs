using System.Runtime.InteropServices;

namespace TryOn.Imaging.Worker;

/// <summary>
/// Gives up what decoding does not need, so that a file that takes over a decoder gains little. On Linux: no sockets,
/// no new programs or processes, no signals to others, no files, and a limit on memory. Elsewhere only time is limited.
/// </summary>
internal static partial class WorkerRights
{
    private const int NoNewPrivileges = 38;         // prctl(2), PR_SET_NO_NEW_PRIVS
    private const int Data = 2;                     // getrlimit(2), RLIMIT_DATA: private writable memory
    private const int CoreSize = 4;                 // RLIMIT_CORE
    private const int FilterMode = 1;               // seccomp(2), SECCOMP_SET_MODE_FILTER
    private const int AllThreads = 1;               // SECCOMP_FILTER_FLAG_TSYNC

    /// <param name="memoryMax">In bytes; null for no limit.</param>
    /// <returns>False where the system refused, or is not Linux.</returns>
    public static bool Restrict(long? memoryMax)
    {
        if (!OperatingSystem.IsLinux() || SystemCalls.Current is not { } calls)
            return false;
        var limited = Limit(CoreSize, 0) && (memoryMax is not { } bytes || Limit(Data, (nuint)bytes));
        return limited && prctl(NoNewPrivileges, 1, 0, 0, 0) == 0 && Filter(calls, SystemCalls.Refuse(calls));
    }

    /// <summary>
    /// From here on no file can be opened, not even to be read. All code that decoding needs must have run before.
    /// </summary>
    /// <returns>False where the system refused, or is not Linux.</returns>
    public static bool CloseFiles() => OperatingSystem.IsLinux() && SystemCalls.Current is { } calls
        && Filter(calls, SystemCalls.RefuseOpening(calls));

    private static bool Limit(int resource, nuint max)
    {
        var limit = new ResourceLimit(max, max);
        return setrlimit(resource, in limit) == 0;
    }

    private static unsafe bool Filter(SystemCalls calls, SystemCalls.Instruction[] program)
    {
        fixed (SystemCalls.Instruction* first = program)
        {
            var filter = new FilterProgram((ushort)program.Length, first);
            return syscall(calls.Seccomp, FilterMode, AllThreads, &filter) == 0;
        }
    }

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int prctl(int option, nuint one, nuint two, nuint three, nuint four);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int setrlimit(int resource, in ResourceLimit limit);

    [LibraryImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static unsafe partial long syscall(long number, nuint operation, nuint flags, FilterProgram* program);

    [StructLayout(LayoutKind.Sequential)]
    private readonly record struct ResourceLimit(nuint Soft, nuint Hard);

    [StructLayout(LayoutKind.Sequential)]
    private readonly unsafe struct FilterProgram(ushort length, SystemCalls.Instruction* first)
    {
        public readonly ushort Length = length;
        public readonly SystemCalls.Instruction* First = first;
    }
}
