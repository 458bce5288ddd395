using System.Security.Cryptography;

namespace GridActors.Storage.Vault;

/// <summary>
/// AES-256-GCM with a random nonce. A sealed value is a byte for this format, the nonce, the tag, and the encrypted bytes.
/// </summary>
static class Sealing
{
    public const int KeyLength = 32;
    public const int TagLength = 16;

    const byte Format = 1;
    const int NonceLength = 12;
    const int Overhead = 1 + NonceLength + TagLength;

    /// <param name="additional">Isn't in the result, but has to be the same when it is opened.</param>
    public static byte[] Seal(AesGcm cipher, ReadOnlySpan<byte> clear, ReadOnlySpan<byte> additional)
    {
        var value = new byte[Overhead + clear.Length];
        value[0] = Format;
        var nonce = value.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        cipher.Encrypt(nonce, clear, value.AsSpan(Overhead), value.AsSpan(1 + NonceLength, TagLength), additional);
        return value;
    }

    /// <exception cref="CryptographicException">
    /// It was sealed with another key or other additional bytes, or it was changed.
    /// </exception>
    public static byte[] Open(AesGcm cipher, ReadOnlySpan<byte> value, ReadOnlySpan<byte> additional)
    {
        if (value.Length < Overhead || value[0] != Format)
            throw new CryptographicException("This isn't a sealed value.");
        var clear = new byte[value.Length - Overhead];
        cipher.Decrypt(value.Slice(1, NonceLength), value[Overhead..], value.Slice(1 + NonceLength, TagLength), clear, additional);
        return clear;
    }
}
