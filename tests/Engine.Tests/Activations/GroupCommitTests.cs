using TryOn.Engine.Activations;

namespace TryOn.Engine.Tests.Activations;

public sealed class GroupCommitTests
{
    [Fact]
    public async Task Callers_WhileAWriteIsUnderWay_ShareTheNext()
    {
        var gate = new TaskCompletionSource();
        var written = new List<string>();
        var commits = new GroupCommit<string>(async state =>
        {
            await gate.Task;
            written.Add(state);
        });

        var first = commits.Commit("a");
        var second = commits.Commit("b");
        var third = commits.Commit("c");
        Assert.Same(second, third);
        Assert.False(first.IsCompleted);
        gate.SetResult();
        await Task.WhenAll(first, second, third);

        Assert.Equal(["a", "c"], written);
        Assert.True(commits.Outstanding.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task CommitTask_OfAnyCaller_WaitsForTheNewestCommit()
    {
        var gate = new TaskCompletionSource();
        var commits = new GroupCommit<string>(_ => gate.Task);
        _ = commits.Commit("a");
        var second = commits.Commit("b");

        Assert.Same(second, commits.Outstanding);
        gate.SetResult();
        await commits.Outstanding;
    }

    [Fact]
    public async Task Commit_WriteFails_FailsQueuedCommits()
    {
        var gate = new TaskCompletionSource();
        var commits = new GroupCommit<string>(_ => gate.Task);
        var first = commits.Commit("a");
        var second = commits.Commit("b");

        gate.SetException(new IOException("disk"));

        await Assert.ThrowsAsync<IOException>(() => first);
        await Assert.ThrowsAsync<IOException>(() => second);
        await Assert.ThrowsAsync<IOException>(() => commits.Outstanding);
    }

    /// <summary>
    /// The owner learns of the failure a turn later. A caller that commits in between must not wait for a write that
    /// never comes.
    /// </summary>
    [Fact]
    public async Task Commit_AfterAFailure_FailsWithoutAWrite()
    {
        var writes = 0;
        var commits = new GroupCommit<string>(_ => Task.FromException(new IOException($"write {++writes}")));
        await Assert.ThrowsAsync<IOException>(() => commits.Commit("a"));
        await Assert.ThrowsAsync<IOException>(() => commits.Commit("b").WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(1, writes);
    }
}
