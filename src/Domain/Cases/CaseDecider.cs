using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>What a decision needs to know from outside the case.</summary>
/// <param name="Permissions">What the posts of the one who acts permit where the case is.</param>
/// <param name="Recipients">For a report or a transfer: who it will be offered to.</param>
/// <param name="Number">For a report: its register number.</param>
public readonly record struct Circumstances(
    PermissionSet Permissions, ImmutableArray<PersonId> Recipients = default, string Number = "", bool Confidential = false, bool ToIsKnown = true);

/// <summary>Events, or the code of a refusal. Neither: the operation was done before.</summary>
public readonly record struct Decision(ImmutableArray<CaseEvent> Events, string? Rejection)
{
    public static Decision Accept(params ImmutableArray<CaseEvent> events) => new(events, null);
    public static Decision Reject(string code) => new([], code);
}

/// <summary>The rules of a case's life. Who may do what: docs/cases.md.</summary>
public static class CaseDecider
{
    /// <summary>Far more than any real case has; a program that runs wild must not make a case that nobody can open.</summary>
    public const int MostSteps = 1000;

    public static Decision Decide(CaseState state, CaseCommand command, Circumstances circumstances)
    {
        foreach (var done in state.Operations)
            if (OperationIds.HaveOneKey(done, command.Operation)) return done == command.Operation ? Decision.Accept() : Decision.Reject(KeyReused);

        var step = StepOf(command);
        if (command is ReportCase report) return Report(state, report, circumstances);
        if (state.Case is not { } view || !MaySee(view, command.By, circumstances.Permissions)) return Decision.Reject(NotFound);
        // Who lost a race is told so, though the version they saw is of course an older one.
        if (Refusal(view, step, command.By, circumstances.Permissions) is { } refusal) return Decision.Reject(refusal);
        if (command is CommentOnCase or RecordProgress && view.Version >= MostSteps) return Decision.Reject(TooManySteps);
        if (command.IfVersion is { } seen && seen != view.Version) return Decision.Reject(StaleVersion);

        return command switch
        {
            ClaimCase => Decision.Accept(new CaseClaimed()),
            ReleaseCase c => Decision.Accept(new CaseReleased(c.Reason)),
            HandOverCase c => HandOver(view, c, circumstances),
            ArriveOnSite => view.Status == CaseStatus.OnSite ? Decision.Accept() : Decision.Accept(new CaseReachedOnSite()),
            RecordProgress c => Decision.Accept(new CaseProgressed(c.Text, c.Photos)),
            ResolveCase c => Decision.Accept(new CaseResolved(c.Text, c.Photos)),
            ExplainCase c => Decision.Accept(new CaseExplained(c.Text)),
            TransferCase c => Decision.Accept(new CaseTransferred(c.Department, c.Reason, circumstances.Recipients)),
            CommentOnCase c => Decision.Accept(new CaseCommented(c.Text)),
            CloseCase c => Decision.Accept(new CaseClosed(view.Reporter == c.By ? c.Rating : null, c.Text)),
            ReopenCase c => Decision.Accept(new CaseReopened(c.Reason)),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    /// <summary>The steps somebody could take now: what a page offers is what would be accepted.</summary>
    public static CaseSteps Allowed(CaseView view, PersonId person, PermissionSet permissions)
    {
        var steps = CaseSteps.None;
        for (var step = CaseStep.Claimed; step <= CaseStep.Reopened; step++)
            if (Refusal(view, step, person, permissions) is null) steps |= (CaseSteps)(1 << (int)step);
        // Somebody who is there already, or has it already, is offered the next step instead.
        if (view.Status == CaseStatus.OnSite) steps &= ~CaseSteps.OnSite;
        if (view.Claimant == person) steps &= ~CaseSteps.Claimed;
        return steps;
    }

    public static bool MaySee(CaseView view, PersonId person, PermissionSet permissions) => CaseAccess.MaySee(view, person, permissions.Has(Permission.Read));

    static Decision Report(CaseState state, ReportCase command, Circumstances circumstances)
    {
        if (state.Case is not null) return Decision.Reject(KeyReused); // Another report has this id.
        if (!circumstances.Permissions.Has(Permission.Report)) return Decision.Reject(NotYourArea);
        var reported = new CaseReported(
            circumstances.Number, command.Category, command.Area, command.Position, command.Title, command.Detail, command.Photos,
            circumstances.Confidential, circumstances.Recipients);
        return command.Solved is { } solved ? Decision.Accept(reported, new CaseResolved(solved, [])) : Decision.Accept(reported);
    }

    static Decision HandOver(CaseView view, HandOverCase command, Circumstances circumstances)
    {
        if (!circumstances.ToIsKnown) return Decision.Reject(NotFound);
        return view.Claimant == command.To ? Decision.Accept() : Decision.Accept(new CaseHandedOver(command.To, command.Reason));
    }

    /// <returns>Why a person can't take a step now, or null.</returns>
    static string? Refusal(CaseView view, CaseStep step, PersonId by, PermissionSet may) => step switch
    {
        CaseStep.Claimed => Claim(view, by),
        CaseStep.Released => Held(view) ?? (view.Claimant == by || may.Has(Permission.Assign) ? null : NotClaimant),
        CaseStep.HandedOver => view.Status is CaseStatus.Offered or CaseStatus.Claimed or CaseStatus.OnSite
            ? view.Claimant == by || may.Has(Permission.Assign) ? null : NotClaimant
            : WrongStatus,
        CaseStep.OnSite or CaseStep.Progressed or CaseStep.Resolved or CaseStep.Explained => Held(view) ?? (view.Claimant == by ? null : NotClaimant),
        CaseStep.Transferred => view.Status is CaseStatus.Offered or CaseStatus.Claimed or CaseStatus.OnSite
            ? view.Claimant == by || may.Has(Permission.Transfer) ? null : NotPermitted
            : WrongStatus,
        CaseStep.Commented => null,
        CaseStep.Closed => view.Status is CaseStatus.Resolved or CaseStatus.Explained
            ? view.Reporter == by || may.Has(Permission.Close) ? null : NotPermitted
            : WrongStatus,
        CaseStep.Reopened => view.Status is CaseStatus.Closed or CaseStatus.Resolved or CaseStatus.Explained
            ? view.Reporter == by || may.Has(Permission.Reopen) ? null : NotPermitted
            : WrongStatus,
        _ => NotPermitted,
    };

    static string? Claim(CaseView view, PersonId by)
    {
        if (!view.OfferedTo.Contains(by)) return NotRecipient;
        if (view.Status == CaseStatus.Offered) return null;
        return view.Status == CaseStatus.Closed ? WrongStatus : AlreadyClaimed;
    }

    static string? Held(CaseView view) => view.Status is CaseStatus.Claimed or CaseStatus.OnSite ? null : WrongStatus;

    static CaseStep StepOf(CaseCommand command) => command switch
    {
        ReportCase => CaseStep.Reported,
        ClaimCase => CaseStep.Claimed,
        ReleaseCase => CaseStep.Released,
        HandOverCase => CaseStep.HandedOver,
        ArriveOnSite => CaseStep.OnSite,
        RecordProgress => CaseStep.Progressed,
        ResolveCase => CaseStep.Resolved,
        ExplainCase => CaseStep.Explained,
        TransferCase => CaseStep.Transferred,
        CommentOnCase => CaseStep.Commented,
        CloseCase => CaseStep.Closed,
        ReopenCase => CaseStep.Reopened,
        _ => throw new NotSupportedException($"No step is named by {command.GetType().Name}."),
    };
}
