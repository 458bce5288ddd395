using System.ComponentModel.DataAnnotations;
using GridActors.Contracts.Registrations;
using GridActors.Domain.Households;
using GridActors.Domain.Households.Import;
using GridActors.Storage.Registrations;
using GridActors.Web.Households;
using GridActors.Web.Households.Import;
using GridActors.Web.Sessions;

namespace GridActors.Web.Registrations;

// What is required is nullable all the same, so that a request without it gets a problem that names the field.

/// <param name="Code">What the printed code says.</param>
public sealed record OpenDoorRequest([property: Required] string? Code);

/// <param name="Phone">The mobile number that is to be confirmed.</param>
public sealed record PhoneCodeRequest([property: Required] string? Code, [property: Required] string? Phone);

/// <param name="Relation">To the head, a code of GB/T 4761: <c>02</c> is the head.</param>
/// <param name="Kind"><c>registered</c>, <c>migrant</c> or <c>absent</c>.</param>
public sealed record ApplyingResidentRequest(
    [property: Required] string? Kind,
    [property: Required] string? Relation,
    IReadOnlyDictionary<string, string?>? Fields
);

/// <param name="Confirmation">The id that the request for a code was answered with.</param>
/// <param name="PhoneCode">The six digits.</param>
/// <param name="Consent">The version of the text that the resident agrees to.</param>
/// <param name="Secret">
/// 32 random hexadecimal digits that the caller has made: by them it is asked later what has become of the application. The same secret
/// again is the same application.
/// </param>
/// <param name="Representative">Which of the residents applies, from 0: the confirmed phone is theirs.</param>
public sealed record ApplyRequest(
    [property: Required] string? Code,
    [property: Required] string? Confirmation,
    [property: Required] string? PhoneCode,
    [property: Required] string? Consent,
    [property: Required] string? Secret,
    IReadOnlyDictionary<string, string?>? Fields,
    [property: Required] IReadOnlyList<ApplyingResidentRequest>? Residents,
    int? Representative
);

public sealed record ApplicationStateRequest([property: Required] string? Secret);

/// <param name="Area">Code of the area whose households may apply with it.</param>
/// <param name="Household">The household at whose door it hangs; without one it is the whole area's.</param>
public sealed record MakeDoorRequest([property: Required] string? Area, string? Household);

/// <param name="Reason">The resident is told it.</param>
public sealed record DeclineRequest([property: Required] string? Reason);

/// <summary>What the public page needs to ask.</summary>
/// <param name="Place">What the pack calls itself.</param>
/// <param name="Shown">The code that confirms the phone is shown instead of being sent: this is a demo.</param>
/// <param name="KeptFor">How long an application is kept, e.g. <c>30d</c>.</param>
public sealed record ApplicationFormJson(
    string Place,
    string PlaceEn,
    string AreaName,
    string Purpose,
    string PurposeEn,
    string Consent,
    string ConsentEn,
    string ConsentVersion,
    string KeptFor,
    bool Shown,
    IReadOnlyList<FieldRuleJson> HouseholdFields,
    IReadOnlyList<FieldRuleJson> ResidentFields,
    IReadOnlyDictionary<string, IReadOnlyList<CodeJson>> Codes
);

/// <param name="Shown">The code itself, in a demo; null where it was sent.</param>
public sealed record PhoneCodeJson(string Confirmation, DateTimeOffset ExpiresAt, string? Shown);

/// <summary>What a resident may know of their application.</summary>
/// <param name="State"><c>waiting</c>, <c>confirmed</c>, <c>declined</c> or <c>erased</c>.</param>
/// <param name="Reason">Why it was declined.</param>
public sealed record ApplicationStateJson(
    string State,
    string AreaName,
    DateTimeOffset SubmittedAt,
    DateTimeOffset? DecidedAt,
    string? Reason
);

/// <summary>A printed code, without what it says.</summary>
public sealed record DoorJson(string Id, string Area, string AreaName, string? Household, DateTimeOffset MadeAt, string MadeByName);

/// <param name="Code">What the code says. It isn't kept: another one is made when it is lost.</param>
/// <param name="Address">Where a resident comes to who scans it.</param>
/// <param name="Qr">The address as a picture, SVG.</param>
public sealed record NewDoorJson(DoorJson Door, string Code, string Address, string Qr);

/// <summary>An application in a list. Personal values are masked, but for those who are linked to the area's households.</summary>
public sealed record RegistrationItemJson(
    string Id,
    string Area,
    string AreaName,
    string State,
    DateTimeOffset SubmittedAt,
    string? Name,
    string? Address,
    string? Door,
    int Residents
)
{
    public static RegistrationItemJson Of(RegistrationRow row, Caller caller)
    {
        var mask = Mask(caller, row.Area.Code);
        return new(
            row.Id.ToString("N"),
            row.Area.Code,
            HouseholdNames.AreaName(caller.Pack, row.Area.Code),
            RegistrationNames.Of(row.Status),
            row.SubmittedAt,
            row.Body is { } body ? mask.Text(SubjectKind.Resident, StandardFields.Name, body.Representative) : null,
            row.Body is { } one ? mask.Text(SubjectKind.Household, StandardFields.Address, one.Household) : null,
            row.Body is { } two ? mask.Text(SubjectKind.Household, StandardFields.Door, two.Household) : null,
            row.Body?.Residents ?? 0
        );
    }

    internal static HouseholdMask Mask(Caller caller, string area) =>
        new(caller.Pack.Pack.Households!, HouseholdAccess.Of(caller.Pack, caller.Id, caller.AreaId(area), null));
}

/// <param name="State">
/// What the ledger makes of them: <c>new</c>, <c>changed</c>, <c>unchanged</c>, <c>doubtful</c> or <c>wrong</c>.
/// </param>
/// <param name="Changed">The ids of fields that would change, with <c>household.</c> before those of the household.</param>
public sealed record ApplyingResidentJson(
    string Kind,
    string? Relation,
    string? RelationName,
    bool Representative,
    IReadOnlyDictionary<string, FieldValueJson> Fields,
    string State,
    IReadOnlyList<string> Changed,
    IReadOnlyList<ImportReasonJson> Reasons
);

/// <summary>An application with what the ledger makes of it.</summary>
/// <param name="Household">The household that it has become.</param>
/// <param name="Known">The household that it would change; null when it would make a new one.</param>
public sealed record RegistrationJson(
    string Id,
    string Area,
    string AreaName,
    string State,
    DateTimeOffset SubmittedAt,
    string Consent,
    IReadOnlyDictionary<string, FieldValueJson> Fields,
    IReadOnlyList<ApplyingResidentJson> Residents,
    string? Known,
    string? Household,
    string? Reason
)
{
    public static RegistrationJson Of(RegistrationView view, GroupResult result, Guid? known, Caller caller, bool english)
    {
        var mask = RegistrationItemJson.Mask(caller, view.Area.Code);
        var relations = caller.Pack.Pack.Households!.Codes.GetValueOrDefault(HouseholdNames.Relations);
        return new(
            view.Id.ToString("N"),
            view.Area.Code,
            HouseholdNames.AreaName(caller.Pack, view.Area.Code),
            RegistrationNames.Of(view.Status),
            view.SubmittedAt,
            view.Consent,
            mask.Of(SubjectKind.Household, view.Fields),
            [
                .. result.Rows.Select(r =>
                {
                    var resident = view.Residents[r.Row.Line - 1];
                    var relation = resident.Relation is { } code ? relations?.Find(code) : null;
                    return new ApplyingResidentJson(
                        HouseholdNames.Of(resident.Kind),
                        resident.Relation,
                        relation is null ? null
                            : english ? relation.NameEn
                            : relation.Name,
                        resident.Id == view.Representative,
                        mask.Of(SubjectKind.Resident, resident.Fields),
                        ImportRowJson.NameOf(r.State),
                        r.Changed,
                        [.. r.Reasons.Select(e => new ImportReasonJson(e.Column, e.Code, ImportErrors.Sentence(e, english)))]
                    );
                }),
            ],
            known?.ToString("N"),
            view.Household?.ToString("N"),
            view.Reason.Length > 0 ? view.Reason : null
        );
    }
}

static class RegistrationNames
{
    public static string Of(RegistrationStatus status) =>
        status switch
        {
            RegistrationStatus.Confirmed => "confirmed",
            RegistrationStatus.Declined => "declined",
            RegistrationStatus.Erased => "erased",
            _ => "waiting",
        };

    public static RegistrationStatus? Status(string? name)
    {
        foreach (var status in Enum.GetValues<RegistrationStatus>())
            if (Of(status) == name)
                return status;
        return null;
    }
}
