using System.Collections.Immutable;
using System.Data.Common;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using Microsoft.Extensions.Logging;

namespace GridActors.Grains.Cases;

/// <summary>Loads what the decision about a command needs from outside the case: permissions, recipients, the register number.</summary>
public sealed partial class DecisionContexts(IPacks packs, RegisterNumbers numbers, TimeProvider clock, ILogger<DecisionContexts> logger)
{
    /// <param name="view">The case as it is; null before it is reported.</param>
    /// <returns>Null when a report needs a register number and the database that gives it out is unavailable.</returns>
    public async ValueTask<DecisionContext?> Load(Guid id, CaseView? view, CaseCommand command, CancellationToken cancellationToken)
    {
        var current = packs.Current;
        if (command is ReportCase report)
            return await LoadForReport(id, view, report, current, cancellationToken);
        if (view is null)
            return default(DecisionContext);
        var permissions = current.Over(command.By, view.Area);
        return command switch
        {
            TransferCase transfer => new(permissions, Recipients(current, view, transfer.Department)),
            HandOverCase { To: var to } => new(permissions, RecipientExists: to.Pack == view.Area.Pack && current.Person(to) is not null),
            _ => new(permissions),
        };
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
                number = await numbers.Next(pack, clock.GetUtcNow(), cancellationToken);
            }
            catch (DbException e)
            {
                LogNoNumber(e, id);
                return null;
            }
        }
        return new(permissions, pack.Recipients(category, area), number, category.Confidential);
    }

    static ImmutableArray<PersonId> Recipients(LoadedPacks packs, CaseView view, string department) =>
        packs.PackOf(view.Area) is { } pack && packs.Area(view.Area) is { } area && pack.Departments.TryGetValue(department, out var to)
            ? pack.Recipients(to, area)
            : view.OfferedTo;
}
