using System.Security.Cryptography;
using System.Text;

namespace GridActors.Web.Registrations;

/// <summary>The secrets in addresses: 128 random bits as 32 hexadecimal digits. The database has their hashes alone.</summary>
static class RegistrationSecrets
{
    const int Length = 32;

    public static bool IsOne(string? text) => text is { Length: Length } && text.All(char.IsAsciiHexDigitLower);

    public static byte[] HashOf(string secret) => SHA256.HashData(Encoding.ASCII.GetBytes(secret));

    public static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Length / 2));
}
