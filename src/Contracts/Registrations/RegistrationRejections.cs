namespace GridActors.Contracts.Registrations;

/// <summary>
/// Why something about a resident's application is refused, beside the codes that cases have too: the stable codes of docs/api.md.
/// </summary>
public static class RegistrationRejections
{
    /// <summary>The pack doesn't take applications, or nothing here can confirm a phone.</summary>
    public const string Off = "registration-off";

    /// <summary>The phone isn't confirmed: the code is wrong or too old, or was tried too often.</summary>
    public const string WrongPhoneCode = "wrong-phone-code";

    /// <summary>Too many codes were asked for.</summary>
    public const string TooManyCodes = "too-many-codes";

    /// <summary>The code couldn't be sent.</summary>
    public const string NotSent = "code-not-sent";

    /// <summary>An application of this phone waits already: one representative a household.</summary>
    public const string Waiting = "registration-waiting";

    /// <summary>It was confirmed, declined or erased.</summary>
    public const string Decided = "registration-decided";

    /// <summary>It can't be taken as it is: somebody of it may be registered already, or is in another household.</summary>
    public const string Doubtful = "registration-doubtful";
}
