using TryOn.Api.History;
using TryOn.Core.Jobs;

namespace TryOn.Api.Tests.History;

public sealed class GenerationTests
{
    [Fact]
    public void Reservation_OfALateRepeat_IsNoSecondGeneration()
    {
        var paper = new PaperStatement().Grant(5).Reserve("job", 1).Capture("job", 2).Reserve("job", 3)
            .Release("job", 4);
        var job = JobMachine.View(new JobState
        {
            Id = "job", Status = JobStatus.Succeeded, EndedAt = PaperStatement.Start.AddHours(2),
        });
        var all = new GenerationFilter(Period.All, null, null, null, null);

        var listed = paper.Entries.Where(all.Matches).Select(entry => new Generation(entry, job)).Where(all.Matches);

        Assert.Equal(2, Assert.Single(listed).Reserve.Sequence);
    }

    [Fact]
    public void Reservation_WhoseJobNeverStarted_IsListedAsCanceled()
    {
        var reserve = new PaperStatement().Grant(5).Reserve("job", 1).Entries[1];
        var tombstone = JobMachine.Evolve(JobMachine.Initial, new JobEvent.NeverStarted("job", PaperStatement.Start));

        var generation = new Generation(reserve, JobMachine.View(tombstone));

        Assert.Equal(("canceled", 0, false), (generation.Status, generation.Credits, generation.IsRepeat));
    }
}
