using System.Security.Cryptography;
using System.Text;

namespace GridActors.Contracts.Cases;

/// <summary>
/// Ids of operations. The first twelve bytes are a hash of the caller and the key, the last four a hash of the request. So a key that is
/// used again for another request is recognised.
/// </summary>
public static class OperationIds
{
    const int KeyLength = 12;

    /// <param name="caller">The person who calls; keys are per caller.</param>
    /// <param name="request">The request as bytes.</param>
    public static Guid Of(string caller, string key, ReadOnlySpan<byte> request)
    {
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        Span<byte> content = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(caller, key, id);
        SHA256.HashData(request, content);
        content[..(16 - KeyLength)].CopyTo(id[KeyLength..]);
        return new(id[..16], bigEndian: true);
    }

    /// <summary>The id of what a caller creates with a key. It is the same for every repeat and doesn't depend on the request.</summary>
    public static Guid OfCreated(string caller, string key)
    {
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        Hash(caller, key, id);
        return new(id[^16..], bigEndian: true);
    }

    public static bool HaveOneKey(Guid a, Guid b)
    {
        Span<byte> left = stackalloc byte[16],
            right = stackalloc byte[16];
        a.TryWriteBytes(left, bigEndian: true, out _);
        b.TryWriteBytes(right, bigEndian: true, out _);
        return left[..KeyLength].SequenceEqual(right[..KeyLength]);
    }

    static void Hash(string caller, string key, Span<byte> into) => SHA256.HashData(Encoding.UTF8.GetBytes($"{caller}\n{key}"), into);
}
