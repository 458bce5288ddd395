using System.Runtime.InteropServices;
using SkiaSharp;

namespace GridActors.Storage.Photos;

/// <summary>Decodes pictures with the codecs that browsers use, and makes them small.</summary>
public static class Thumbnails
{
    /// <summary>The longer side of a thumbnail: a tile on a phone, at its resolution.</summary>
    public const int MaxSide = 480;

    /// <summary>More than phones take. A JPEG of this size is decoded line by line, at an eighth of its size.</summary>
    public const long MaxPixels = 50_000_000;

    /// <summary>What a decoder may need for a picture: 25 megapixels of a PNG, 16 of a progressive JPEG.</summary>
    public const long MaxDecodedBytes = 100_000_000;

    /// <summary>Pixels times passes: a progressive JPEG has some ten passes, but a file could ask for a hundred thousand.</summary>
    const long MaxWork = 20 * MaxPixels;

    const int Quality = 75;

    /// <returns>The thumbnail, a JPEG, when the picture can be decoded to its end.</returns>
    public static (byte[]? Jpeg, PhotoRejection? Rejection) Make(PhotoFile file)
    {
        if (file.IsTruncated)
            return (null, PhotoRejection.NotAPhoto);
        if (!MemoryMarshal.TryGetArray(file.Picture, out var picture))
            throw new ArgumentException("The picture isn't in an array.", nameof(file));
        // Skia reads the array itself instead of a copy of it.
        var pinned = GCHandle.Alloc(picture.Array, GCHandleType.Pinned);
        try
        {
            using var data = SKData.Create(pinned.AddrOfPinnedObject() + picture.Offset, picture.Count);
            using var codec = SKCodec.Create(data);
            if (codec is null)
                return (null, PhotoRejection.NotAPhoto);
            var pixels = (long)codec.Info.Width * codec.Info.Height;
            if (pixels > MaxPixels || pixels * file.BytesPerPixel > MaxDecodedBytes || pixels * file.Passes > MaxWork)
                return (null, PhotoRejection.TooLarge);
            using var decoded = Decode(codec);
            return decoded is null ? (null, PhotoRejection.NotAPhoto) : (Draw(decoded, codec.EncodedOrigin), null);
        }
        finally
        {
            pinned.Free();
        }
    }

    /// <returns>The picture, where its format allows that in a small size; null when it breaks off or is damaged.</returns>
    static SKBitmap? Decode(SKCodec codec)
    {
        // The codec takes the nearest scale that it has. Twice the size asks for one that isn't smaller than the thumbnail.
        var scale = Math.Min(1f, 2f * MaxSide / Math.Max(codec.Info.Width, codec.Info.Height));
        var size = codec.GetScaledDimensions(scale);
        var bitmap = new SKBitmap();
        if (
            bitmap.TryAllocPixels(new(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul))
            && codec.GetPixels(bitmap.Info, bitmap.GetPixels()) == SKCodecResult.Success
        )
            return bitmap;
        bitmap.Dispose();
        return null;
    }

    /// <summary>Draws the picture the right way up, on white, because a JPEG has no transparency.</summary>
    static byte[] Draw(SKBitmap decoded, SKEncodedOrigin origin)
    {
        var isTurned = origin >= SKEncodedOrigin.LeftTop;
        var (width, height) = isTurned ? (decoded.Height, decoded.Width) : (decoded.Width, decoded.Height);
        var scale = Math.Min(1f, (float)MaxSide / Math.Max(width, height));
        var info = new SKImageInfo(
            Math.Max(1, (int)MathF.Round(width * scale)),
            Math.Max(1, (int)MathF.Round(height * scale)),
            SKColorType.Rgba8888,
            SKAlphaType.Opaque
        );
        decoded.SetImmutable(); // Otherwise the image would be a copy.
        using var image = SKImage.FromBitmap(decoded);
        using var drawn = new SKBitmap(info);
        using (var canvas = new SKCanvas(drawn))
        {
            canvas.Clear(SKColors.White);
            canvas.Scale((float)info.Width / width, (float)info.Height / height);
            canvas.Concat(Upright(origin, width, height));
            canvas.DrawImage(image, 0, 0, new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        }
        using var jpeg = drawn.Encode(SKEncodedImageFormat.Jpeg, Quality);
        return jpeg.ToArray();
    }

    /// <param name="width">Of the upright picture.</param>
    /// <param name="height">Of the upright picture.</param>
    static SKMatrix Upright(SKEncodedOrigin origin, int width, int height) =>
        origin switch
        {
            SKEncodedOrigin.TopRight => new(-1, 0, width, 0, 1, 0, 0, 0, 1),
            SKEncodedOrigin.BottomRight => new(-1, 0, width, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.BottomLeft => new(1, 0, 0, 0, -1, height, 0, 0, 1),
            SKEncodedOrigin.LeftTop => new(0, 1, 0, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightTop => new(0, -1, width, 1, 0, 0, 0, 0, 1),
            SKEncodedOrigin.RightBottom => new(0, -1, width, -1, 0, height, 0, 0, 1),
            SKEncodedOrigin.LeftBottom => new(0, 1, 0, -1, 0, height, 0, 0, 1),
            _ => SKMatrix.Identity,
        };
}
