using GridActors.Storage.Photos;
using SkiaSharp;

namespace GridActors.Decisions.Tests.Photos;

public sealed class PhotoFileTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Kinds => ["jpeg", "png", "webp"];

    static byte[] Picture(string kind) =>
        kind switch
        {
            "jpeg" => Pictures.Jpeg(),
            "png" => Pictures.Png(),
            _ => Pictures.WebP(),
        };

    static SKEncodedImageFormat Format(string kind) =>
        kind switch
        {
            "jpeg" => SKEncodedImageFormat.Jpeg,
            "png" => SKEncodedImageFormat.Png,
            _ => SKEncodedImageFormat.Webp,
        };

    [Theory, MemberData(nameof(Kinds))]
    public void A_shown_picture_has_the_same_pixels_and_nothing_private(string kind)
    {
        var bytes = Picture(kind);

        var shown = PhotoFile.Parse(bytes)!.Picture.ToArray();

        Assert.False(Pictures.Tells(shown, Pictures.Secret));
        Assert.False(Pictures.Tells(shown, "eXIf") || Pictures.Tells(shown, "EXIF") || Pictures.Tells(shown, "prVt"));
        using var before = SKBitmap.Decode(Pictures.Encode(Format(kind), 0));
        using var after = SKBitmap.Decode(shown);
        Assert.Equal(before.Bytes, after.Bytes);
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Time_and_place_are_read_from_the_EXIF_block_of_each_format(string kind)
    {
        var file = PhotoFile.Parse(Picture(kind))!;

        Assert.Equal(new DateTime(2026, 11, 22, 8, 30, 15, DateTimeKind.Unspecified), file.TakenAt(Now));
        Assert.Equal(113.02, file.Position!.Value.Lon, 9);
        Assert.Equal(27.05, file.Position!.Value.Lat, 9);
    }

    [Theory]
    [InlineData(27u, 1u, 57u, 1u, 58u, 0u)] // Division by zero.
    [InlineData(27u, 0u, 0u, 0u, 0u, 0u)]
    [InlineData(200u, 1u, 0u, 1u, 0u, 1u)]
    [InlineData(uint.MaxValue, 1u, 0u, 1u, 0u, 1u)]
    [InlineData(90u, 1u, 0u, 1u, 1u, 1u)]
    [InlineData(27u, 1u, 60u, 1u, 0u, 1u)]
    [InlineData(27u, 1u, 0u, 1u, 3600u, 1u)]
    public void A_latitude_that_no_place_has_is_no_position(params uint[] latitude)
    {
        var file = PhotoFile.Parse(Pictures.JpegWith(Pictures.Exif(latitude: latitude)))!;

        Assert.Null(file.Position);
        Assert.NotNull(file.TakenAt(Now));
    }

    [Theory]
    [InlineData(181u, 1u, 0u, 1u, 0u, 1u)]
    [InlineData(uint.MaxValue, 1u, 0u, 1u, 0u, 1u)]
    public void A_longitude_that_no_place_has_is_no_position(params uint[] longitude) =>
        Assert.Null(PhotoFile.Parse(Pictures.JpegWith(Pictures.Exif(longitude: longitude)))!.Position);

    [Fact]
    public void Zeros_of_a_receiver_without_a_fix_are_no_position()
    {
        uint[] zero = [0, 1, 0, 1, 0, 1];

        Assert.Null(PhotoFile.Parse(Pictures.JpegWith(Pictures.Exif(latitude: zero, longitude: zero)))!.Position);
    }

    [Theory]
    [InlineData("0000:00:00 00:00:00")]
    [InlineData("1970:01:01 00:00:00")]
    [InlineData("9999:12:31 23:59:59")]
    [InlineData("2026:11:27 12:00:01")]
    [InlineData("2026:02:30 10:00:00")]
    [InlineData("                   ")]
    public void A_time_that_is_not_plausible_is_no_time(string takenAt) =>
        Assert.Null(PhotoFile.Parse(Pictures.JpegWith(Pictures.Exif(takenAt)))!.TakenAt(Now));

    [Fact]
    public void An_EXIF_block_with_any_damaged_byte_leaves_the_picture()
    {
        for (var at = 0; at < Pictures.Exif().Length; at++)
        {
            foreach (var value in new byte[] { 0x00, 0x7F, 0xFF })
            {
                var exif = Pictures.Exif();
                exif[at] = value;
                var file = PhotoFile.Parse(Pictures.JpegWith(exif))!;

                Assert.NotNull(Thumbnails.Make(file).Jpeg);
                Assert.True(file.TakenAt(Now) is null or { Year: >= 1995 and <= 2026 });
                Assert.True(file.Position is null or { Lon: >= -180 and <= 180, Lat: >= -90 and <= 90 });
            }
        }
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(+1)]
    public void An_EXIF_length_that_is_wrong_by_one_leaves_the_picture(int error)
    {
        var plain = Pictures.Encode(SKEncodedImageFormat.Jpeg, 0);
        var segment = Pictures.Segment(0xE1, [.. "Exif\0\0"u8, .. Pictures.Exif()]);
        segment[3] = (byte)(segment[3] + error);

        var file = PhotoFile.Parse((byte[])[.. plain[..2], .. segment, .. plain[2..]])!;

        Assert.NotNull(Thumbnails.Make(file).Jpeg);
        using var codec = SKCodec.Create(new MemoryStream(file.Picture.ToArray()));
        Assert.Equal(SKEncodedOrigin.RightTop, codec.EncodedOrigin); // The EXIF block could still be read.
    }

    [Fact]
    public void A_progressive_JPEG_keeps_all_of_its_scans()
    {
        var file = PhotoFile.Parse(Pictures.ProgressiveJpeg())!;

        Assert.Equal((10, 6), (file.Passes, file.BytesPerPixel));
        Assert.Equal(Pictures.ProgressiveJpeg(), file.Picture.ToArray());
        Assert.NotNull(Thumbnails.Make(file).Jpeg);
    }
}
