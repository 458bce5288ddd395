using GridActors.Storage.Photos;
using SkiaSharp;

namespace GridActors.Decisions.Tests.Photos;

public sealed class PhotoFuzzTests
{
    const int Mutations = 2_000;

    static readonly DateTimeOffset Now = new(2026, 11, 25, 12, 0, 0, TimeSpan.Zero);

    public static TheoryData<string, int> Seeds =>
        new()
        {
            { "jpeg", 1 },
            { "progressive", 2 },
            { "png", 3 },
            { "webp", 4 },
            { "lossless", 5 },
        };

    [Theory, MemberData(nameof(Seeds))]
    public void A_damaged_file_is_shown_or_rejected_and_needs_no_more_memory_than_it_has(string kind, int seed)
    {
        var original = kind switch
        {
            "jpeg" => Pictures.Jpeg(),
            "progressive" => Pictures.ProgressiveJpeg(),
            "png" => Pictures.Png(),
            "webp" => Pictures.WebP(),
            _ => Lossless(),
        };
        var random = new Random(seed);
        for (var i = 0; i < Mutations; i++)
        {
            var file = Damage(original, random);
            var memory = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                if (PhotoFile.Parse(file) is not { } parsed)
                    continue;
                _ = (parsed.TakenAt(Now), parsed.Position);
                Assert.InRange(parsed.Picture.Length, 0, file.Length + 64);
                var (thumbnail, rejection) = Thumbnails.Make(parsed);
                Assert.True(thumbnail is null != rejection is null);
                // The thumbnail of a header that claims many pixels may be larger than its file.
                Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - memory, 0, 4 * file.Length + 500_000);
            }
            catch (Exception e)
            {
                Assert.Fail($"{kind}, seed {seed}, mutation {i}, {Convert.ToBase64String(file)}: {e}");
            }
        }
    }

    static byte[] Lossless()
    {
        using var bitmap = SKBitmap.Decode(Pictures.Encode(SKEncodedImageFormat.Png, 0));
        using var pixels = bitmap.PeekPixels();
        using var encoded = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 50));
        return encoded!.ToArray();
    }

    /// <summary>One to four changes: bytes, lengths, parts that are cut out, doubled or swapped, an end that is missing.</summary>
    static byte[] Damage(byte[] original, Random random)
    {
        var file = original.ToList();
        for (var changes = random.Next(1, 5); changes > 0 && file.Count > 12; changes--)
        {
            var at = random.Next(file.Count);
            var length = Math.Min(random.Next(1, 40), file.Count - at);
            switch (random.Next(7))
            {
                case 0:
                    file[at] = (byte)random.Next(256);
                    break;
                case 1:
                    file[at] ^= (byte)(1 << random.Next(8));
                    break;
                case 2:
                    // The largest lengths and counts.
                    for (var i = at; i < Math.Min(at + 4, file.Count); i++)
                        file[i] = 0xFF;
                    break;
                case 3:
                    file.RemoveRange(at, length);
                    break;
                case 4:
                    file.InsertRange(at, file.GetRange(at, length));
                    break;
                case 5:
                    file.InsertRange(random.Next(file.Count), file.GetRange(at, length));
                    break;
                default:
                    file.RemoveRange(at, file.Count - at);
                    break;
            }
        }
        return [.. file];
    }
}
