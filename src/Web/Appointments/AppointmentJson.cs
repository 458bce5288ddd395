using GridActors.Contracts.Appointments;
using GridActors.Contracts.People;
using GridActors.Domain.Appointments;
using GridActors.Domain.Households;
using GridActors.Storage.Households;
using GridActors.Web.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.Appointments;

/// <summary>Somebody of the pack.</summary>
public sealed record AppointmentPersonJson(string Id, string Name);

/// <summary>A household that an appointment is with. Personal values are masked, but for those who are linked to it.</summary>
/// <param name="Name">Its head's; null when there is none, or the caller may not read it.</param>
/// <param name="Stage">How far its service is; null where the appointment is for none.</param>
/// <param name="At">When that stage was reached.</param>
public sealed record AppointmentHouseholdJson(
    string Id,
    string? Name,
    string? Address,
    string? Door,
    string? Phone,
    string? Stage,
    DateTimeOffset? At
);

/// <summary>A visit that was agreed with households.</summary>
/// <param name="Purpose">Id of a purpose of the pack's visits; null where a service says it.</param>
/// <param name="Service">Id of one of the pack's services; null for a visit alone.</param>
/// <param name="ServiceOpen">Whether the service isn't at its end, for one of the households at least.</param>
/// <param name="Materials">What the households have ready.</param>
/// <param name="Reason">Why it was moved, missed or cancelled.</param>
/// <param name="Visit">The visit that kept it.</param>
/// <param name="RemindedAt">When its worker was reminded of its time; null before.</param>
/// <param name="Actions">What the caller may do now.</param>
public sealed record AppointmentJson(
    string Id,
    string Area,
    string AreaName,
    string State,
    AppointmentPersonJson Worker,
    AppointmentPersonJson BookedBy,
    IReadOnlyList<AppointmentHouseholdJson> Households,
    string? Purpose,
    string? Service,
    bool ServiceOpen,
    DateTimeOffset From,
    DateTimeOffset Until,
    string? Materials,
    string? Note,
    string? Reason,
    string? Visit,
    DateTimeOffset? RemindedAt,
    DateTimeOffset BookedAt,
    int Version,
    IReadOnlyList<string> Actions
)
{
    /// <param name="rows">The households that its caller may see are among them.</param>
    public static AppointmentJson Of(AppointmentView view, IReadOnlyDictionary<Guid, HouseholdRow> rows, Caller caller)
    {
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, view.Area, null);
        var context = new AppointmentContext(access.MaySee, access.MayEdit || access.MayReveal, access.IsLinked);
        return new(
            view.Id.ToString("N"),
            view.Area.Code,
            HouseholdNames.AreaName(caller.Pack, view.Area.Code),
            AppointmentNames.Of(view.Status),
            Person(view.Worker, caller),
            Person(view.BookedBy, caller),
            [.. view.Households.Select(h => Household(h, view, rows, caller))],
            view.Purpose,
            view.Service,
            view.IsServiceOpen,
            view.From,
            view.Until,
            OrNull(view.Materials),
            OrNull(view.Note),
            OrNull(view.Reason),
            view.Visit?.ToString("N"),
            view.RemindedAt,
            view.BookedAt,
            view.Version,
            [.. AppointmentDecider.Actions(view, caller.Id, context)]
        );
    }

    static AppointmentHouseholdJson Household(
        AppointmentHousehold one,
        AppointmentView view,
        IReadOnlyDictionary<Guid, HouseholdRow> rows,
        Caller caller
    )
    {
        var (id, isService) = (one.Household.ToString("N"), view.Service is not null);
        var shownStage = isService ? AppointmentNames.Of(one.Stage) : null;
        DateTimeOffset? shownAt = isService ? one.At : null;
        if (rows.GetValueOrDefault(one.Household) is not { } row)
            return new(id, null, null, null, null, shownStage, shownAt);
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, row.Area, row.Worker);
        if (!access.MaySee)
            return new(id, null, null, null, null, shownStage, shownAt);
        var mask = new HouseholdMask(caller.Pack.Pack.Households!, access);
        return new(
            id,
            mask.Text(SubjectKind.Resident, StandardFields.Name, row.HeadFields),
            mask.Text(SubjectKind.Household, StandardFields.Address, row.Fields),
            mask.Text(SubjectKind.Household, StandardFields.Door, row.Fields),
            mask.Text(SubjectKind.Household, StandardFields.Phone, row.Fields)
                ?? mask.Text(SubjectKind.Resident, StandardFields.Phone, row.HeadFields),
            shownStage,
            shownAt
        );
    }

    static AppointmentPersonJson Person(PersonId id, Caller caller) => new(id.Id, caller.Pack.Person(id)?.Name ?? id.Id);

    static string? OrNull(string text) => text.Length > 0 ? text : null;
}

/// <summary>The names of the API.</summary>
static class AppointmentNames
{
    public static string Of(AppointmentStatus status) =>
        status switch
        {
            AppointmentStatus.Agreed => "agreed",
            AppointmentStatus.Done => "done",
            AppointmentStatus.Missed => "missed",
            AppointmentStatus.Cancelled => "cancelled",
            AppointmentStatus.Erased => "erased",
            _ => "asked",
        };

    public static string Of(ServiceStage stage) =>
        stage switch
        {
            ServiceStage.Collected => "collected",
            ServiceStage.Checked => "checked",
            ServiceStage.Delivered => "delivered",
            ServiceStage.Dropped => "dropped",
            _ => "asked",
        };

    /// <returns>Null for a name that is no stage that a service can be brought to.</returns>
    public static ServiceStage? Stage(string? name)
    {
        foreach (var stage in Enum.GetValues<ServiceStage>())
            if (stage != ServiceStage.Asked && Of(stage) == name)
                return stage;
        return null;
    }
}
