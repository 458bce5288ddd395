using GridActors.Contracts.People;

namespace GridActors.Storage.Access;

/// <summary>What the access journal records. The names are stored, and part of the API.</summary>
public static class AccessKind
{
    public const string SignIn = "sign-in";

    /// <summary>The account is locked for the place that a wrong password came from, or the whole address is limited.</summary>
    public const string LockOut = "lock-out";
    public const string SignOut = "sign-out";

    /// <summary>One ended session, or all of a person's.</summary>
    public const string SessionEnded = "session-ended";
    public const string PasswordChanged = "password-changed";

    /// <summary>An administrator, or the command line, gave somebody a new password.</summary>
    public const string PasswordReset = "password-reset";

    /// <summary>An administrator made a wall screen; a browser opened it with its code; an administrator ended it.</summary>
    public const string KioskMade = "kiosk-made";
    public const string KioskOpened = "kiosk-opened";
    public const string KioskEnded = "kiosk-ended";

    /// <summary>Somebody set up a second factor of their own, or replaced it.</summary>
    public const string SecondFactorSet = "second-factor-set";

    /// <summary>An administrator, or the command line, removed somebody's second factor.</summary>
    public const string SecondFactorReset = "second-factor-reset";
    public const string RecoveryCodeUsed = "recovery-code-used";
    public const string PostGiven = "post-given";
    public const string PostTaken = "post-taken";

    /// <summary>Somebody entered a leave, or ended it before its time.</summary>
    public const string LeaveEntered = "leave-entered";
    public const string LeaveEnded = "leave-ended";

    /// <summary>Somebody entered a change of posts or people in the console.</summary>
    public const string StaffChanged = "staff-changed";
    public const string PackLoaded = "pack-loaded";

    /// <summary>Somebody published a version of the pack in the console.</summary>
    public const string PackPublished = "pack-published";

    /// <summary>A confidential case was shown.</summary>
    public const string CaseRead = "case-read";

    /// <summary>A confidential case stood in a list; recorded once an hour.</summary>
    public const string CaseListed = "case-listed";
    public const string Export = "export";

    /// <summary>Masked values of a household or a place were revealed for a purpose.</summary>
    public const string Revealed = "revealed";

    /// <summary>
    /// Somebody looked at where a worker was: a track, the positions of a day, who is on duty where, or who was near a place.
    /// </summary>
    public const string Track = "track";

    /// <summary>Somebody changed what residents are shown of their grid, or made or ended a code for it.</summary>
    public const string CardChanged = "card-changed";

    /// <summary>A call for administrators: verify, the dashboard, this journal.</summary>
    public const string Administration = "administration";

    /// <summary>Entries that could not be kept.</summary>
    public const string Dropped = "dropped";
}

/// <summary>One entry of the access journal. It names people and cases by their ids, and holds no other personal text.</summary>
/// <param name="Person">Who did it; null when nobody is known by the name that was given.</param>
/// <param name="Address">Where it came from; empty for the service itself and its command line.</param>
/// <param name="Outcome"><c>ok</c>, or the code of the problem that was answered.</param>
/// <param name="Subject">What it was done to: a case, a person, an export.</param>
public sealed record AccessEntry(string Kind, PersonId? Person, string Address, string Outcome = AccessEntry.Ok, string? Subject = null)
{
    public const string Ok = "ok";
    public const string WrongCredentials = "wrong-credentials";
    public const string WrongCode = "wrong-code";

    /// <summary>The password was right, and the person signs in with the identity provider only.</summary>
    public const string ProviderOnly = "provider-only";

    /// <summary>The password was right and the code of the second factor missing, as in the first of two steps.</summary>
    public const string CodeNeeded = "code-needed";

    /// <summary>The subject of a sign-in by the county's identity provider.</summary>
    public const string Provider = "provider";

    /// <summary>The pack whose administrators see the entry; null for all of them.</summary>
    public string? Pack { get; init; } = Person?.Pack;

    /// <summary>Set when it is recorded.</summary>
    public DateTimeOffset At { get; init; }
}
