using System.Buffers.Binary;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace GridActors.Storage.Accounts;

/// <summary>Hashes of passwords: PBKDF2 with HMAC-SHA512, in the format of ASP.NET Core Identity.</summary>
public static class Passwords
{
    /// <summary>What OWASP's cheat sheet on storing passwords asks of PBKDF2 with HMAC-SHA512.</summary>
    const int Iterations = 210_000;

    static readonly PasswordHasher<string> Hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = Iterations }));

    static readonly string NobodysHash = Hasher.HashPassword("", Guid.NewGuid().ToString());

    /// <summary>A password to hand on by word of mouth: without characters that look alike.</summary>
    public static string First() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 16);

    internal static string Hash(string password) => Hasher.HashPassword("", password);

    /// <summary>
    /// Checks a password. Without a hash it takes as long as with one and answers false, so that the time doesn't show whether an account
    /// exists.
    /// </summary>
    /// <param name="isOutdated">True for a right password whose hash was made with fewer iterations than now.</param>
    internal static bool IsRight(string? hash, string password, out bool isOutdated)
    {
        var result = Hasher.VerifyHashedPassword("", hash ?? NobodysHash, password);
        isOutdated = hash is not null && result == PasswordVerificationResult.SuccessRehashNeeded;
        if (result == PasswordVerificationResult.Failed && hash is not null && Iterations - IterationsOf(hash) is > 0 and var missing)
            _ = Rfc2898DeriveBytes.Pbkdf2(password, new byte[16], missing, HashAlgorithmName.SHA512, 32);
        return hash is not null && result != PasswordVerificationResult.Failed;
    }

    /// <summary>A format marker of one byte and the function's number in four come before the iterations.</summary>
    static int IterationsOf(string hash) => (int)BinaryPrimitives.ReadUInt32BigEndian(Convert.FromBase64String(hash).AsSpan(5));
}
