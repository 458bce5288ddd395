using System.Collections.Immutable;
using GridActors.Contracts.Appointments;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using static GridActors.Contracts.Appointments.AppointmentRejections;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Appointments;

/// <summary>What the decision about an appointment needs from outside.</summary>
/// <param name="MaySee">Whether the person may read households where it is.</param>
/// <param name="MayServe">Whether the person may edit or reveal them: the desks that carry services on.</param>
/// <param name="IsLinked">Whether the person is a worker of that area.</param>
/// <param name="IsWorkerLinked">Whether whoever should come is a worker of that area.</param>
/// <param name="IsDue">For a reminder: whether the worker is to be reminded now.</param>
public sealed record AppointmentContext(
    bool MaySee,
    bool MayServe = false,
    bool IsLinked = false,
    bool IsWorkerLinked = false,
    bool IsDue = false
);

/// <summary>An event, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct AppointmentOutcome(AppointmentEvent? Event, string? Rejection)
{
    public static AppointmentOutcome Accept(AppointmentEvent? e = null) => new(e, null);

    public static AppointmentOutcome Reject(string code) => new(null, code);
}

/// <summary>
/// The rules of an appointment (docs/field-day.md). Its worker, whoever booked it and the desks that serve residents take its steps; the
/// worker alone agrees.
/// </summary>
public static class AppointmentDecider
{
    /// <summary>One visit is with no more households.</summary>
    public const int MaxHouseholds = 20;

    /// <param name="state">Null for an appointment that isn't there yet.</param>
    /// <param name="id">The appointment's.</param>
    public static AppointmentOutcome Decide(AppointmentState? state, Guid id, AppointmentCommand command, AppointmentContext context)
    {
        foreach (var earlier in state?.Operations ?? [])
        {
            if (earlier == command.Operation)
                return AppointmentOutcome.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return AppointmentOutcome.Reject(KeyReused);
        }
        if (state is null)
            return command is BookAppointment book ? Book(id, book, context) : AppointmentOutcome.Reject(NotFound);
        if (state.HasUnknown)
            return AppointmentOutcome.Reject(NewerVersion);
        var view = state.View;
        if (command is RemindAppointment)
            return AppointmentOutcome.Accept(view.IsOpen && view.RemindedAt is null && context.IsDue ? new AppointmentReminded() : null);
        if (command is EraseAppointment)
            return AppointmentOutcome.Accept(view.Status == AppointmentStatus.Erased ? null : new AppointmentErased());
        var isWorker = command.By == view.Worker;
        if (!context.MaySee && !isWorker)
            return AppointmentOutcome.Reject(NotFound);
        if (!context.MayServe && !isWorker && command.By != view.BookedBy)
            return AppointmentOutcome.Reject(NotPermitted);
        return command switch
        {
            AgreeAppointment => Agree(view, isWorker || context.IsLinked),
            MoveAppointment move => Move(view, id, move, context),
            KeepAppointment keep => Keep(view, keep),
            MissAppointment miss => view.IsOpen
                ? AppointmentOutcome.Accept(new AppointmentMissed(Facts.OfText(id, miss.Reason)))
                : AppointmentOutcome.Reject(Over),
            CancelAppointment cancel => view.IsOpen
                ? AppointmentOutcome.Accept(new AppointmentCancelled(Facts.OfText(id, cancel.Reason)))
                : AppointmentOutcome.Reject(Over),
            AdvanceService advance => Advance(view, id, advance),
            // It is there: the id was taken.
            BookAppointment => AppointmentOutcome.Reject(KeyReused),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    /// <summary>What somebody may do with it now, by the names of the API.</summary>
    public static IEnumerable<string> Actions(AppointmentView view, PersonId person, AppointmentContext context)
    {
        var isWorker = person == view.Worker;
        if (!isWorker && person != view.BookedBy && !(context.MaySee && context.MayServe))
            yield break;
        if (view.Status == AppointmentStatus.Asked && (isWorker || context.IsLinked))
            yield return "agree";
        if (view.IsOpen || view.Status == AppointmentStatus.Missed)
        {
            yield return "move";
            yield return "done";
        }
        if (view.IsOpen)
        {
            yield return "missed";
            yield return "cancel";
        }
        if (view.IsServiceOpen)
            yield return "service";
    }

    static AppointmentOutcome Book(Guid id, BookAppointment command, AppointmentContext context)
    {
        if (!context.MaySee)
            return AppointmentOutcome.Reject(NotPermitted);
        if (!context.IsWorkerLinked)
            return AppointmentOutcome.Reject(NotTheirWorker);
        return AppointmentOutcome.Accept(
            new AppointmentBooked(
                command.Area,
                command.Worker,
                [.. command.Households.Distinct()],
                command.Purpose,
                command.Service,
                command.From,
                command.Until,
                command.By == command.Worker,
                AppointmentState.FactsOf(id, command.Materials, command.Note)
            )
        );
    }

    static AppointmentOutcome Agree(AppointmentView view, bool may) =>
        (may, view.Status) switch
        {
            (false, _) => AppointmentOutcome.Reject(NotPermitted),
            (_, AppointmentStatus.Asked) => AppointmentOutcome.Accept(new AppointmentAgreed()),
            (_, AppointmentStatus.Agreed) => AppointmentOutcome.Accept(),
            _ => AppointmentOutcome.Reject(Over),
        };

    /// <summary>One that was missed gets another time, too.</summary>
    static AppointmentOutcome Move(AppointmentView view, Guid id, MoveAppointment command, AppointmentContext context)
    {
        if (!view.IsOpen && view.Status != AppointmentStatus.Missed)
            return AppointmentOutcome.Reject(Over);
        if (!context.IsWorkerLinked)
            return AppointmentOutcome.Reject(NotTheirWorker);
        return AppointmentOutcome.Accept(
            new AppointmentMoved(
                command.From,
                command.Until,
                command.Worker,
                command.By == command.Worker,
                Facts.OfText(id, command.Reason)
            )
        );
    }

    static AppointmentOutcome Keep(AppointmentView view, KeepAppointment command) =>
        view.Status switch
        {
            AppointmentStatus.Asked or AppointmentStatus.Agreed or AppointmentStatus.Missed => AppointmentOutcome.Accept(
                new AppointmentKept(command.Visit)
            ),
            // A phone that was offline tells twice what it did once.
            AppointmentStatus.Done when command.Visit is null || command.Visit == view.Visit => AppointmentOutcome.Accept(),
            _ => AppointmentOutcome.Reject(Over),
        };

    static AppointmentOutcome Advance(AppointmentView view, Guid id, AdvanceService command)
    {
        if (view.Service is null || view.Status is AppointmentStatus.Missed or AppointmentStatus.Cancelled or AppointmentStatus.Erased)
            return AppointmentOutcome.Reject(WrongStage);
        ImmutableArray<Guid> asked = [.. command.Households.Distinct()];
        ImmutableArray<AppointmentHousehold> known = [.. view.Households.Where(h => asked.Contains(h.Household))];
        if (known.Length != asked.Length)
            return AppointmentOutcome.Reject(NotFound);
        if (known.All(h => h.Stage == command.Stage))
            return AppointmentOutcome.Accept();
        // Forward alone; whoever is further than this stays where they are.
        ImmutableArray<Guid> moved =
        [
            .. known.Where(h => h.Stage < command.Stage && h.Stage < ServiceStage.Delivered).Select(h => h.Household),
        ];
        return moved.IsEmpty
            ? AppointmentOutcome.Reject(WrongStage)
            : AppointmentOutcome.Accept(new ServiceAdvanced(moved, command.Stage, Facts.OfText(id, command.Reason)));
    }
}
