using TryOn.Engine.Egress;

namespace TryOn.Engine.Tests.Egress;

public sealed class CappedBodyTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(65_536)]
    [InlineData(65_537)]
    [InlineData(300_000)]
    public async Task Read_UpToTheCap_ReturnsAll(int length)
    {
        var content = Enumerable.Range(0, length).Select(i => (byte)(i % 251)).ToArray();

        Assert.Equal(content, await CappedBody.Read(new MemoryStream(content), length, default));
        Assert.Equal(content, await CappedBody.Read(new MemoryStream(content), length + 1, default));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_537)]
    [InlineData(300_000)]
    public async Task Read_OneByteTooMany_ReturnsNull(int length) =>
        Assert.Null(await CappedBody.Read(new MemoryStream(new byte[length]), length - 1, default));

    [Fact]
    public async Task Read_EndlessStream_PullsLittleMoreThanTheCap()
    {
        var endless = new EndlessStream();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Null(await CappedBody.Read(endless, 1 << 20, default));

        // All reads complete synchronously, so the whole call ran on this thread.
        Assert.InRange(endless.BytesRead, 1 << 20, 2 << 20);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 5 << 20);
    }

    private sealed class EndlessStream : MemoryStream
    {
        public long BytesRead { get; private set; }

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            BytesRead += buffer.Length;
            return new(buffer.Length);
        }
    }
}
