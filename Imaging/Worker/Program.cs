using Microsoft.Win32.SafeHandles;
using TryOn.Imaging.Codecs;
using TryOn.Imaging.Protocol;
using TryOn.Imaging.Worker;

// The worker process: pictures come in over standard input, one after the other, and go out over standard output. It
// ends when its input does, so it never outlives the gateway.
const int BufferBytes = 64 * 1024;

var restricted = WorkerRights.Restrict(args is [var memoryMax] ? long.Parse(memoryMax, null) : null);
using var input = new FileStream(new SafeFileHandle(0, ownsHandle: false), FileAccess.Read, BufferBytes);
using var output = new FileStream(new SafeFileHandle(1, ownsHandle: false), FileAccess.Write, BufferBytes);
Rehearsal.Run();
WorkerMessages.WriteReady(output, restricted);
WorkerMessages.WriteReady(output, WorkerRights.CloseFiles());
while (WorkerMessages.ReadRequest(input) is { } request)
{
    WorkerMessages.WriteReply(output, ImageOperations.Run(request), request.Content);
    await output.FlushAsync();
}
