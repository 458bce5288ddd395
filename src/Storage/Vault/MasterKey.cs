using System.Security.Cryptography;
using System.Text;

namespace GridActors.Storage.Vault;

/// <summary>The key outside the database that wraps the keys of all packs: 32 random bytes, written in Base64.</summary>
public sealed class MasterKey
{
    readonly CipherKey _wrapping;

    MasterKey(ReadOnlySpan<byte> secret)
    {
        _wrapping = new(Derive(secret, Sealing.KeyLength, "gridactors/master/wrapping"u8), keepsCipher: false);
        Id = Convert.ToHexStringLower(Derive(secret, 8, "gridactors/master/id"u8));
    }

    /// <summary>Is kept with what it wraps, so that a wrong master key is known for one. It tells nothing about the key.</summary>
    public string Id { get; }

    /// <returns>Null when the text isn't 32 bytes in Base64.</returns>
    public static MasterKey? Parse(string written)
    {
        Span<byte> secret = stackalloc byte[Sealing.KeyLength + 1];
        var isKey = Convert.TryFromBase64String(written.Trim(), secret, out var length) && length == Sealing.KeyLength;
        var key = isKey ? new MasterKey(secret[..length]) : null;
        CryptographicOperations.ZeroMemory(secret);
        return key;
    }

    /// <summary>A new one, as it is written.</summary>
    public static string Generate() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Sealing.KeyLength));

    /// <param name="use">What the key is for, so that it can't be taken for another one.</param>
    internal byte[] Wrap(ReadOnlySpan<byte> key, string use) => _wrapping.Seal(key, Encoding.UTF8.GetBytes(use));

    /// <exception cref="CryptographicException">It was changed, or wrapped for another use.</exception>
    internal byte[] Unwrap(ReadOnlySpan<byte> wrapped, string use) => _wrapping.Open(wrapped, Encoding.UTF8.GetBytes(use));

    static byte[] Derive(ReadOnlySpan<byte> secret, int length, ReadOnlySpan<byte> info)
    {
        var derived = new byte[length];
        HKDF.Expand(HashAlgorithmName.SHA256, secret, derived, info);
        return derived;
    }
}

/// <summary>The master keys that a process was given.</summary>
/// <param name="Current">Null when none was named.</param>
/// <param name="Others">During a rotation: the other one of the two that are in use.</param>
public sealed record MasterKeys(MasterKey? Current, IReadOnlyList<MasterKey> Others)
{
    /// <summary>Says that a pack whose personal data has to be sealed can't be served without a master key.</summary>
    public static string Needed(string pack) =>
        $"Pack {pack} keeps households, whose data is encrypted: name a master key in Vault:KeyFile or GRIDACTORS_MASTER_KEY "
        + "(./gridactors vault new-key FILE makes one).";

    /// <exception cref="VaultException">It isn't among them.</exception>
    public MasterKey Get(string id)
    {
        if ((Current?.Id == id ? Current : Others.FirstOrDefault(k => k.Id == id)) is { } found)
            return found;
        throw new VaultException(
            Current is null
                ? $"The master key is missing: the database needs the one with id {id} (Vault:KeyFile or GRIDACTORS_MASTER_KEY)."
                : $"The master key is the wrong one: the database needs the one with id {id}, and {Current.Id} was given "
                    + "(Vault:KeyFile or GRIDACTORS_MASTER_KEY)."
        );
    }
}

/// <summary>The keys of the database can't be used; the message is one sentence that says what to do.</summary>
public sealed class VaultException(string message) : InvalidOperationException(message);
