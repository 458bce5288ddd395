namespace GridActors.Web.Appointments;

/// <summary>A visit to be booked.</summary>
/// <param name="Households">Ids of 1 to 20 households of one grid.</param>
/// <param name="Worker">Id of the worker who comes; without it the caller, or the only worker of the households.</param>
/// <param name="Purpose">Id of a purpose of the pack's visits.</param>
/// <param name="Service">Id of one of the pack's services. Without it, a purpose is needed where the pack has any.</param>
/// <param name="From">When the visit begins: RFC 3339 with its offset.</param>
/// <param name="Until">When it ends; half an hour later by default.</param>
/// <param name="Materials">What the households have ready.</param>
public sealed record BookAppointmentRequest(
    IReadOnlyList<string>? Households,
    string? Worker,
    string? Purpose,
    string? Service,
    string? From,
    string? Until,
    string? Materials,
    string? Note
);

/// <summary>Another time, or another worker.</summary>
/// <param name="From">When the visit begins: RFC 3339 with its offset.</param>
/// <param name="Until">When it ends; by default it lasts as long as before.</param>
/// <param name="Worker">Id of another worker of the households.</param>
public sealed record MoveAppointmentRequest(string? From, string? Until, string? Worker, string? Reason);

/// <summary>The visit was made.</summary>
/// <param name="Visit">The id that the phone gave the visit.</param>
public sealed record KeepAppointmentRequest(string? Visit);

/// <summary>Why a visit wasn't made, or isn't needed any more.</summary>
public sealed record AppointmentReasonRequest(string? Reason);

/// <summary>How far the service is now.</summary>
/// <param name="Stage"><c>collected</c>, <c>checked</c>, <c>delivered</c>, or <c>dropped</c>, which needs a reason.</param>
/// <param name="Households">For which of the households; without it, for all.</param>
public sealed record AdvanceServiceRequest(string? Stage, IReadOnlyList<string>? Households, string? Reason);
