using System.Security.Cryptography;

namespace GridActors.Storage.Vault;

/// <summary>
/// A key that seals and opens. To make a cipher of it takes longer than to open something with it, so a key that is used often keeps one
/// for the next time; two threads may not use the same one at a time, and the second makes its own.
/// </summary>
/// <param name="key">32 bytes.</param>
/// <param name="keepsCipher">A cipher takes 1.4 kB.</param>
sealed class CipherKey(byte[] key, bool keepsCipher)
{
    AesGcm? _kept;

    public ReadOnlySpan<byte> Bytes => key;

    /// <param name="additional">Isn't in the result, but has to be the same when it is opened.</param>
    public byte[] Seal(ReadOnlySpan<byte> clear, ReadOnlySpan<byte> additional)
    {
        var cipher = Take();
        try
        {
            return Sealing.Seal(cipher, clear, additional);
        }
        finally
        {
            Return(cipher);
        }
    }

    /// <exception cref="CryptographicException">
    /// It was sealed with another key or other additional bytes, or it was changed.
    /// </exception>
    public byte[] Open(ReadOnlySpan<byte> value, ReadOnlySpan<byte> additional)
    {
        var cipher = Take();
        try
        {
            return Sealing.Open(cipher, value, additional);
        }
        finally
        {
            Return(cipher);
        }
    }

    AesGcm Take() => Interlocked.Exchange(ref _kept, null) ?? new(key, Sealing.TagLength);

    void Return(AesGcm cipher)
    {
        if (!keepsCipher || Interlocked.CompareExchange(ref _kept, cipher, null) is not null)
            cipher.Dispose();
    }
}
