using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>
/// The rules of a case's life: who may take a step, from which status, and which event follows (docs/cases.md). Each command has one
/// method, here or in the decider of its subject, which <c>Take</c> names.
/// </summary>
public static class CaseDecider
{
    /// <summary>
    /// Far more events than any real case has. The limit keeps a faulty program from making a case too long to open: a full case takes only
    /// steps that bring it to its end, and each of them once. The reoffers of a changed pack don't count, because nobody can repeat them.
    /// </summary>
    public const int MaxSteps = 1000;

    /// <summary>
    /// Further events for releases and handovers by posts that may assign. Otherwise somebody could fill a case's history, claim it, and
    /// keep it.
    /// </summary>
    public const int ReservedForAssigners = 100;

    /// <summary>One command of every step that can follow a report, used to find out which of them would be accepted.</summary>
    static readonly ImmutableArray<CaseCommand> Steps =
    [
        new ClaimCase { By = default },
        new ReleaseCase { By = default, Reason = "" },
        new HandOverCase
        {
            By = default,
            To = default,
            Reason = "",
        },
        new ArriveOnSite { By = default },
        new RecordProgress { By = default, Text = "" },
        new ResolveCase { By = default, Text = "" },
        new ExplainCase { By = default, Text = "" },
        new TransferCase
        {
            By = default,
            Department = "",
            Reason = "",
        },
        new CommentOnCase { By = default, Text = "" },
        new CloseCase { By = default },
        new ReopenCase { By = default, Reason = "" },
        new ReturnCase { By = default, Reason = "" },
        new AskForPause { By = default, Reason = "" },
        new AskForExtension
        {
            By = default,
            Term = "",
            Reason = "",
        },
        new GrantTime { By = default },
        new RefuseTime { By = default, Reason = "" },
        new ResumeCase { By = default },
    ];

    public static Decision Decide(CaseState state, CaseCommand command, DecisionContext context)
    {
        foreach (var earlier in state.Operations)
        {
            if (earlier == command.Operation)
                return Decision.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return Decision.Reject(KeyReused);
        }
        if (command is ReportCase report)
            return ReportDecider.Report(state.Case, report, context);
        if (state.Case is not { } view || (command is not IServiceCommand && !MaySee(view, command.By, context.Permissions)))
            return Decision.Reject(NotFound);
        if (state.HasUnknown)
            return Decision.Reject(NewerVersion);
        if (command is JoinDuplicate join)
            return MergeDecider.Join(view, join);
        if (command is AddLink link)
            return LinkDecider.Add(view, link);
        if (command is FollowMain follow)
            return MergeDecider.Follow(view, follow);
        if (command is ReofferCase)
            return TimeRequestDecider.EndPause(view, Reoffer(view, context));
        if (command is ReplanCase)
            return context.IsOutdated ? Decision.Accept(new CaseReplanned()) : Decision.Accept();
        if (command is FireClock fire)
            return TimeRequestDecider.EndPause(view, Fire(view, fire, context));

        var decision = TimeRequestDecider.EndPause(view, Take(view, command, context with { Plan = state.Plan }));
        // The rule comes before If-Match: a lost claim is answered 409 with the winner, and not 412 because the winner's claim made a newer
        // version.
        var isStale = command.IfVersion is { } seen && seen != view.Version;
        return isStale && decision.Rejection is null ? Decision.Reject(StaleVersion) : decision;
    }

    /// <summary>
    /// The steps that somebody may take now. The rules themselves decide, so a page offers exactly what would be accepted.
    /// </summary>
    /// <param name="plan">What the case was promised.</param>
    /// <param name="mayApprove">Whether the person may approve what the claimant asks for.</param>
    /// <param name="pack">The case's pack, which says what the category allows.</param>
    /// <param name="at">Now.</param>
    /// <param name="actsForClaimant">Whether the person is the deputy of a claimant who is on leave.</param>
    public static CaseSteps Allowed(
        CaseView view,
        PersonId person,
        PermissionSet permissions,
        CasePlan? plan = null,
        bool mayApprove = false,
        LoadedPack? pack = null,
        DateTimeOffset at = default,
        bool actsForClaimant = false
    )
    {
        var allowed = CaseSteps.None;
        var category = pack?.CategoryOf(view.Category);
        var context = new DecisionContext(
            permissions,
            Plan: plan,
            MayApprove: mayApprove,
            ActsForClaimant: actsForClaimant,
            ClosedByAnother: category?.ClosedByAnother == true,
            MaxReturns: pack?.MaxReturnsOf(category) ?? 0,
            ExplanationIsFinal: category?.ExplanationIsFinal == true,
            At: at,
            ReopenUntil: pack?.ReopenUntil(view.Category, view.ClosedAt)
        );
        foreach (var step in Steps)
        {
            var decision = Take(view, step with { By = person }, context);
            if (decision.Events is [.., var e])
                allowed |= (CaseSteps)(1 << (int)e.Step);
        }
        return allowed
            | LadderDecider.Allowed(view, person, permissions, pack, at)
            | SupervisionDecider.Allowed(view, person, permissions)
            | ForwardDecider.Allowed(view, person, permissions, pack)
            | CaseConsultationDecider.Allowed(view, permissions, pack)
            | LedgerDecider.Allowed(view, person, permissions, pack)
            | MergeDecider.Allowed(view, permissions)
            | LinkDecider.Allowed(view, person, permissions);
    }

    public static bool MaySee(CaseView view, PersonId person, PermissionSet permissions) =>
        CaseAccess.MaySee(view, person, permissions.Has(Permission.Read));

    static Decision Take(CaseView view, CaseCommand command, DecisionContext context) =>
        command switch
        {
            ClaimCase claim => Claim(view, claim),
            ReleaseCase release => Release(view, release, context),
            HandOverCase handOver => HandOver(view, handOver, context),
            ArriveOnSite arrive => Arrive(view, arrive),
            RecordProgress progress => Progress(view, progress),
            ResolveCase resolve => Resolve(view, resolve, context),
            ExplainCase explain => Explain(view, explain),
            TransferCase transfer => Transfer(view, transfer, context),
            CommentOnCase comment => Comment(view, comment),
            CloseCase close => Close(view, close, context),
            ReopenCase reopen => Reopen(view, reopen, context),
            MergeCase merge => MergeDecider.Merge(view, merge, context),
            LinkCase link => LinkDecider.Link(view, link, context),
            ReturnCase back => ReturnDecider.Return(view, back, context),
            AskForPause ask => TimeRequestDecider.AskForPause(view, ask, context),
            AskForExtension ask => TimeRequestDecider.AskForExtension(view, ask, context),
            GrantTime grant => TimeRequestDecider.Grant(view, grant, context),
            RefuseTime refuse => TimeRequestDecider.Refuse(view, refuse, context),
            ResumeCase resume => TimeRequestDecider.Resume(view, resume, context),
            EscalateCase escalate => LadderDecider.Escalate(view, escalate, context),
            SendCaseBack sent => LadderDecider.SendBack(view, sent, context),
            SuperviseCase supervise => SupervisionDecider.Supervise(view, supervise, context),
            AnswerSupervision answer => SupervisionDecider.Answer(view, answer),
            ForwardCase forward => ForwardDecider.Forward(view, forward, context),
            RecallCase recall => ForwardDecider.Recall(view, recall, context),
            AnswerForward answer => ForwardDecider.Answer(view, answer),
            CallConsultation call => CaseConsultationDecider.Call(view, call, context),
            RecordOpinion opinion => CaseConsultationDecider.Record(view, opinion),
            RecordConsultationDecision decided => CaseConsultationDecider.Record(view, decided),
            TableCase table => LedgerDecider.Table(view, table, context),
            RecordMeetingDecision decided => LedgerDecider.Record(view, decided),
            FinishTask finish => TaskDecider.Finish(view, finish, context),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };

    static Decision Claim(CaseView view, ClaimCase command)
    {
        if (!view.OfferedTo.Contains(command.By))
            return Decision.Reject(NotRecipient);
        if (view.IsOver)
            return Decision.Reject(WrongStatus);
        if (view.Status != CaseStatus.Offered)
            return Decision.Reject(AlreadyClaimed);
        return Decision.Accept(new CaseClaimed());
    }

    static Decision Release(CaseView view, ReleaseCase command, DecisionContext context)
    {
        if (view.Status is not (CaseStatus.Claimed or CaseStatus.OnSite))
            return Decision.Reject(WrongStatus);
        if (view.Claimant != command.By && !context.ActsForClaimant && !context.Permissions.Has(Permission.Assign))
            return Decision.Reject(NotClaimant);
        if (IsFullForAssigner(view, context))
            return Decision.Reject(TooManySteps);
        return AcceptWithRecipients(view, context, new CaseReleased(command.Reason));
    }

    static Decision HandOver(CaseView view, HandOverCase command, DecisionContext context)
    {
        if (view.Status is not (CaseStatus.Offered or CaseStatus.Claimed or CaseStatus.OnSite))
            return Decision.Reject(WrongStatus);
        if (view.Claimant != command.By && !context.ActsForClaimant && !context.Permissions.Has(Permission.Assign))
            return Decision.Reject(NotClaimant);
        if (!context.RecipientExists)
            return Decision.Reject(NotFound);
        if (!context.IsEntitled)
            return Decision.Reject(RecipientNotEntitled);
        if (view.Claimant == command.To)
            return Decision.Accept();
        if (IsFullForAssigner(view, context))
            return Decision.Reject(TooManySteps);
        return Decision.Accept(new CaseHandedOver(command.To, command.Reason));
    }

    static Decision Arrive(CaseView view, ArriveOnSite command)
    {
        if (RequireClaimed(view, command.By) is { } code)
            return Decision.Reject(code);
        if (view.Status == CaseStatus.OnSite)
            return Decision.Accept();
        return Decision.Accept(new CaseReachedOnSite());
    }

    static Decision Progress(CaseView view, RecordProgress command)
    {
        if (RequireClaimed(view, command.By) is { } code)
            return Decision.Reject(code);
        if (IsFull(view))
            return Decision.Reject(TooManySteps);
        return Decision.Accept(new CaseProgressed(command.Text, command.Photos));
    }

    static Decision Resolve(CaseView view, ResolveCase command, DecisionContext context)
    {
        if (RequireClaimed(view, command.By) is { } code)
            return Decision.Reject(code);
        if (MediationTerms.Complaint(command.Mediation, context.Mediation) is { } complaint)
            return Decision.Reject(complaint);
        return Decision.Accept(MediationTerms.Solution(command.Text, command.Photos, command.Mediation, context.Mediation));
    }

    static Decision Explain(CaseView view, ExplainCase command)
    {
        if (RequireClaimed(view, command.By) is { } code)
            return Decision.Reject(code);
        return Decision.Accept(new CaseExplained(command.Text));
    }

    static Decision Transfer(CaseView view, TransferCase command, DecisionContext context)
    {
        if (view.Status is not (CaseStatus.Offered or CaseStatus.Claimed or CaseStatus.OnSite))
            return Decision.Reject(WrongStatus);
        if (view.Claimant != command.By && !context.Permissions.Has(Permission.Transfer))
            return Decision.Reject(NotPermitted);
        if (!context.IsEntitled)
            return Decision.Reject(RecipientNotEntitled);
        if (IsFull(view))
            return Decision.Reject(TooManySteps);
        return Decision.Accept(new CaseTransferred(command.Department, command.Reason, context.Recipients));
    }

    static Decision Comment(CaseView view, CommentOnCase command) =>
        IsFull(view) ? Decision.Reject(TooManySteps) : Decision.Accept(new CaseCommented(command.Text));

    static Decision Close(CaseView view, CloseCase command, DecisionContext context)
    {
        if (view.Status is not (CaseStatus.Resolved or CaseStatus.Explained))
            return Decision.Reject(WrongStatus);
        var isReporter = view.Reporter == command.By;
        if (!isReporter && !context.Permissions.Has(Permission.Close))
            return Decision.Reject(NotPermitted);
        if (context.ClosedByAnother && view.Claimant == command.By)
            return Decision.Reject(NeedsAnother);
        return Decision.Accept(new CaseClosed(isReporter ? command.Rating : null, command.Text));
    }

    static Decision Reopen(CaseView view, ReopenCase command, DecisionContext context)
    {
        if (view.Status is not (CaseStatus.Resolved or CaseStatus.Explained or CaseStatus.Closed or CaseStatus.Merged))
            return Decision.Reject(WrongStatus);
        if (view.Reporter != command.By && !context.Permissions.Has(Permission.Reopen))
            return Decision.Reject(NotPermitted);
        if (context.At > context.ReopenUntil)
            return Decision.Reject(ReopeningOver);
        if (IsFull(view))
            return Decision.Reject(TooManySteps);
        return AcceptWithRecipients(view, context, new CaseReopened(command.Reason));
    }

    static Decision Reoffer(CaseView view, DecisionContext context)
    {
        var lapses = CaseRouting.Lapses(view.Status, context.ClaimStands);
        var areAsked =
            view.Request is null || context.Approvers.IsDefault || CaseRouting.AreSame(view.Request.Approvers, context.Approvers);
        var areOffered = areAsked && context.TasksOfLeavers.IsDefault && CaseRouting.AreSame(view.OfferedTo, context.Recipients);
        if (!lapses && areOffered)
            return Decision.Accept();
        var handsOver = lapses && context.Successor is not null;
        var reoffered = new CaseReoffered(context.Recipients, lapses && !handsOver ? view.Claimant : null)
        {
            Approvers = areAsked ? default : context.Approvers,
            Tasks = context.TasksOfLeavers,
        };
        if (!handsOver)
            return Decision.Accept(reoffered);
        var handedOver = new CaseHandedOver(context.Successor!.Value, Reason: "");
        return areOffered ? Decision.Accept(handedOver) : Decision.Accept(reoffered, handedOver);
    }

    /// <summary>
    /// A moment of a clock has come. If the same clock's due time has come too, because nobody fired its warning in time, both are
    /// recorded.
    /// </summary>
    static Decision Fire(CaseView view, FireClock command, DecisionContext context)
    {
        if (command.Clock == ClockName.Task)
            return TaskDecider.Fire(view, command);
        var clock = CaseClockRules.Current(view.Clocks, command.Clock);
        var isAwaited = clock is { State: ClockState.Running or ClockState.Warned } && CaseClockRules.NextMoment(clock) == command.Moment;
        if (!isAwaited)
            return Decision.Accept();
        var events = ImmutableArray.CreateBuilder<CaseEvent>();
        if (command.Moment == clock!.WarnAt && clock.State == ClockState.Running)
            events.Add(new CaseClockWarned(clock.Name, clock.DueAt));
        if (context.At >= clock.DueAt)
        {
            events.Add(new CaseClockBreached(clock.Name, clock.DueAt));
            if (clock.Name == ClockName.Idle && view.Claimant is { } claimant)
                events.Add(new CaseLapsed(claimant, context.Recipients.IsDefault ? view.OfferedTo : context.Recipients));
            if (context.Supervision is { } terms && view.OpenSupervision is null)
                events.Add(new CaseSupervised(terms.Number, clock.Name, "", terms.Answer));
            if (clock.Name == ClockName.Close && !context.ClosedByAnother)
                events.Add(new CaseClosed(null, ""));
            else if (clock.Name == ClockName.Pause)
                events.Add(new CaseResumed());
            else if (context.Up is { } up && LadderDecider.IsInProgress(view))
                events.Add(LadderDecider.Climb(view, up, clock.Name, ""));
        }
        return Decision.Accept(events.ToImmutable());
    }

    /// <summary>The step offers the case again. If the pack names other people by now, they are offered it first.</summary>
    static Decision AcceptWithRecipients(CaseView view, DecisionContext context, CaseEvent e) =>
        context.Recipients.IsDefault || CaseRouting.AreSame(view.OfferedTo, context.Recipients)
            ? Decision.Accept(e)
            : Decision.Accept(new CaseReoffered(context.Recipients, null), e);

    static bool IsFull(CaseView view) => view.Version >= MaxSteps;

    static bool IsFullForAssigner(CaseView view, DecisionContext context) =>
        view.Version >= (context.Permissions.Has(Permission.Assign) ? MaxSteps + ReservedForAssigners : MaxSteps);

    /// <returns>
    /// Null when the person has claimed the case and it is in progress; otherwise why they can't take a step that only its claimant may
    /// take.
    /// </returns>
    static string? RequireClaimed(CaseView view, PersonId by)
    {
        if (view.Status is not (CaseStatus.Claimed or CaseStatus.OnSite))
            return WrongStatus;
        return view.Claimant == by ? null : NotClaimant;
    }
}
