using System.Buffers.Binary;
using System.IO.Compression;
using GridActors.Storage.Photos;
using SkiaSharp;

namespace GridActors.Decisions.Tests.Photos;

public sealed class ThumbnailTests
{
    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    public void A_thumbnail_keeps_the_proportions_and_is_no_larger_than_the_picture(SKEncodedImageFormat format)
    {
        foreach (var (width, height) in new[] { (1000, 250), (300, 1500), (481, 480), (20, 10), (1, 1), (3000, 1) })
        {
            using var thumbnail = SKBitmap.Decode(Made(Pictures.Encode(format, 1, width, height)));

            var scale = Math.Min(1.0, (double)Thumbnails.MaxSide / Math.Max(width, height));
            Assert.Equal(Math.Max(1, width * scale), thumbnail.Width, 1.0);
            Assert.Equal(Math.Max(1, height * scale), thumbnail.Height, 1.0);
        }
    }

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(2, 1, 0)]
    [InlineData(3, 1, 1)]
    [InlineData(4, 0, 1)]
    [InlineData(5, 0, 0)]
    [InlineData(6, 1, 0)]
    [InlineData(7, 1, 1)]
    [InlineData(8, 0, 1)]
    public void A_thumbnail_is_upright(byte orientation, int right, int bottom)
    {
        // The first pixels in the file are dark. The orientation says in which corner they are.
        using var bitmap = new SKBitmap(1200, 600);
        using (var canvas = new SKCanvas(bitmap))
        using (var dark = new SKPaint { Color = SKColors.Black })
        {
            canvas.Clear(SKColors.White);
            canvas.DrawRect(0, 0, 600, 300, dark);
        }
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Jpeg, 90);
        var plain = encoded.ToArray();
        var exif = Pictures.Segment(0xE1, [.. "Exif\0\0"u8, .. Pictures.Exif(orientation: orientation)]);

        using var thumbnail = SKBitmap.Decode(Made([.. plain[..2], .. exif, .. plain[2..]]));

        Assert.Equal(orientation >= 5 ? (240, 480) : (480, 240), (thumbnail.Width, thumbnail.Height));
        for (var corner = 0; corner < 4; corner++)
        {
            var (x, y) = (corner % 2, corner / 2);
            var color = thumbnail.GetPixel(10 + x * (thumbnail.Width - 20), 10 + y * (thumbnail.Height - 20));
            Assert.Equal((x, y) == (right, bottom), color.Red < 128);
        }
    }

    [Fact]
    public void A_transparent_picture_becomes_white()
    {
        using var bitmap = new SKBitmap(new SKImageInfo(8, 8, SKColorType.Rgba8888, SKAlphaType.Premul));
        using var encoded = bitmap.Encode(SKEncodedImageFormat.Png, 90);

        using var thumbnail = SKBitmap.Decode(Made(encoded.ToArray()));

        Assert.Equal(SKColors.White, thumbnail.GetPixel(4, 4));
    }

    [Fact]
    public void A_file_that_is_no_whole_picture_is_rejected()
    {
        var (jpeg, png, webP) = (Pictures.Jpeg(), Pictures.Png(), Pictures.WebP());
        byte[][] files =
        [
            [0xFF, 0xD8, 0xFF],
            [0xFF, 0xD8, 0xFF, .. "<html><script>alert(1)</script></html>"u8],
            Pictures.Encode(SKEncodedImageFormat.Jpeg, 1, 200, 200)[..^9000],
            Pictures.ProgressiveJpeg()[..^60],
            jpeg[..100],
            png[..8],
            png[..Pictures.AfterPngHeader],
            png[..^100],
            webP[..13],
            webP[..^400],
            [.. "RIFF\0\0\0\0WEBP"u8, 0],
        ];

        Assert.All(files, file => Assert.Equal(PhotoRejection.NotAPhoto, Thumbnails.Make(PhotoFile.Parse(file)!).Rejection));
    }

    [Fact]
    public void Dimensions_are_bounded_before_anything_is_decoded()
    {
        // The headers claim 20,000 × 20,000 pixels.
        var jpeg = Pictures.Encode(SKEncodedImageFormat.Jpeg, 0);
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), 20_000);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), 20_000);
        var png = Pictures.Encode(SKEncodedImageFormat.Png, 0);
        byte[] header = [0, 0, 0x4E, 0x20, 0, 0, 0x4E, 0x20, 8, 2, 0, 0, 0];
        byte[] largePng = [.. png[..8], .. Pictures.Chunk("IHDR", header), .. png[Pictures.AfterPngHeader..]];
        var memory = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(PhotoRejection.TooLarge, Thumbnails.Make(PhotoFile.Parse(jpeg)!).Rejection);
        Assert.Equal(PhotoRejection.TooLarge, Thumbnails.Make(PhotoFile.Parse(largePng)!).Rejection);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - memory, 0, 100_000);
    }

    [Theory]
    [InlineData(8, 2, 0, 5001, true)] // A decoder keeps an interlaced picture twice.
    [InlineData(8, 2, 1, 3000, true)]
    [InlineData(8, 2, 1, 2000, false)]
    public void A_PNG_is_bounded_by_what_a_decoder_needs(byte depth, byte color, byte interlace, int side, bool isTooLarge)
    {
        var png = Pictures.Encode(SKEncodedImageFormat.Png, 0);
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, side);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), side);
        (header[8], header[9], header[12]) = (depth, color, interlace);

        var (_, rejection) = Thumbnails.Make(
            PhotoFile.Parse((byte[])[.. png[..8], .. Pictures.Chunk("IHDR", header), .. png[Pictures.AfterPngHeader..]])!
        );

        Assert.Equal(isTooLarge ? PhotoRejection.TooLarge : PhotoRejection.NotAPhoto, rejection);
    }

    [Fact]
    public void A_JPEG_that_asks_for_a_hundred_thousand_passes_is_too_large()
    {
        var jpeg = Pictures.ProgressiveJpeg();
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC2]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), 4_000);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), 4_000);
        byte[] scan = [.. Pictures.Segment(0xDA, [1, 1, 0, 1, 63, 0]), 0x55];
        byte[] file = [.. jpeg[..^2], .. Enumerable.Repeat(scan, 100_000).SelectMany(s => s), 0xFF, 0xD9];

        Assert.Equal(PhotoRejection.TooLarge, Thumbnails.Make(PhotoFile.Parse(file)!).Rejection);
    }

    [Fact]
    public void Compressed_texts_are_never_inflated()
    {
        using var compressed = new MemoryStream();
        using (var stream = new ZLibStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
            stream.Write(new byte[100_000_000]);
        var png = Pictures.Encode(SKEncodedImageFormat.Png, 0);
        foreach (var type in new[] { "zTXt", "iCCP", "iTXt" })
        {
            byte[] prefix = type == "iTXt" ? [.. "Comment\0"u8, 1, 0, 0, 0] : [.. "Comment\0"u8, 0];
            var chunk = Pictures.Chunk(type, [.. prefix, .. compressed.ToArray()]);
            byte[] file = [.. png[..Pictures.AfterPngHeader], .. chunk, .. png[Pictures.AfterPngHeader..]];
            var memory = GC.GetAllocatedBytesForCurrentThread();

            Made(file);

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - memory, 0, 2 * file.Length);
        }
    }

    static byte[] Made(byte[] file)
    {
        var (thumbnail, rejection) = Thumbnails.Make(PhotoFile.Parse(file)!);
        Assert.Null(rejection);
        return thumbnail!;
    }
}
