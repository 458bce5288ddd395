using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>The rules of a report, with which a case begins.</summary>
static class ReportDecider
{
    public static Decision Report(CaseView? existing, ReportCase command, DecisionContext context)
    {
        if (existing is not null)
            return Decision.Reject(KeyReused); // The id follows from the key, and another report used it.
        if (!context.Permissions.Has(Permission.Report))
            return Decision.Reject(NotYourArea);
        if (command.Solved is not null && MediationTerms.Complaint(command.Mediation, context.Mediation) is { } complaint)
            return Decision.Reject(complaint);

        var reported = new CaseReported(
            context.Number,
            command.Category,
            command.Area,
            command.Position,
            command.Title,
            command.Detail,
            command.Photos,
            context.Confidential,
            context.Recipients
        )
        {
            Plan = context.Plan,
            Household = command.Household,
        };
        return command.Solved is { } solved
            ? Decision.Accept(reported, MediationTerms.Solution(solved, [], command.Mediation, context.Mediation))
            : Decision.Accept(reported);
    }
}
