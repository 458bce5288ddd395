using System.Collections.Frozen;
using System.Globalization;
using GridActors.Contracts.People;

namespace GridActors.Storage.Accounts;

/// <summary>Why a password is too easy to guess.</summary>
public enum PasswordWeakness
{
    TooShort,
    TooLong,
    Common,
    NamesItsOwner,
    Repetitive,
    Sequence,
}

/// <summary>Refuses the passwords that guessers try first. Any characters may be used, and none must be.</summary>
public static class PasswordRules
{
    public const int MinLength = 10;
    public const int MaxLength = 128;

    const int MinDistinct = 5;
    const string Keyboard = "1234567890 qwertyuiop asdfghjkl zxcvbnm";

    static readonly Lazy<FrozenSet<string>> CommonPasswords = new(Read);

    /// <returns>What is wrong with the password; null when it may be used.</returns>
    public static PasswordWeakness? Check(string password, PersonId person, string name)
    {
        var length = new StringInfo(password).LengthInTextElements;
        if (length < MinLength)
            return PasswordWeakness.TooShort;
        if (password.Length > MaxLength)
            return PasswordWeakness.TooLong;
        var lower = password.ToLowerInvariant();
        if (lower.Distinct().Count() < MinDistinct)
            return PasswordWeakness.Repetitive;
        if (Names(lower, person.Id) || Names(lower, person.Id.Replace("-", "", StringComparison.Ordinal)) || Names(lower, name))
            return PasswordWeakness.NamesItsOwner;
        if (IsSequence(lower))
            return PasswordWeakness.Sequence;
        // "Password-2026!" is as easily guessed as "password".
        var word = lower.Trim([.. lower.Where(c => !char.IsLetter(c))]);
        return CommonPasswords.Value.Contains(lower) || CommonPasswords.Value.Contains(word) ? PasswordWeakness.Common : null;
    }

    static bool Names(string password, string name) =>
        name.Length > 1 && password.Contains(name.ToLowerInvariant(), StringComparison.Ordinal);

    /// <summary>True when most characters follow from the one before: in the alphabet, among the digits, or on the keyboard.</summary>
    static bool IsSequence(string password)
    {
        var following = 0;
        for (var i = 1; i < password.Length; i++)
        {
            var (a, b) = (password[i - 1], password[i]);
            var isBesideOnKeyboard =
                Keyboard.IndexOf(a, StringComparison.Ordinal) is >= 0 and var x
                && Keyboard.IndexOf(b, StringComparison.Ordinal) is >= 0 and var y
                && Math.Abs(x - y) <= 1;
            if (Math.Abs(a - b) <= 1 || isBesideOnKeyboard)
                following++;
        }
        return following * 4 >= (password.Length - 1) * 3;
    }

    static FrozenSet<string> Read()
    {
        using var reader = new StreamReader(typeof(PasswordRules).Assembly.GetManifestResourceStream("common-passwords.txt")!);
        var passwords = new List<string>();
        while (reader.ReadLine() is { } line)
            if (!line.StartsWith('#'))
                passwords.Add(line);
        return passwords.ToFrozenSet(StringComparer.Ordinal);
    }
}
