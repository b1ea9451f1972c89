using TryOn.Core.Jobs;
using TryOn.Core.Tests.Machines;
using Xunit.Sdk;

namespace TryOn.Core.Tests.Jobs;

public sealed class JobPropertyTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Job_WhateverHappens_EndsOnceAndIsChargedOnce(bool tells) => Properties.Hold(
        script => Run(new JobWorld(script, tells), () => !script.Done), tests: 4000, choicesMax: 160);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Job_UndisturbedByAnything_IsChargedForItsPicture(bool tells)
    {
        var world = new JobWorld(new Script([]), tells);

        Run(world, goOn: () => false);

        Assert.Equal(JobStatus.Succeeded, world.State.Status);
        Assert.Equal(1, world.State.Attempt?.Number);
        Assert.Equal(JobFixture.Spec.Credits, world.Account.Captured);
        Assert.True(world.State.EndedAt < JobFixture.At(5));
    }

    private static void Run(JobWorld world, Func<bool> goOn)
    {
        try
        {
            world.Begin();
            while (goOn())
                world.Step();
            world.Finish();
        }
        catch (Exception failure)
        {
            throw new XunitException($"{failure.Message}\n{world.Trace}", failure);
        }
    }
}
