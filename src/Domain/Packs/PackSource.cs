using System.Security.Cryptography;

namespace GridActors.Domain.Packs;

/// <summary>A file of a pack as it was written. A version of a pack keeps all of them, so that it can be edited and exported.</summary>
public sealed record PackSource(string Name, ReadOnlyMemory<byte> Content)
{
    /// <summary>SHA-256 of the content, hex.</summary>
    public string Hash { get; } = Convert.ToHexStringLower(SHA256.HashData(Content.Span));
}
