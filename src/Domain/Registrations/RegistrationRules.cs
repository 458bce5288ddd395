using GridActors.Domain.Households;

namespace GridActors.Domain.Registrations;

/// <summary>How residents register their own household, the key <c>registration</c> of <c>households.yaml</c>.</summary>
/// <param name="Purpose">For what the data is asked, as the resident is told.</param>
/// <param name="Consent">The text that the resident agrees to.</param>
/// <param name="ConsentVersion">Which text it is: it is kept with the application.</param>
/// <param name="Retention">How long an application is kept: then what it says is destroyed.</param>
public sealed record RegistrationRules(
    string Purpose,
    string PurposeEn,
    string Consent,
    string ConsentEn,
    string ConsentVersion,
    CalendarPeriod Retention
)
{
    public static CalendarPeriod DefaultRetention { get; } = new(30, CalendarUnit.Days);
}
