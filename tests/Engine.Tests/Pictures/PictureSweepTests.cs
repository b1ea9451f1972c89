using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Pictures;
using TryOn.Core.Webhooks;
using TryOn.Engine.Pictures;

namespace TryOn.Engine.Tests.Pictures;

public sealed class PictureSweepTests
{
    private static readonly RetentionOptions Retention = new();

    private readonly SettableClock _clock = new();
    private readonly World _world = new();

    [Fact]
    public async Task Orphan_OnceOld_IsDeleted()
    {
        _world.Save("job_none", "in-person-0.png", _clock.GetUtcNow());
        var sweep = CreateSut();

        Assert.Equal(0, await sweep.Run(CancellationToken.None));
        _clock.Advance(Retention.OrphanAge);

        Assert.Equal(1, await sweep.Run(CancellationToken.None));
        Assert.Empty(_world.Pictures);
    }

    [Fact]
    public async Task Pictures_OfARunningJob_AreKept()
    {
        _world.Jobs["job"] = View(JobStatus.Waiting);
        _world.Save("job", "in-person-0.png", _clock.GetUtcNow());
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(0, await CreateSut().Run(CancellationToken.None));
    }

    [Fact]
    public async Task Pictures_OfAnEndedJob_AreItsResultUntilItExpires()
    {
        var output = new Output(new PictureId("job", "out-1-0.png"), "image/png", 1, 1, 1, "s");
        _world.Jobs["job"] = View(JobStatus.Succeeded) with { EndedAt = _clock.GetUtcNow(), Outputs = [output] };
        _world.Save("job", "in-person-0.png", _clock.GetUtcNow());
        _world.Save("job", "out-0-0.png", _clock.GetUtcNow());
        _world.Save("job", "out-1-0.png", _clock.GetUtcNow());
        var sweep = CreateSut();

        Assert.Equal(2, await sweep.Run(CancellationToken.None));
        Assert.Equal(output.Picture, Assert.Single(_world.Pictures).Id);
        var reads = _world.Reads;
        Assert.Equal(0, await sweep.Run(CancellationToken.None));
        Assert.Equal(reads, _world.Reads);
        _clock.Advance(Retention.Results);

        Assert.Equal(1, await sweep.Run(CancellationToken.None));
    }

    [Fact]
    public async Task Pictures_OfAFailedJob_AreDeleted()
    {
        _world.Jobs["job"] = View(JobStatus.Failed) with { EndedAt = _clock.GetUtcNow() };
        _world.Save("job", "in-person-0.png", _clock.GetUtcNow());

        Assert.Equal(1, await CreateSut().Run(CancellationToken.None));
    }

    [Fact]
    public async Task Clock_SetFarAhead_DeletesNothingUntilItIsBack()
    {
        SaveResult();
        var sweep = CreateSut();
        _clock.Offset = TimeSpan.FromDays(30);
        for (var run = 0; run < 5; run++, _clock.Advance(Retention.SweepInterval))
            Assert.Equal(0, await sweep.Run(CancellationToken.None));
        _clock.Offset = TimeSpan.Zero;
        _clock.Advance(Retention.Results);

        Assert.Equal(1, await sweep.Run(CancellationToken.None));
    }

    /// <summary>The clock was wrong at the start, or the machine was suspended.</summary>
    [Fact]
    public async Task Clock_SetFarAhead_IsTrustedAfterADay()
    {
        SaveResult();
        var sweep = CreateSut();
        _clock.Offset = TimeSpan.FromDays(30);
        Assert.Equal(0, await sweep.Run(CancellationToken.None));
        _clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(1, await sweep.Run(CancellationToken.None));
    }

    [Fact]
    public async Task Picture_DeletedElsewhere_IsForgotten()
    {
        var output = SaveResult();
        var sweep = CreateSut();
        await sweep.Run(CancellationToken.None);
        await _world.Delete(output.Picture, CancellationToken.None);
        await sweep.Run(CancellationToken.None);
        var reads = _world.Reads;

        _world.Save("job", "out-1-0.png", _clock.GetUtcNow());
        await sweep.Run(CancellationToken.None);

        Assert.Equal(reads + 1, _world.Reads);
    }

    private Output SaveResult()
    {
        var output = new Output(new PictureId("job", "out-1-0.png"), "image/png", 1, 1, 1, "s");
        _world.Jobs["job"] = View(JobStatus.Succeeded) with { EndedAt = _clock.GetUtcNow(), Outputs = [output] };
        _world.Save("job", "out-1-0.png", _clock.GetUtcNow());
        return output;
    }

    private PictureSweep CreateSut() =>
        new(_world, _world, Options.Create(Retention), _clock, NullLogger<PictureSweep>.Instance);

    private static JobView View(JobStatus status) => new(
        "job", "a", AccountMode.Test, "m", status, 1, 1, default, StartedAt: null, EndedAt: null, [], Error: null, "f",
        NeverStarted: false);

    private sealed class World : IPictureStore, IDirectory
    {
        public Dictionary<string, JobView> Jobs { get; } = [];

        public ImmutableList<StoredPicture> Pictures { get; private set; } = [];

        public int Reads { get; private set; }

        public void Save(string jobId, string name, DateTimeOffset at) =>
            Pictures = Pictures.Add(new StoredPicture(new PictureId(jobId, name), at));

        public Task Delete(PictureId id, CancellationToken cancellation)
        {
            Pictures = Pictures.RemoveAll(stored => stored.Id == id);
            return Task.CompletedTask;
        }

        public async IAsyncEnumerable<StoredPicture> List(
            [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
        {
            await Task.Yield();
            foreach (var picture in Pictures)
                yield return picture;
        }

        public IJob Job(string id)
        {
            Reads++;
            return new FixedJob(Jobs.GetValueOrDefault(id));
        }

        public IDelivery Delivery(string id) => throw new NotSupportedException();

        public IAccount Account(string id) => throw new NotSupportedException();

        public IAsyncEnumerable<string> AccountIds(CancellationToken cancellation) => throw new NotSupportedException();

        public Task Save(PictureId id, ReadOnlyMemory<byte> content, CancellationToken cancellation) =>
            throw new NotSupportedException();

        public Task<byte[]?> Read(PictureId id, CancellationToken cancellation) => throw new NotSupportedException();
    }

    private sealed class FixedJob(JobView? view) : IJob
    {
        public Task<Result<JobView>> Read() =>
            Task.FromResult(view is null ? Error.NoSuchJob : (Result<JobView>)view);

        public Task<Result<TReply>> Ask<TReply>(JobCommand<TReply> command)
            where TReply : class => throw new NotSupportedException();
    }
}
