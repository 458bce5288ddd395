using System.Collections.Immutable;
using GridActors.Contracts.Appointments;
using GridActors.Contracts.People;
using GridActors.Domain.Households;

namespace GridActors.Domain.Appointments;

/// <summary>An appointment made from its events.</summary>
/// <param name="Operations">Every operation that had an effect: repeating one of them has none.</param>
/// <param name="HasUnknown">A later version has taken a step that this one doesn't know.</param>
public sealed record AppointmentState(AppointmentView View, ImmutableArray<Guid> Operations, bool HasUnknown = false)
{
    internal const string Materials = "materials";
    internal const string Note = "note";

    /// <param name="state">Null before the first event.</param>
    /// <param name="id">The appointment's.</param>
    public static AppointmentState Evolve(
        AppointmentState? state,
        Guid id,
        AppointmentEvent e,
        DateTimeOffset at,
        PersonId by,
        Guid operation
    )
    {
        if (state is null)
            return e is AppointmentBooked booked
                ? new(Begin(id, booked, at, by), [operation])
                : throw new InvalidOperationException($"An appointment begins when it is booked, not with {e.GetType().Name}.");
        var view = state.View with { Version = state.View.Version + 1, UpdatedAt = at, UpdatedBy = by };
        var next = state with { Operations = state.Operations.Add(operation) };
        return e switch
        {
            AppointmentAgreed => next with { View = view with { Status = AppointmentStatus.Agreed } },
            AppointmentMoved x => next with { View = Moved(view, x) },
            AppointmentKept x => next with { View = view with { Status = AppointmentStatus.Done, Visit = x.Visit ?? view.Visit } },
            AppointmentMissed x => next with { View = view with { Status = AppointmentStatus.Missed, Reason = x.Reason.Text } },
            AppointmentCancelled x => next with { View = view with { Status = AppointmentStatus.Cancelled, Reason = x.Reason.Text } },
            ServiceAdvanced x => next with { View = Advanced(view, x, at) },
            AppointmentReminded => next with { View = view with { RemindedAt = at } },
            AppointmentErased => next with
            {
                View = view with { Status = AppointmentStatus.Erased, Materials = "", Note = "", Reason = "" },
            },
            _ => next with { View = view, HasUnknown = true },
        };
    }

    static AppointmentView Moved(AppointmentView view, AppointmentMoved e) =>
        view with
        {
            Status = e.IsAgreed ? AppointmentStatus.Agreed : AppointmentStatus.Asked,
            Worker = e.Worker,
            From = e.From,
            Until = e.Until,
            Reason = e.Reason.Text,
            RemindedAt = null,
        };

    static AppointmentView Advanced(AppointmentView view, ServiceAdvanced e, DateTimeOffset at) =>
        view with
        {
            Households = [.. view.Households.Select(h => e.Households.Contains(h.Household) ? h with { Stage = e.Stage, At = at } : h)],
            Reason = e.Reason.Text.Length > 0 ? e.Reason.Text : view.Reason,
        };

    static AppointmentView Begin(Guid id, AppointmentBooked e, DateTimeOffset at, PersonId by) =>
        new(
            id,
            e.Area,
            e.IsAgreed ? AppointmentStatus.Agreed : AppointmentStatus.Asked,
            e.Worker,
            by,
            [.. e.Households.Select(h => new AppointmentHousehold(h, ServiceStage.Asked, at))],
            e.Purpose,
            e.Service,
            e.From,
            e.Until,
            e.Facts.Clear.GetValueOrDefault(Materials, ""),
            e.Facts.Clear.GetValueOrDefault(Note, ""),
            "",
            null,
            null,
            1,
            at,
            at,
            by
        );

    /// <summary>What somebody wrote when they booked it.</summary>
    internal static Facts FactsOf(Guid id, string materials, string note)
    {
        var clear = Facts.None;
        if (materials.Length > 0)
            clear = clear.Add(Materials, materials);
        if (note.Length > 0)
            clear = clear.Add(Note, note);
        return Facts.Of(id, clear);
    }
}
