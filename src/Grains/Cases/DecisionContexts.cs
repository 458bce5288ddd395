using System.Data.Common;
using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Consultations;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using GridActors.Storage.Time;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

/// <summary>Loads what the decision about a command needs from outside the case: permissions, recipients, the register number.</summary>
public sealed partial class DecisionContexts(
    IPacks packs,
    RegisterNumbers numbers,
    DuplicateQueries duplicates,
    ServiceTime clock,
    ILogger<DecisionContexts> logger
)
{
    /// <param name="view">The case as it is; null before it is reported.</param>
    /// <returns>
    /// Null when the decision can't be made now: a report needs a register number and the database that gives it out is unavailable, or
    /// this process hasn't loaded the pack that the case is to follow.
    /// </returns>
    public async ValueTask<DecisionContext?> Load(Guid id, CaseView? view, CaseCommand command, CancellationToken cancellationToken)
    {
        var current = packs.Current;
        if (await LoadByPosts(id, view, command, current, cancellationToken) is not { } context)
            return null;
        var area = command is ReportCase report ? report.Area : view?.Area;
        if (area is null || current.PackOf(area.Value) is not { Leaves.IsEmpty: false } pack)
            return context;
        var routed = view is null ? Reported(id, (ReportCase)command, context) : RoutedCase.Of(view);
        return Deputies.In(context, pack, routed, command, clock.GetUtcNow());
    }

    static RoutedCase Reported(Guid id, ReportCase report, DecisionContext context) =>
        new(id, 0, CaseStatus.Offered, report.Area, report.Category, null, context.Confidential, context.Recipients, null);

    /// <summary>As the posts have it, whoever is on leave.</summary>
    async ValueTask<DecisionContext?> LoadByPosts(
        Guid id,
        CaseView? view,
        CaseCommand command,
        LoadedPacks current,
        CancellationToken cancellationToken
    )
    {
        if (command is ReportCase report)
            return await LoadForReport(id, view, report, current, cancellationToken);
        if (view is null)
            return default(DecisionContext);
        if (current.PackOf(view.Area) is not { } pack)
            return command is ReofferCase or ReplanCase ? null : default(DecisionContext);
        var permissions = current.Over(command.By, view.Area);
        if (command is FireClock or SuperviseCase)
            return await LoadWithSupervision(id, view, command, permissions, pack, cancellationToken);
        if (command is CallConsultation call)
            return await LoadForConsultation(id, view, call, permissions, pack, cancellationToken);
        if (command is MergeCase { Into: var into })
            return await LoadWithOther(view, command, into, permissions, current, cancellationToken);
        if (command is LinkCase { To: var other })
            return await LoadWithOther(view, command, other, permissions, current, cancellationToken);
        return command switch
        {
            TransferCase transfer => LoadForTransfer(permissions, pack, RoutedCase.Of(view), transfer.Department),
            HandOverCase { To: var to } => new(
                permissions,
                RecipientExists: pack.Person(to) is { Posts.Count: > 0 },
                IsEntitled: CaseRouting.IsEntitled(pack, RoutedCase.Of(view), to)
            ),
            ReleaseCase => new(permissions, CaseRouting.Recipients(pack, RoutedCase.Of(view), clock.GetUtcNow())),
            ReopenCase => new(
                permissions,
                CaseRouting.Recipients(pack, RoutedCase.Of(view), clock.GetUtcNow()),
                ReopenUntil: pack.ReopenUntil(view.Category, view.ClosedAt)
            ),
            AskForPause or AskForExtension => new(permissions, Approvers: CaseRouting.Approvers(pack, RoutedCase.Of(view))),
            GrantTime or RefuseTime => new(permissions, MayApprove: CaseRouting.MayApprove(pack, RoutedCase.Of(view), command.By)),
            ReplanCase replan when replan.Pack != pack.Pack.Digest => null,
            ReplanCase => new(permissions, IsOutdated: ClockMoves.IsOutdated(view, pack.WorkingTime)),
            CloseCase => new(permissions, ClosedByAnother: IsClosedByAnother(pack, view)),
            ReturnCase => new(
                permissions,
                CaseRouting.Recipients(pack, RoutedCase.Of(view), clock.GetUtcNow()),
                ClaimStands: CaseRouting.ClaimStands(pack, RoutedCase.Of(view)),
                Up: CaseLadder.Up(pack, WithAbsent(pack, view)),
                ClosedByAnother: IsClosedByAnother(pack, view),
                MaxReturns: pack.MaxReturnsOf(pack.CategoryOf(view.Category)),
                ExplanationIsFinal: pack.CategoryOf(view.Category)?.ExplanationIsFinal == true
            ),
            ResolveCase => new(permissions, Mediation: MediationTerms.Of(pack, view.Category, view.Area, command.By, view.Level)),
            ForwardCase { System: var system } => new(permissions, System: pack.SystemFor(view.Category, system)),
            EscalateCase => new(permissions, Up: CaseLadder.Up(pack, WithAbsent(pack, view))),
            SendCaseBack => new(permissions, Down: CaseLadder.Down(pack, view, clock.GetUtcNow())),
            TableCase table => new(permissions, LedgerArea: LedgerDecider.AreaFor(pack, view, table.Area)),
            FinishTask finish => new(permissions, HoldsPost: TaskDecider.HoldsPost(pack, view, finish.Task, command.By, clock.GetUtcNow())),
            ReofferCase reoffer when reoffer.Pack != pack.Pack.Digest => null,
            ReofferCase => LoadForReoffer(permissions, pack, view, clock.GetUtcNow()),
            _ => new(permissions),
        };
    }

    static DecisionContext LoadForReoffer(PermissionSet permissions, LoadedPack pack, CaseView view, DateTimeOffset at)
    {
        var routed = RoutedCase.Of(view);
        var recipients = CaseRouting.Recipients(pack, routed, at);
        return new(
            permissions,
            recipients,
            ClaimStands: CaseRouting.ClaimStands(pack, routed),
            Approvers: CaseRouting.Approvers(pack, routed),
            Successor: CaseRouting.SuccessorOf(pack, routed),
            TasksOfLeavers: TaskDecider.Left(pack, view, recipients)
        );
    }

    /// <summary>For a moment of a clock or a supervision notice. A notice that isn't issued takes no number.</summary>
    async ValueTask<DecisionContext?> LoadWithSupervision(
        Guid id,
        CaseView view,
        CaseCommand command,
        PermissionSet permissions,
        LoadedPack pack,
        CancellationToken cancellationToken
    )
    {
        var rule = pack.SupervisionOf(view.Category);
        var isIssued = command is FireClock fire
            ? CaseClockRules.IsDue(view.Clocks, fire.Clock, fire.Moment) && SupervisionDecider.IsIssuedBy(view, fire.Clock, rule)
            : SupervisionDecider.MaySupervise(view, permissions) is null;
        SupervisionTerms? terms = null;
        if (isIssued)
        {
            if (await Number(id, () => numbers.NextNotice(pack, view.Confidential, clock.GetUtcNow(), cancellationToken)) is not { } number)
                return null;
            terms = new(number, rule.Answer);
        }
        return command switch
        {
            FireClock { Clock: ClockName.Idle } => new(
                permissions,
                CaseRouting.Recipients(pack, RoutedCase.Of(view), clock.GetUtcNow()),
                Supervision: terms
            ),
            FireClock { Clock: ClockName.Close } => new(permissions, Supervision: terms, ClosedByAnother: IsClosedByAnother(pack, view)),
            FireClock { Clock: var name } => new(permissions, Up: CaseLadder.Up(pack, WithAbsent(pack, view), name), Supervision: terms),
            _ => new(permissions, Supervision: terms),
        };
    }

    /// <summary>A consultation that isn't called takes no number.</summary>
    async ValueTask<DecisionContext?> LoadForConsultation(
        Guid id,
        CaseView view,
        CallConsultation call,
        PermissionSet permissions,
        LoadedPack pack,
        CancellationToken cancellationToken
    )
    {
        var parties = ConsultationParties.Of(pack, view, call.Department, clock.GetUtcNow());
        if (
            CaseConsultationDecider.MayCall(view, permissions) is not null
            || parties.IsEmpty
            || PostOf(pack, view, call.By) is not { } post
        )
            return new(permissions);
        if (
            await Number(id, () => numbers.NextConsultation(pack, view.Confidential, clock.GetUtcNow(), cancellationToken))
            is not { } number
        )
            return null;
        var rule = pack.Pack.Consultation;
        var consultation = OperationIds.OfCreated(call.By.Pack, string.Create(CultureInfo.InvariantCulture, $"consultation {number}"));
        return new(
            permissions,
            Consultation: new(consultation, number, parties, rule.Opinion, Math.Min(rule.Quorum ?? parties.Length, parties.Length), post)
        );
    }

    /// <summary>The post nearest to the case by which somebody may call a consultation.</summary>
    static HeldPost? PostOf(LoadedPack pack, CaseView view, PersonId person)
    {
        if (pack.Areas.GetValueOrDefault(view.Area.Code) is not { } place || pack.Person(person) is not { } entry)
            return null;
        foreach (var area in place.Upwards())
        foreach (var (post, held) in entry.Posts)
            if (held == area && post.May.Contains(Permission.Consult))
                return new(post.Id, area.Code);
        return null;
    }

    RoutedCase WithAbsent(LoadedPack pack, CaseView view) => Deputies.WithAbsent(pack, RoutedCase.Of(view), clock.GetUtcNow());

    /// <summary>With the other case as its row says: it isn't asked itself, because it may be asking this one.</summary>
    async ValueTask<DecisionContext?> LoadWithOther(
        CaseView view,
        CaseCommand command,
        Guid id,
        PermissionSet permissions,
        LoadedPacks current,
        CancellationToken cancellationToken
    )
    {
        try
        {
            if (await duplicates.Find(id, cancellationToken) is not { } other)
                return new(permissions);
            var (by, there) = (command.By, current.Over(command.By, other.Area));
            var isConcerned = other.Reporter == by || other.Claimant == by || other.OfferedTo.Contains(by);
            var sees = isConcerned || (there.Has(Permission.Read) && !other.Confidential);
            if (command is LinkCase)
                return LinkDecider.CanBeLinked(view, other, by, there, sees)
                    ? new(permissions, Link: new(other.Id, other.Number))
                    : new(permissions);
            return MergeDecider.CanBeMain(view, other, there, sees)
                ? new(permissions, Main: new(other.Id, other.Number, other.Status, other.Version))
                : new(permissions);
        }
        catch (Exception e) when (IsUnavailable(e))
        {
            LogNoOther(e, view.Id);
            return null;
        }
    }

    static bool IsClosedByAnother(LoadedPack pack, CaseView view) => pack.CategoryOf(view.Category)?.ClosedByAnother == true;

    /// <returns>Null when the database, which gives out the numbers, is unavailable.</returns>
    async ValueTask<string?> Number(Guid id, Func<ValueTask<string>> next)
    {
        try
        {
            return await next();
        }
        catch (Exception e) when (IsUnavailable(e))
        {
            LogNoNumber(e, id);
            return null;
        }
    }

    /// <summary>
    /// Whether the database is away, a connection broke in the middle, or the process has begun to stop. Nothing was decided yet.
    /// </summary>
    static bool IsUnavailable(Exception e) => e is DbException or IOException or TimeoutException or InvalidOperationException;

    static DecisionContext LoadForTransfer(PermissionSet permissions, LoadedPack pack, RoutedCase routed, string department)
    {
        // The endpoint has checked the department already, but the pack may have been replaced since.
        if (!pack.Departments.TryGetValue(department, out var to))
            return new(permissions, routed.OfferedTo);
        var recipients = CaseRouting.Entitled(pack, routed, to);
        return new(permissions, recipients, IsEntitled: !recipients.IsEmpty);
    }

    async ValueTask<DecisionContext?> LoadForReport(
        Guid id,
        CaseView? view,
        ReportCase report,
        LoadedPacks current,
        CancellationToken cancellationToken
    )
    {
        // The endpoint has checked area and category already, but the pack may have been replaced since.
        if (current.Area(report.Area) is not { } area || current.PackOf(report.Area) is not { } pack)
            return default(DecisionContext);
        if (!pack.Categories.TryGetValue(report.Category, out var category))
            return default(DecisionContext);
        // The service reports what it finds by itself, such as a certificate that lapses. No call of the API is made in its name.
        var isService = report.By == PersonId.Service(pack.Pack.Id);
        var permissions = isService ? PermissionSet.Of(Permission.Report) : current.Over(report.By, report.Area);
        var number = "";
        // A report that will be rejected takes no number: it would leave a gap in the register.
        var mediation = MediationTerms.Of(pack, report.Category, report.Area, report.By, null);
        var isSettled = report.Solved is null || MediationTerms.Complaint(report.Mediation, mediation) is null;
        if (view is null && isSettled && permissions.Has(Permission.Report))
        {
            if (await Number(id, () => numbers.Next(pack, category.Confidential, clock.GetUtcNow(), cancellationToken)) is not { } next)
                return null;
            number = next;
        }
        return new(
            permissions,
            pack.Recipients(category, area, clock.GetUtcNow()),
            number,
            category.Confidential,
            Plan: new(pack.Pack.Digest, category.Clocks),
            Mediation: mediation
        );
    }
}
