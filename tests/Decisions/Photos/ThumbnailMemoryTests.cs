using System.Buffers.Binary;
using System.Globalization;
using GridActors.Storage.Photos;
using SkiaSharp;

namespace GridActors.Decisions.Tests.Photos;

/// <summary>Measures the memory of the process, so that no other test may run meanwhile.</summary>
[CollectionDefinition(nameof(MeasuredAlone), DisableParallelization = true)]
public sealed class MeasuredAlone;

/// <summary>No photo that is taken needs more memory than the bound says, the decoder's own included.</summary>
[Collection(nameof(MeasuredAlone))]
public sealed class ThumbnailMemoryTests
{
    /// <summary>
    /// What docs/operations.md says of <c>Photos:MaxAtOnce</c>: the decoded picture, and a third of it for the smaller versions from which
    /// the thumbnail is drawn.
    /// </summary>
    const long MaxGrowth = 150_000_000;

    [Theory]
    [InlineData(SKEncodedImageFormat.Jpeg, 8660, 5770)]
    [InlineData(SKEncodedImageFormat.Png, 5000, 5000)]
    [InlineData(SKEncodedImageFormat.Webp, 5000, 5000)]
    public void The_largest_pictures_need_no_more_memory_than_the_bound(SKEncodedImageFormat format, int width, int height)
    {
        var file = PhotoFile.Parse(Pictures.Encode(format, 1, width, height))!;

        var growth = PeakGrowth(() => Assert.NotNull(Thumbnails.Make(file).Jpeg));

        Assert.True(growth <= MaxGrowth, $"It needed {growth:N0} bytes.");
    }

    [Fact]
    public void The_largest_progressive_JPEG_needs_no_more_memory_than_the_bound()
    {
        var jpeg = Pictures.ProgressiveJpeg();
        var frame = jpeg.AsSpan().IndexOf((ReadOnlySpan<byte>)[0xFF, 0xC2]);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 5), 4_000);
        BinaryPrimitives.WriteUInt16BigEndian(jpeg.AsSpan(frame + 7), 4_000);
        var file = PhotoFile.Parse(jpeg)!;

        var growth = PeakGrowth(() => Assert.NotEqual(PhotoRejection.TooLarge, Thumbnails.Make(file).Rejection));

        Assert.True(growth <= MaxGrowth, $"It needed {growth:N0} bytes.");
    }

    /// <summary>How much more memory the process had at its peak than before; less than nothing when other memory was freed.</summary>
    static long PeakGrowth(Action work)
    {
        GC.Collect();
        File.WriteAllText("/proc/self/clear_refs", "5"); // The peak begins anew.
        var before = Status("VmRSS:");
        work();
        return Status("VmHWM:") - before;
    }

    static long Status(string name) =>
        long.Parse(
            File.ReadLines("/proc/self/status").Single(l => l.StartsWith(name, StringComparison.Ordinal)).Split(' ')[^2],
            CultureInfo.InvariantCulture
        ) * 1024;
}
