using Microsoft.Extensions.Logging.Abstractions;
using TryOn.Core;
using TryOn.Core.Accounts;
using TryOn.Core.Errors;
using TryOn.Core.Jobs;
using TryOn.Core.Keys;
using TryOn.Core.Limits;
using TryOn.Core.Machines;
using TryOn.Engine;
using TryOn.Engine.Accounts;

namespace TryOn.Simulation.Tests.Hosts;

/// <summary>An account's activation whose machine can be another one.</summary>
internal sealed class StandInAccount<TMachine>(
    IActivationHost<AccountState> host, IDirectory directory, IStatementArchive archive)
    : Activation<TMachine, AccountState, AccountCommand, AccountEvent, AccountEffect>(host, NullLogger.Instance), IAccount
    where TMachine : IMachine<AccountState, AccountCommand, AccountEvent, AccountEffect>
{
    public Task<Result<AccountView>> Open(AccountCommand.Open command) => Ask<AccountView>(command);

    public Task<Result<AccountView>> Grant(AccountCommand.Grant command) => Ask<AccountView>(command);

    public Task<Result<AccountKey>> AddKey(AccountCommand.AddKey command) => Ask<AccountKey>(command);

    public Task<Result<ReservationReply>> Reserve(AccountCommand.Reserve command) => Ask<ReservationReply>(command);

    public Task<Result<ReservationReply>> Capture(AccountCommand.Capture command) => Ask<ReservationReply>(command);

    public Task<Result<ReservationReply>> Release(AccountCommand.Release command) => Ask<ReservationReply>(command);

    public Task<Result<AdmittedKey>> Authenticate(string keyHash, RouteClass route, KeyScopes needed) =>
        throw new NotSupportedException();

    public Task<Result<AccountView>> Read() => Task.FromResult<Result<AccountView>>(AccountMachine.View(Committed));

    public Task<Result<AccountView>> Adjust(AccountCommand.Adjust command) => throw new NotSupportedException();

    public Task<Result<AccountView>> Freeze(AccountCommand.Freeze command) => throw new NotSupportedException();

    public Task<Result<AccountView>> Unfreeze(AccountCommand.Unfreeze command) => throw new NotSupportedException();

    public Task<Result<AccountKey>> UpdateKey(AccountCommand.UpdateKey command) => throw new NotSupportedException();

    public Task<Result<AccountKey>> RotateKey(AccountCommand.RotateKey command) => throw new NotSupportedException();

    public Task<Result<AccountKey>> RemoveKey(AccountCommand.RemoveKey command) => throw new NotSupportedException();

    public Task<Result<AccountView>> SetWebhooks(AccountCommand.SetWebhooks command) => throw new NotSupportedException();

    public Task<Result<AccountKeys>> Keys() => throw new NotSupportedException();

    public Task<Result<StatementPage>> Statement(long after, int limit) => throw new NotSupportedException();

    protected override async Task Perform(AccountEffect effect)
    {
        if (effect is AccountEffect.ArchivePages pages)
        {
            const int size = AccountMachine.PageSize;
            var count = pages.Entries.Count / size;
            for (var page = 0; page < count; page++)
                await archive.Save(State.Id, pages.First + page, pages.Entries.GetRange(page * size, size));
            await Ask<object>(new AccountCommand.ArchiveStored(pages.First, count));
        }

        if (effect is not AccountEffect.DriveJob { Reservation: var reservation })
            return;
        var verdict = await directory.Job(reservation.JobId).Ask(new JobCommand.Judge(reservation.JobId, reservation.At));
        if (verdict.Value is { Settlement: Settlement.Captured } owed)
            await Ask<object>(new AccountCommand.Capture(reservation.JobId, owed.Credits, owed.Model, reservation.At));
        if (verdict.Value?.Settlement == Settlement.Released)
            await Ask<object>(new AccountCommand.Release(reservation.JobId, "job ended without a picture", reservation.At));
    }
}
