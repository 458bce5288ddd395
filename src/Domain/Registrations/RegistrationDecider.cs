using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Registrations;
using GridActors.Domain.Households;

namespace GridActors.Domain.Registrations;

/// <summary>What the decision about an application needs from outside.</summary>
/// <param name="MayEdit">Whether the person may change households where it is.</param>
public sealed record RegistrationContext(bool MayEdit);

/// <summary>An event, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct RegistrationOutcome(RegistrationEvent? Event, string? Rejection)
{
    public static RegistrationOutcome Accept(RegistrationEvent? e = null) => new(e, null);

    public static RegistrationOutcome Reject(string code) => new(null, code);
}

/// <summary>
/// The rules of an application (docs/registrations.md): it is decided once, by somebody who may edit households there, and what it says is
/// destroyed when the pack's term is over.
/// </summary>
public static class RegistrationDecider
{
    /// <summary>More than any household has.</summary>
    public const int MaxResidents = 20;

    /// <param name="state">Null for an application that isn't there yet.</param>
    /// <param name="id">The application's.</param>
    public static RegistrationOutcome Decide(RegistrationState? state, Guid id, RegistrationCommand command, RegistrationContext context)
    {
        foreach (var earlier in state?.Operations ?? [])
        {
            if (earlier == command.Operation)
                return RegistrationOutcome.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return RegistrationOutcome.Reject(CaseRejections.KeyReused);
        }
        if (state is null)
            return command is SubmitRegistration submit ? Begin(id, submit) : RegistrationOutcome.Reject(CaseRejections.NotFound);
        if (state.HasUnknown)
            return RegistrationOutcome.Reject(CaseRejections.NewerVersion);
        if (command is EraseRegistration)
            return RegistrationOutcome.Accept(state.View.Status == RegistrationStatus.Erased ? null : new RegistrationErased());
        if (!context.MayEdit)
            return RegistrationOutcome.Reject(CaseRejections.NotFound);
        if (!state.View.IsWaiting)
            return RegistrationOutcome.Reject(RegistrationRejections.Decided);
        return command switch
        {
            ConfirmRegistration confirm => RegistrationOutcome.Accept(new RegistrationConfirmed(confirm.Household)),
            DeclineRegistration decline => RegistrationOutcome.Accept(new RegistrationDeclined(Facts.OfText(id, decline.Reason))),
            // It is there: the id was taken.
            SubmitRegistration => RegistrationOutcome.Reject(CaseRejections.KeyReused),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    static RegistrationOutcome Begin(Guid id, SubmitRegistration command)
    {
        if (command.Residents.Count(r => r.Relation == ResidentView.Head) != 1)
            return RegistrationOutcome.Reject(HouseholdRejections.TwoHeads);
        if (command.Residents.Length > MaxResidents)
            return RegistrationOutcome.Reject(HouseholdRejections.TooManyResidents);
        if (command.Residents.All(r => r.Id != command.Representative))
            return RegistrationOutcome.Reject(HouseholdRejections.NotAResident);
        return RegistrationOutcome.Accept(
            new RegistrationSubmitted(
                command.Area,
                command.Consent,
                Facts.Of(id, command.Fields),
                // The residents aren't registered yet: everything is the application's own until a worker takes it.
                [.. command.Residents.Select(r => ResidentEntry.Of(r) with { Facts = Facts.Of(id, r.Fields) })],
                command.Representative
            )
        );
    }
}
