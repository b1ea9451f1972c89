using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Keys;
using static TryOn.Core.Tests.Accounts.AccountFixture;
using static TryOn.Core.Tests.Keys.KeyFixture;

namespace TryOn.Core.Tests.Accounts;

public sealed class KeyRulesTests
{
    private static readonly KeyScopes Manager = Scopes.FirstKey;

    [Fact]
    public void Key_WithScopesTheGiverLacks_IsRefused()
    {
        var admin = Key('b') with { Scopes = Scopes.All };

        With(Key('a')).When(Add(admin, by: Manager), At(1)).Refuses(ErrorCode.PermissionDenied);
        With(Key('a')).When(Update('a', new KeyPatch(Scopes: Scopes.All), by: Manager), At(1))
            .Refuses(ErrorCode.PermissionDenied);
        // A rotation issues a secret with all the scopes of the old one.
        With(admin).When(Rotate('b', 'c', 0, by: Manager), At(1)).Refuses(ErrorCode.PermissionDenied);
        Assert.Equal(
            Scopes.All, With(admin).When(Update('b', new KeyPatch("renamed"), by: Manager), At(1)).Find('b').Scopes);
    }

    [Fact]
    public void Key_WithImpossibleSettings_IsRefused()
    {
        foreach (var key in new[]
                 {
                     Key('b', limit: -1), Key('b') with { Scopes = KeyScopes.None },
                     Key('b') with { ExpiresAt = At(1) }, Key('b') with { Name = new string('n', 101) },
                 })
            With(Key('a')).When(Add(key), At(1)).Refuses(ErrorCode.InvalidRequest);
        With(Key('a')).When(Update('a', new KeyPatch(Limit: new Setting<long?>(-1))), At(1))
            .Refuses(ErrorCode.InvalidRequest);
        With(Key('a')).When(Update('a', new KeyPatch(ExpiresAt: new Setting<DateTimeOffset?>(At(1)))), At(1))
            .Refuses(ErrorCode.InvalidRequest);
    }

    [Fact]
    public void Update_OfSomeFields_ChangesNothingElse()
    {
        var before = With(Key('a', limit: 5, LimitReset.Daily) with { ExpiresAt = At(99) })
            .When(Buy('a', "j1", 2), At(1));
        var (named, key) = (new KeyPatch("new"), before.Find('a'));

        Assert.Equal(key with { Name = "new" }, before.When(Update('a', named), At(2)).Find('a'));
        before.When(Update('a', named), At(3)).ChangesNothing();
        var free = new KeyPatch(Limit: new Setting<long?>(null), ExpiresAt: new Setting<DateTimeOffset?>(null));
        Assert.Equal(
            key with { Name = "new", Limit = null, ExpiresAt = null }, before.When(Update('a', free), At(4)).Find('a'));
    }

    [Fact]
    public void Update_OfAnExpiredKey_MayRenameIt() =>
        With(Key('a') with { ExpiresAt = At(1) }).When(Update('a', new KeyPatch("old")), At(2)).Asks();

    [Fact]
    public void Rotation_OfAKey_KeepsTheOldKeyForItsGrace()
    {
        var scenario = With(Key('a') with { Name = "shop", Scopes = Scopes.Default })
            .When(Rotate('a', 'b', 60), At(10));

        Assert.Equal(("shop", Scopes.Default), (scenario.Find('b').Name, scenario.Find('b').Scopes));
        Assert.True(scenario.Admits('a', 69.9) && scenario.Admits('b', 69.9));
        Assert.False(scenario.Admits('a', 70));
        Assert.True(scenario.Admits('b', 70));
    }

    [Fact]
    public void Rotation_OfAKeyThatEndsSooner_DoesNotProlongIt() =>
        Assert.False(With(Key('a') with { ExpiresAt = At(30) }).When(Rotate('a', 'b', 60), At(10)).Admits('a', 30));

    /// <summary>Otherwise each rotation would allow spending the limit once more.</summary>
    [Fact]
    public void Rotation_OfALimitedKey_SharesOneLimit()
    {
        var scenario = With(Key('a', limit: 3)).When(Buy('a', "j1", 2), At(1)).When(Rotate('a', 'b', 60), At(2));

        scenario.When(Buy('b', "j2", 2), At(3)).Refuses(ErrorCode.OutOfCredits);
        scenario.When(Buy('a', "j2", 1), At(3)).Asks();
        scenario.When(Buy('b', "j3", 1), At(3)).Refuses(ErrorCode.OutOfCredits);
        scenario.When(Release("j1"), At(4)).When(Rotate('b', 'c', 60), At(5)).When(Release("j2"), At(6));
        Assert.Equal(0, scenario.Find('c').Spend.Total);
        scenario.When(Buy('a', "j4", 3), At(7)).When(Buy('c', "j5", 1), At(7)).Refuses(ErrorCode.OutOfCredits);
    }

    [Fact]
    public void Rotation_Repeated_LeadsToAKeyThatWorks()
    {
        var scenario = With(Key('a')).When(Rotate('a', 'b', 60), At(1));

        scenario.When(Rotate('a', 'b', 60), At(2)).ChangesNothing();
        scenario.When(Rotate('a', 'c', 60), At(2));

        Assert.All("abc", letter => Assert.True(scenario.Admits(letter, 3)));
        Assert.Equal(
            [scenario.Find('c').Id, scenario.Find('c').Id], "ab".Select(letter => scenario.Find(letter).ReplacedBy));
    }

    [Fact]
    public void Successor_CutOff_CutsOffWhatItReplaced()
    {
        var scenario = With(Key('a')).When(Rotate('a', 'b', 60), At(1));

        Assert.False(scenario.When(Update('b', new KeyPatch(Disabled: true)), At(2)).Admits('a', 3));
        Assert.Equal(0, scenario.When(Remove('b'), At(3)).State.Keys.Count);
    }

    [Fact]
    public void Keys_AHundred_AreEnough()
    {
        var scenario = With([.. Enumerable.Range(0, KeyRing.CountMax - 1).Select(n => Key((char)(500 + n)))]);
        scenario.When(Rotate((char)500, 'b', 5), At(1));

        scenario.When(Add(Key('c')), At(2)).Refuses(ErrorCode.InvalidRequest);
        scenario.When(Add(Key('c')), At(6));
        Assert.Equal((KeyRing.CountMax, null), (scenario.State.Keys.Count, scenario.Find((char)500)));
    }

    [Fact]
    public void Key_ThatIsUnknown_IsNotFound()
    {
        foreach (var command in new[] { Update('z', new KeyPatch("n")), Rotate('z', 'y', 0), Remove('z') })
            With(Key('a')).When(command, At(1)).Refuses(ErrorCode.NotFound);
    }

    [Fact]
    public void Use_OfAKey_IsRecordedOnceAnHour()
    {
        var use = new AccountCommand.UseKey(Hash('a'));

        var scenario = With(Key('a')).When(use, At(10)).Then(new AccountEvent.KeyUsed(Hash('a'), At(10)));
        scenario.When(use, At(3609)).ChangesNothing();
        scenario.When(use, At(3610)).Then(new AccountEvent.KeyUsed(Hash('a'), At(3610)));
        Assert.Equal(At(4000), scenario.When(Buy('a', "j1"), At(4000)).Find('a').UsedAt);
    }
}
