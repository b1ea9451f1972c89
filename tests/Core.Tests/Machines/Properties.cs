using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace TryOn.Core.Tests.Machines;

/// <summary>
/// Runs a check under many scripts. By default the scripts are always the same, so that only a change of the code can
/// cause a failure. <c>TRYON_TEST_TIMES=n</c> tries n times as many new scripts, to find unknown bugs. A failure is
/// shrunk and prints "Replay directly at failing step with (a,b,size)", which <c>TRYON_TEST_SEED=a,b,size</c> repeats.
/// </summary>
internal static class Properties
{
    private static readonly Replay Known = new(new Rnd(20_260_301), FSharpOption<int>.None);

    private static readonly int? Times =
        int.TryParse(
            Environment.GetEnvironmentVariable("TRYON_TEST_TIMES"), CultureInfo.InvariantCulture, out var times)
            ? times
            : null;

    public static void Hold(Action<Script> check, int tests, int choicesMax)
    {
        var generator =
            from length in Gen.Choose(0, choicesMax)
            from choices in Gen.Choose(0, 1 << 20).ArrayOf(length)
            select choices;
        var scripts = Arb.From(generator, ArbMap.Default.ArbFor<int[]>().Shrinker);
        var config = Config.QuickThrowOnFailure.WithMaxTest(tests * (Times ?? 1)).WithQuietOnSuccess(true)
            .WithReplay(Replay());
        Check.One(config, Prop.ForAll(scripts, choices => check(new Script(choices))));
    }

    private static FSharpOption<Replay>? Replay()
    {
        if (Environment.GetEnvironmentVariable("TRYON_TEST_SEED")?.Split(',') is not [var seed, var gamma, var size])
            return Times is null ? Known : FSharpOption<Replay>.None;
        var random = new Rnd(
            ulong.Parse(seed, CultureInfo.InvariantCulture), ulong.Parse(gamma, CultureInfo.InvariantCulture));
        return new Replay(random, FSharpOption<int>.Some(int.Parse(size, CultureInfo.InvariantCulture)));
    }
}
