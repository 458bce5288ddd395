using GridActors.Contracts.Cases;

namespace GridActors.Storage.Photos;

/// <summary>What a phone says of the picture from which it made the one that it uploads.</summary>
/// <param name="Hash">SHA-256 of the original, in hex.</param>
/// <param name="TakenAt">By the camera's clock, without a time zone.</param>
public sealed record PhotoOrigin(string? Hash, DateTime? TakenAt, Position? Position)
{
    public static PhotoOrigin Unknown { get; } = new(null, null, null);
}
