using System.Data.Common;
using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

/// <summary>Loads what the decision about a command needs from outside the case: permissions, recipients, the register number.</summary>
public sealed partial class DecisionContexts(IPacks packs, RegisterNumbers numbers, TimeProvider clock, ILogger<DecisionContexts> logger)
{
    /// <param name="view">The case as it is; null before it is reported.</param>
    /// <returns>
    /// Null when the decision can't be made now: a report needs a register number and the database that gives it out is unavailable, or
    /// this process hasn't loaded the pack that the case is to follow.
    /// </returns>
    public async ValueTask<DecisionContext?> Load(Guid id, CaseView? view, CaseCommand command, CancellationToken cancellationToken)
    {
        var current = packs.Current;
        if (command is ReportCase report)
            return await LoadForReport(id, view, report, current, cancellationToken);
        if (view is null)
            return default(DecisionContext);
        if (current.PackOf(view.Area) is not { } pack)
            return command is ReofferCase or ReplanCase ? null : default(DecisionContext);
        var permissions = current.Over(command.By, view.Area);
        return command switch
        {
            TransferCase transfer => LoadForTransfer(permissions, pack, RoutedCase.Of(view), transfer.Department),
            HandOverCase { To: var to } => new(
                permissions,
                RecipientExists: pack.Person(to) is { Posts.Count: > 0 },
                IsEntitled: CaseRouting.IsEntitled(pack, RoutedCase.Of(view), to)
            ),
            ReleaseCase or ReopenCase or FireClock { Clock: ClockName.Idle } => new(
                permissions,
                CaseRouting.Recipients(pack, RoutedCase.Of(view))
            ),
            AskForPause or AskForExtension => new(permissions, Approvers: CaseRouting.Approvers(pack, RoutedCase.Of(view))),
            GrantTime or RefuseTime => new(permissions, MayApprove: CaseRouting.MayApprove(pack, RoutedCase.Of(view), command.By)),
            ReplanCase replan when replan.Pack != pack.Pack.Digest => null,
            ReplanCase => new(permissions, IsOutdated: ClockMoves.IsOutdated(view, pack.WorkingTime)),
            FireClock { Clock: var clock } => new(permissions, Up: CaseLadder.Up(pack, RoutedCase.Of(view), clock)),
            EscalateCase => new(permissions, Up: CaseLadder.Up(pack, RoutedCase.Of(view))),
            SendCaseBack => new(permissions, Down: CaseLadder.Down(pack, view)),
            ReofferCase reoffer when reoffer.Pack != pack.Pack.Digest => null,
            ReofferCase => new(
                permissions,
                CaseRouting.Recipients(pack, RoutedCase.Of(view)),
                ClaimStands: CaseRouting.ClaimStands(pack, RoutedCase.Of(view)),
                Approvers: CaseRouting.Approvers(pack, RoutedCase.Of(view))
            ),
            _ => new(permissions),
        };
    }

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
        var permissions = current.Over(report.By, report.Area);
        var number = "";
        // A report that will be rejected takes no number: it would leave a gap in the register.
        if (view is null && permissions.Has(Permission.Report))
        {
            try
            {
                number = await numbers.Next(pack, category.Confidential, clock.GetUtcNow(), cancellationToken);
            }
            catch (DbException e)
            {
                LogNoNumber(e, id);
                return null;
            }
        }
        return new(
            permissions,
            pack.Recipients(category, area),
            number,
            category.Confidential,
            Plan: new(pack.Pack.Digest, category.Clocks)
        );
    }
}
