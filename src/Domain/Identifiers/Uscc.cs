namespace GridActors.Domain.Identifiers;

/// <summary>The unified social credit code of an organisation, GB 32100: 18 characters, the last of which checks the others.</summary>
public static class Uscc
{
    const string Characters = "0123456789ABCDEFGHJKLMNPQRTUWXY";

    public static IdentifierCheck Check(string code)
    {
        // The letters I, O, S, V and Z aren't used, so that nobody takes them for digits: who typed one meant the digit.
        var text = NormalText.OfCode(code).Replace('O', '0').Replace('I', '1').Replace('Z', '2').Replace('S', '5');
        if (text.Length != 18)
            return new(text, ValueErrors.IdentifierLength, null, null);
        var (sum, weight) = (0, 1);
        for (var i = 0; i < 18; i++)
        {
            var value = Characters.IndexOf(text[i], StringComparison.Ordinal);
            if (value < 0)
                return new(text, ValueErrors.IdentifierCharacters, null, null);
            if (i == 17)
                return new(text, (31 - sum % 31) % 31 == value ? null : ValueErrors.IdentifierCheckDigit, null, null);
            sum += value * weight;
            weight = weight * 3 % 31;
        }
        return new(text, null, null, null);
    }
}
