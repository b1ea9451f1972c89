using TryOn.Core.Pictures;
using TryOn.Simulation.Tests.Hosts;

namespace TryOn.Simulation.Tests.Storage;

/// <summary>
/// The picture store, which also tells the rules which pictures it holds and which it failed to save.
/// </summary>
internal sealed class StoredPictures(World world)
{
    private readonly Dictionary<PictureId, byte[]> _pictures = [];
    private readonly Dictionary<string, int> _failures = [];

    public bool Holds(PictureId id) => _pictures.ContainsKey(id);

    /// <summary>A result that cannot be read back counts as not stored.</summary>
    public byte[]? Read(PictureId id)
    {
        if (!world.Fault(world.Traits.PictureFaults / 4))
            return _pictures.GetValueOrDefault(id);
        Failed(id);
        throw new IOException("The picture could not be read.");
    }

    public void Save(PictureId id, byte[] content)
    {
        if (world.Fault(world.Traits.PictureFaults))
        {
            Failed(id);
            throw new IOException("The picture could not be stored.");
        }

        world.Note("picture", id.JobId, content.Length, id.Name);
        _pictures[id] = content;
    }

    public void Delete(PictureId id) => _pictures.Remove(id);

    public int Failures(string jobId) => _failures.GetValueOrDefault(jobId);

    private void Failed(PictureId id) => _failures[id.JobId] = Failures(id.JobId) + 1;
}

/// <summary>The picture store as one host reaches it.</summary>
internal sealed class HostPictures(World world, Host host) : IPictureStore
{
    public async Task Save(PictureId id, ReadOnlyMemory<byte> content, CancellationToken cancellation)
    {
        await Wait.For(world, host, 1, 30);
        world.Pictures.Save(id, content.ToArray());
    }

    public async Task<byte[]?> Read(PictureId id, CancellationToken cancellation)
    {
        await Wait.For(world, host, 1, 10);
        return world.Pictures.Read(id);
    }

    public async Task Delete(PictureId id, CancellationToken cancellation)
    {
        await Wait.For(world, host, 1, 10);
        world.Pictures.Delete(id);
    }

    public IAsyncEnumerable<StoredPicture> List(CancellationToken cancellation) => throw new NotSupportedException();
}
