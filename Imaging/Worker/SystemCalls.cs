using System.Runtime.InteropServices;
using Machine = System.Runtime.InteropServices.Architecture;

namespace TryOn.Imaging.Worker;

/// <summary>
/// Numbers of Linux system calls on one architecture (asm/unistd_64.h and asm-generic/unistd.h), and the seccomp
/// filters that refuse some of them. A list of what is allowed would have to follow the runtime's own calls.
/// </summary>
/// <param name="Architecture">As AUDIT_ARCH_… in linux/audit.h.</param>
/// <param name="Denied">Those that fail with EPERM.</param>
/// <param name="Opening">Those that open a file.</param>
/// <param name="OwnProcess">Those whose first argument must be this process.</param>
/// <param name="CloneCall">Creates a thread or a process, as its first argument says.</param>
/// <param name="PrLimit">Its first argument must be 0, which means this process.</param>
internal sealed record SystemCalls(
    uint Architecture, int Seccomp, int[] Denied, int[] Opening, int[] OwnProcess, int CloneCall, int PrLimit)
{
    private const int Clone3 = 435;

    private const ushort LoadWord = 0x20;           // BPF_LD | BPF_W | BPF_ABS
    private const ushort JumpIfEqual = 0x15;        // BPF_JMP | BPF_JEQ | BPF_K
    private const ushort JumpIfAtLeast = 0x35;      // BPF_JMP | BPF_JGE | BPF_K
    private const ushort JumpIfAnyBit = 0x45;       // BPF_JMP | BPF_JSET | BPF_K
    private const ushort Return = 0x06;             // BPF_RET | BPF_K
    private const uint Allow = 0x7fff0000;          // SECCOMP_RET_ALLOW
    private const uint NotPermitted = 0x00050001;   // SECCOMP_RET_ERRNO | EPERM
    private const uint NotImplemented = 0x00050026; // SECCOMP_RET_ERRNO | ENOSYS
    private const uint NumberOffset = 0;            // struct seccomp_data
    private const uint ArchitectureOffset = 4;
    private const uint FirstArgumentOffset = 16;    // its lower half, as both architectures are little-endian
    private const uint OtherNumbers = 0x40000000;   // the calls of x32, which have the architecture of x64
    private const uint CloneThread = 0x00010000;    // CLONE_THREAD

    /// <summary>Null on an architecture whose numbers are not listed here.</summary>
    public static SystemCalls? Current => RuntimeInformation.ProcessArchitecture switch
    {
        Machine.X64 => new(
            0xC000003E, Seccomp: 317,
            [
                41, 42, 43, 49, 50, 288,            // socket, connect, accept, bind, listen, accept4
                57, 58, 59, 322,                    // fork, vfork, execve, execveat
                62, 200, 129, 297,                  // kill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo
                101, 310, 311,                      // ptrace, process_vm_readv, process_vm_writev
                424, 434, 438,                      // pidfd_send_signal, pidfd_open, pidfd_getfd
                82, 83, 84, 86, 87, 88,             // rename, mkdir, rmdir, link, unlink, symlink
                264, 258, 263, 265, 266, 316,       // renameat, mkdirat, unlinkat, linkat, symlinkat, renameat2
                90, 92, 94, 268, 260, 452,          // chmod, chown, lchown, fchmodat, fchownat, fchmodat2
                132, 235, 261, 280, 188, 189,       // utime, utimes, futimesat, utimensat, setxattr, lsetxattr
                133, 259, 76, 85, 165, 141,         // mknod, mknodat, truncate, creat, mount, setpriority
                29, 240, 319,                       // shmget, mq_open, memfd_create
                298, 321, 323, 425,                 // perf_event_open, bpf, userfaultfd, io_uring_setup
            ],
            Opening: [2, 257, 304, 437],            // open, openat, open_by_handle_at, openat2
            OwnProcess: [234], CloneCall: 56, PrLimit: 302), // tgkill
        Machine.Arm64 => new(
            0xC00000B7, Seccomp: 277,
            [
                198, 203, 202, 200, 201, 242,       // socket, connect, accept, bind, listen, accept4
                221, 281,                           // execve, execveat
                129, 130, 138, 240,                 // kill, tkill, rt_sigqueueinfo, rt_tgsigqueueinfo
                117, 270, 271,                      // ptrace, process_vm_readv, process_vm_writev
                424, 434, 438,                      // pidfd_send_signal, pidfd_open, pidfd_getfd
                38, 34, 35, 37, 36, 276,            // renameat, mkdirat, unlinkat, linkat, symlinkat, renameat2
                53, 54, 452, 88, 5, 6,              // fchmodat, fchownat, fchmodat2, utimensat, setxattr, lsetxattr
                33, 45, 40, 140,                    // mknodat, truncate, mount, setpriority
                194, 180, 279,                      // shmget, mq_open, memfd_create
                241, 280, 282, 425,                 // perf_event_open, bpf, userfaultfd, io_uring_setup
            ],
            Opening: [56, 265, 437],                // openat, open_by_handle_at, openat2
            OwnProcess: [131], CloneCall: 220, PrLimit: 261), // tgkill
        _ => null,
    };

    /// <summary>For the whole life of a worker.</summary>
    public static Instruction[] Refuse(SystemCalls calls) => Program(
        calls,
        [
            .. calls.Denied.SelectMany(number => When(number, new Instruction(Return, 0, 0, NotPermitted))),
            // The C library then falls back to clone, whose flags a filter can see.
            .. When(Clone3, new Instruction(Return, 0, 0, NotImplemented)),
            .. When(
                calls.CloneCall, new(LoadWord, 0, 0, FirstArgumentOffset), new(JumpIfAnyBit, 1, 0, CloneThread),
                new(Return, 0, 0, NotPermitted), new(Return, 0, 0, Allow)),
            .. When(
                calls.PrLimit, new(LoadWord, 0, 0, FirstArgumentOffset), new(JumpIfEqual, 1, 0, 0),
                new(Return, 0, 0, NotPermitted), new(Return, 0, 0, Allow)),
            .. calls.OwnProcess.SelectMany(number => When(
                number, new(LoadWord, 0, 0, FirstArgumentOffset),
                new(JumpIfEqual, 1, 0, (uint)Environment.ProcessId), new(Return, 0, 0, NotPermitted),
                new(Return, 0, 0, Allow))),
        ]);

    /// <summary>Once all code has been loaded.</summary>
    public static Instruction[] RefuseOpening(SystemCalls calls) => Program(
        calls, [.. calls.Opening.SelectMany(number => When(number, new Instruction(Return, 0, 0, NotPermitted)))]);

    private static Instruction[] Program(SystemCalls calls, Instruction[] rules) =>
    [
        new(LoadWord, 0, 0, ArchitectureOffset),
        new(JumpIfEqual, 1, 0, calls.Architecture),
        // The calls of another architecture, such as 32-bit ones, would slip through by their numbers.
        new(Return, 0, 0, NotPermitted),
        new(LoadWord, 0, 0, NumberOffset),
        new(JumpIfAtLeast, 0, 1, OtherNumbers),
        new(Return, 0, 0, NotPermitted),
        .. rules,
        new(Return, 0, 0, Allow),
    ];

    private static Instruction[] When(int number, params Instruction[] then) =>
        [new(JumpIfEqual, 0, (byte)then.Length, (uint)number), .. then];

    /// <summary>struct sock_filter.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly record struct Instruction(ushort Code, byte IfTrue, byte IfFalse, uint Value);
}
