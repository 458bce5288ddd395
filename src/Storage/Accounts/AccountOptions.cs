using System.ComponentModel.DataAnnotations;

namespace GridActors.Storage.Accounts;

/// <summary>How the deployment signs people in. What has a range is a setting, section <c>Accounts</c>.</summary>
public sealed class AccountOptions
{
    /// <summary>In a demo, the password of everybody who has no account of their own. Null: no demo.</summary>
    public string? DemoPassword { get; set; }

    /// <summary>Wrong passwords in a row from one place before an account is locked for that place.</summary>
    public int FailuresAllowed { get; set; } = 5;

    /// <summary>
    /// Wrong passwords for one account from all places where its owner has never signed in, before it is locked for all of them. Without
    /// this limit, somebody with many addresses could guess five times from each.
    /// </summary>
    public int FailuresAllowedFromUnknownPlaces { get; set; } = 100;

    /// <summary>How long the first lock lasts. Each further wrong password doubles it.</summary>
    public TimeSpan FirstLock { get; set; } = TimeSpan.FromMinutes(1);

    public TimeSpan LongestLock { get; set; } = TimeSpan.FromHours(1);

    /// <summary>
    /// How many wrong passwords one address may send, for any accounts, before people who have never signed in from there have to wait. A
    /// tenth of them is allowed again every minute.
    /// </summary>
    public int FailuresAllowedPerAddress { get; set; } = 200;

    /// <summary>
    /// How many passwords are checked at the same time. Checking one is slow on purpose: when many people sign in at once, they wait in
    /// turn instead of taking every core.
    /// </summary>
    public int MaxConcurrentChecks { get; set; } = 8;

    /// <summary>The same for one address, so that nobody takes every turn.</summary>
    public int MaxConcurrentChecksPerAddress { get; set; } = 4;

    /// <summary>How long a session lasts at most.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan SessionLength { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a session lasts without a call; an open page with its live connection counts as use.</summary>
    [Range(typeof(TimeSpan), "00:10:00", "30.00:00:00")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromHours(4);

    /// <summary>How long a password that somebody else gave can be used.</summary>
    [Range(typeof(TimeSpan), "01:00:00", "30.00:00:00")]
    public TimeSpan FirstPasswordValid { get; set; } = TimeSpan.FromDays(7);

    /// <summary>
    /// Whether somebody who has been signed in by the county's identity provider may still sign in with a password of this service.
    /// </summary>
    public bool PasswordsBesideProvider { get; set; } = true;

    /// <summary>How long entries of the access journal are kept: at least the half year that the law asks for.</summary>
    [Range(typeof(TimeSpan), "180.00:00:00", "3660.00:00:00")]
    public TimeSpan AccessJournalKept { get; set; } = TimeSpan.FromDays(180);
}
