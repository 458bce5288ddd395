using System.Security.Cryptography;
using Microsoft.Extensions.ObjectPool;

namespace GridActors.Storage.Vault;

/// <summary>
/// A data key, with ciphers that are ready to be used: to make one takes longer than to open something with it, and two threads may not use
/// the same one at a time.
/// </summary>
sealed class DataKey(byte[] key)
{
    readonly DefaultObjectPool<AesGcm> _ciphers = new(new Making(key));

    public byte[] Seal(ReadOnlySpan<byte> clear, ReadOnlySpan<byte> additional)
    {
        var cipher = _ciphers.Get();
        try
        {
            return Sealing.Seal(cipher, clear, additional);
        }
        finally
        {
            _ciphers.Return(cipher);
        }
    }

    /// <exception cref="CryptographicException">
    /// It was sealed with another key or other additional bytes, or it was changed.
    /// </exception>
    public void Open(ReadOnlySpan<byte> value, ReadOnlySpan<byte> additional, Span<byte> clear)
    {
        var cipher = _ciphers.Get();
        try
        {
            Sealing.Open(cipher, value, additional, clear);
        }
        finally
        {
            _ciphers.Return(cipher);
        }
    }

    sealed class Making(byte[] key) : PooledObjectPolicy<AesGcm>
    {
        public override AesGcm Create() => new(key, Sealing.TagLength);

        public override bool Return(AesGcm obj) => true;
    }
}
