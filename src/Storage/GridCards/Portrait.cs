using SkiaSharp;

namespace GridActors.Storage.GridCards;

/// <summary>Makes a portrait of a thumbnail: the square in its middle, small enough to travel with the card's text.</summary>
static class Portrait
{
    const int Side = 240;
    const int Quality = 80;

    /// <param name="thumbnail">A JPEG of this service's own making.</param>
    /// <returns>Null when it can't be decoded.</returns>
    public static byte[]? Of(ReadOnlyMemory<byte> thumbnail)
    {
        using var picture = SKBitmap.Decode(thumbnail.Span);
        if (picture is null)
            return null;
        var side = Math.Min(picture.Width, picture.Height);
        // Heads are in the upper part of pictures that are higher than wide.
        var (left, top) = ((picture.Width - side) / 2f, (picture.Height - side) / 4f);
        using var image = SKImage.FromBitmap(picture);
        using var drawn = new SKBitmap(new SKImageInfo(Side, Side, SKColorType.Rgba8888, SKAlphaType.Opaque));
        using (var canvas = new SKCanvas(drawn))
            canvas.DrawImage(
                image,
                SKRect.Create(left, top, side, side),
                SKRect.Create(0, 0, Side, Side),
                new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear)
            );
        using var jpeg = drawn.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg.ToArray();
    }
}
