using System.ComponentModel.DataAnnotations;
using GridActors.Contracts.SubjectRequests;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.SubjectRequests;
using GridActors.Web.Households;
using GridActors.Web.Sessions;

namespace GridActors.Web.SubjectRequests;

/// <summary>A resident's request in a list, the name masked.</summary>
/// <param name="Kind"><c>correction</c>, <c>deletion</c> or <c>access</c>.</param>
/// <param name="State"><c>open</c>, <c>granted</c>, <c>partly-granted</c>, <c>refused</c> or <c>carried-out</c>.</param>
/// <param name="Name">Null when it isn't known, or was erased.</param>
/// <param name="Overdue">It isn't answered or carried out, and should be.</param>
/// <param name="HouseholdVersion">The version of the household that did it.</param>
public sealed record SubjectRequestItemJson(
    string Id,
    string Kind,
    string State,
    string Area,
    string AreaName,
    string Household,
    string Resident,
    string? Name,
    DateTimeOffset OpenedAt,
    string OpenedByName,
    DateTimeOffset DueAt,
    bool Overdue,
    DateTimeOffset? DecidedAt,
    string? DecidedByName,
    DateTimeOffset? CarriedOutAt,
    int? HouseholdVersion
)
{
    public static SubjectRequestItemJson Of(ListedSubjectRequest r, Caller caller, DateTimeOffset now)
    {
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, r.Area, r.Worker);
        var mask = new HouseholdMask(caller.Pack.Pack.Households!, access);
        return new(
            r.Id.ToString("N"),
            SubjectRequestNames.Of(r.Kind),
            SubjectRequestNames.Of(r.Status),
            r.Area.Code,
            HouseholdNames.AreaName(caller.Pack, r.Area.Code),
            r.Household.ToString("N"),
            r.Resident.ToString("N"),
            mask.Text(SubjectKind.Resident, StandardFields.Name, r.ResidentFields),
            r.OpenedAt,
            caller.Pack.NameOf(r.OpenedBy),
            r.DueAt,
            r.Status < SubjectRequestStatus.Refused && r.DueAt < now,
            r.DecidedAt,
            r.DecidedBy is { } by ? caller.Pack.NameOf(by) : null,
            r.CarriedOutAt,
            r.HouseholdVersion
        );
    }
}

/// <param name="Overdue">How many of all are overdue.</param>
public sealed record SubjectRequestListJson(IReadOnlyList<SubjectRequestItemJson> Items, string? Next, int Overdue);

/// <summary>A resident's request. The texts are empty when the resident was erased.</summary>
/// <param name="Kind"><c>correction</c>, <c>deletion</c> or <c>access</c>.</param>
/// <param name="State"><c>open</c>, <c>granted</c>, <c>partly-granted</c>, <c>refused</c> or <c>carried-out</c>.</param>
/// <param name="Check"><c>document</c>, <c>known</c>, <c>proxy</c>, <c>guardian</c> or <c>relative</c>.</param>
public sealed record SubjectRequestJson(
    string Id,
    string Kind,
    string State,
    string Household,
    string Resident,
    string Check,
    string Asker,
    string Wanted,
    string Reason,
    DateTimeOffset OpenedAt,
    string OpenedByName,
    DateTimeOffset DueAt,
    DateTimeOffset? DecidedAt,
    string? DecidedByName,
    DateTimeOffset? CarriedOutAt,
    string? CarriedOutByName,
    int? HouseholdVersion
)
{
    public static SubjectRequestJson Of(SubjectRequestView r, LoadedPack pack) =>
        new(
            r.Id.ToString("N"),
            SubjectRequestNames.Of(r.Kind),
            SubjectRequestNames.Of(r.Status),
            r.Household.ToString("N"),
            r.Resident.ToString("N"),
            SubjectRequestNames.Of(r.Check),
            r.Asker,
            r.Wanted,
            r.Reason,
            r.OpenedAt,
            pack.NameOf(r.OpenedBy),
            r.DueAt,
            r.DecidedAt,
            r.DecidedBy is { } decided ? pack.NameOf(decided) : null,
            r.CarriedOutAt,
            r.CarriedOutBy is { } done ? pack.NameOf(done) : null,
            r.HouseholdVersion
        );
}

/// <param name="Kind"><c>correction</c>, <c>deletion</c> or <c>access</c>.</param>
/// <param name="Check">Who asks was checked by <c>document</c>, <c>known</c>, <c>proxy</c>, <c>guardian</c> or <c>relative</c>.</param>
/// <param name="Asker">Who asked, and how to reach them.</param>
/// <param name="Wanted">What is wanted.</param>
public sealed record OpenSubjectRequestRequest(
    [property: Required] string? Household,
    [property: Required] string? Resident,
    [property: Required] string? Kind,
    [property: Required] string? Check,
    [property: Required] string? Asker,
    [property: Required] string? Wanted
);

/// <param name="Outcome"><c>granted</c>, <c>partly-granted</c> or <c>refused</c>.</param>
/// <param name="Reason">Needed unless everything is granted.</param>
public sealed record DecideSubjectRequestRequest([property: Required] string? Outcome, string? Reason);

/// <param name="Correction">What is corrected or emptied; null for none.</param>
/// <param name="Erase">Everything that is known of the resident is destroyed.</param>
public sealed record CarryOutSubjectRequestRequest(CorrectResidentRequest? Correction, bool Erase);

/// <summary>The names of kinds, states and checks in the API.</summary>
static class SubjectRequestNames
{
    public static string Of(SubjectRequestKind kind) =>
        kind switch
        {
            SubjectRequestKind.Deletion => "deletion",
            SubjectRequestKind.Access => "access",
            _ => "correction",
        };

    public static string Of(SubjectRequestStatus status) =>
        status switch
        {
            SubjectRequestStatus.Granted => "granted",
            SubjectRequestStatus.PartlyGranted => "partly-granted",
            SubjectRequestStatus.Refused => "refused",
            SubjectRequestStatus.CarriedOut => "carried-out",
            _ => "open",
        };

    public static string Of(IdentityCheck check) =>
        check switch
        {
            IdentityCheck.Known => "known",
            IdentityCheck.Proxy => "proxy",
            IdentityCheck.Guardian => "guardian",
            IdentityCheck.Relative => "relative",
            _ => "document",
        };

    public static T? Find<T>(string? name, Func<T, string> nameOf)
        where T : struct, Enum
    {
        foreach (var value in Enum.GetValues<T>())
            if (nameOf(value) == name)
                return value;
        return null;
    }
}
