using System.Globalization;
using System.Text;

namespace GridActors.Harness.Fuzz;

/// <summary>Who calls; the token is null for nobody.</summary>
public sealed record FuzzCaller(string Name, string? Token);

/// <summary>One request as it goes over the wire.</summary>
/// <param name="Number">Its number in the run: with the seed it gives the same request again.</param>
sealed record FuzzRequest(int Number, string Operation, FuzzCaller Caller, byte[] Head, byte[] Body)
{
    const int BodyShown = 2000;

    public bool IsHead => Head.AsSpan().StartsWith("HEAD "u8);

    /// <summary>The request as text, without the token: enough to send it again.</summary>
    public string Show()
    {
        var head = Escaped(Head);
        if (Caller.Token is { } token)
            head = head.Replace(token, $"<token of {Caller.Name}>", StringComparison.Ordinal);
        var body = Escaped(Body.AsSpan(0, Math.Min(Body.Length, BodyShown)));
        return head + body + (Body.Length > BodyShown ? $"… ({Body.Length:N0} bytes)" : "");
    }

    static string Escaped(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder(bytes.Length);
        foreach (var b in bytes)
            if (b is >= 0x20 and < 0x7F or (byte)'\n')
                text.Append((char)b);
            else if (b != '\r')
                text.Append(CultureInfo.InvariantCulture, $"\\x{b:x2}");
        return text.ToString();
    }
}
