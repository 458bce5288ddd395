using System.Numerics;
using SkiaSharp;

namespace GridActors.Storage.Photos;

/// <summary>
/// A hash of what a picture looks like (a difference hash): whether each of 8 × 8 fields is brighter than its neighbour on the right. A
/// picture that was
/// made smaller, sent through a messenger or screenshotted keeps nearly all of its bits.
/// </summary>
public static class PhotoLikeness
{
    /// <summary>
    /// Two pictures whose hashes differ in so many bits at most look like one. Photos of one door, taken twice, differ in more.
    /// </summary>
    public const int MaxDistance = 3;

    const int Side = 8;

    /// <summary>A difference smaller than this is noise, of which the hash of a wall or of a night would consist.</summary>
    const int Noise = 2;

    /// <summary>A picture with fewer differences is so plain that others look like it.</summary>
    const int MinDifferences = 12;

    /// <param name="jpeg">The thumbnail.</param>
    /// <returns>Null when the picture is too plain to be told from others.</returns>
    public static long? Of(byte[] jpeg)
    {
        using var thumbnail = SKBitmap.Decode(jpeg);
        if (thumbnail is null)
            return null;
        using var image = SKImage.FromBitmap(thumbnail);
        using var small = new SKBitmap(new SKImageInfo(Side + 1, Side, SKColorType.Gray8, SKAlphaType.Opaque));
        using var pixels = small.PeekPixels();
        if (!image.ScalePixels(pixels, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)))
            return null;
        var grey = pixels.GetPixelSpan();
        var (hash, differences) = (0UL, 0);
        for (var y = 0; y < Side; y++)
        for (var x = 0; x < Side; x++)
        {
            var at = y * pixels.RowBytes + x;
            var difference = grey[at + 1] - grey[at];
            hash = (hash << 1) | (difference < -Noise ? 1UL : 0);
            differences += Math.Abs(difference) > Noise ? 1 : 0;
        }
        return differences < MinDifferences ? null : (long)hash;
    }

    public static int Distance(long one, long other) => BitOperations.PopCount((ulong)(one ^ other));
}
