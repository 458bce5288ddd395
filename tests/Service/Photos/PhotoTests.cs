using System.Security.Cryptography;
using GridActors.Storage.Photos;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace GridActors.Service.Tests.Photos;

public sealed class PhotoTests : SharedServiceTest
{
    [Fact]
    public async Task Photo_metadata_is_stored_as_evidence_and_stripped_from_what_is_served()
    {
        var (worker, jpeg) = (await As("worker-1"), Pictures.Jpeg());

        var uploaded = (await worker.Upload(jpeg)).Expect(201);

        var id = uploaded.Body.GetProperty("id").GetString()!;
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(jpeg)), id);
        Assert.Equal(
            ("image/jpeg", jpeg.Length),
            (uploaded.Body.GetProperty("contentType").GetString(), uploaded.Body.GetProperty("size").GetInt32())
        );
        Assert.Equal("2026-11-22T08:30:15", uploaded.Body.GetProperty("takenAt").GetString());
        Assert.Equal(113.02, uploaded.Body.GetProperty("position").GetProperty("lon").GetDouble(), 4);
        Assert.Equal(27.05, uploaded.Body.GetProperty("position").GetProperty("lat").GetDouble(), 4);

        var shown = (await worker.Get($"/api/photos/{id}")).Expect(200);
        Assert.Equal("image/jpeg", shown.ContentType);
        Assert.False(Pictures.Tells(shown.Bytes, Pictures.Secret));
        using var codec = SKCodec.Create(new MemoryStream(shown.Bytes));
        Assert.Equal(SKEncodedOrigin.RightTop, codec.EncodedOrigin); // Orientation 6.
        Assert.Contains("no-cache", shown.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Contains("private", shown.Headers["Cache-Control"], StringComparison.Ordinal);
        Assert.Equal(jpeg, await Service.Ask<byte[]>("select bytes from photo where id = $1", id));
    }

    [Theory]
    [InlineData("png", "image/png")]
    [InlineData("webp", "image/webp")]
    public async Task PNG_and_WebP_are_recognised_by_content_and_stripped(string kind, string contentType)
    {
        var worker = await As("worker-1");
        var bytes = kind == "png" ? Pictures.Png() : Pictures.WebP();

        var uploaded = (await worker.Upload(bytes, "photo.jpg", "image/jpeg")).Expect(201).Body;
        var shown = (await worker.Get($"/api/photos/{uploaded.GetProperty("id").GetString()}")).Expect(200);

        Assert.Equal((contentType, contentType), (uploaded.GetProperty("contentType").GetString(), shown.ContentType));
        Assert.False(Pictures.Tells(shown.Bytes, Pictures.Secret));
        Assert.False(Pictures.Tells(shown.Bytes, "eXIf"));
        Assert.False(Pictures.Tells(shown.Bytes, "EXIF"));
        Assert.True(Pictures.Tells(shown.Bytes, kind == "png" ? "IDAT" : "VP8 "));
    }

    [Fact]
    public async Task A_photo_with_an_impossible_position_is_stored_without_it()
    {
        var worker = await As("worker-1");

        foreach (var latitude in new uint[][] { [27, 1, 57, 1, 58, 0], [200, 1, 0, 1, 0, 1], [uint.MaxValue, 1, 0, 1, 0, 1] })
        {
            var uploaded = (await worker.Upload(Pictures.JpegWith(Pictures.Exif(latitude: latitude), 60))).Expect(201).Body;

            Assert.Equal(System.Text.Json.JsonValueKind.Null, uploaded.GetProperty("position").ValueKind);
            Assert.Equal("2026-11-22T08:30:15", uploaded.GetProperty("takenAt").GetString());
        }
    }

    [Fact]
    public async Task The_same_photo_twice_is_one_photo()
    {
        var worker = await As("worker-1");

        Assert.Equal((await worker.Upload(Pictures.Jpeg(7))).Expect(201).Text, (await worker.Upload(Pictures.Jpeg(7))).Expect(201).Text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("just text")]
    [InlineData("GIF89a, which is a picture, but none of ours")]
    [InlineData("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")]
    [InlineData("%PDF-1.7")]
    public async Task An_upload_that_is_no_photo_is_rejected(string content) =>
        (await (await As("worker-1")).Upload(System.Text.Encoding.UTF8.GetBytes(content))).Expect(415, "not-a-photo");

    [Theory]
    [InlineData(10 * 1024 * 1024, 201)]
    [InlineData(10 * 1024 * 1024 + 1, 413)]
    [InlineData(60 * 1024 * 1024, 413)]
    public async Task A_photo_over_ten_megabytes_is_rejected(int size, int status)
    {
        var bytes = new byte[size];
        Pictures.Jpeg(9).CopyTo(bytes, 0);

        (await (await As("worker-1")).Upload(bytes)).Expect(status, status == 413 ? "too-large" : null);
    }

    [Fact]
    public async Task An_upload_without_a_file_is_an_invalid_request()
    {
        using var form = new MultipartFormDataContent { { new StringContent("x"), "other" } };

        (await (await As("worker-1")).Post("/api/photos", form)).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task An_unattached_photo_is_visible_to_its_uploader_alone()
    {
        var (worker, other) = (await As("worker-1"), await As("worker-2"));
        var id = (await worker.Upload(Pictures.Jpeg(1))).Expect(201).Body.GetProperty("id").GetString()!;

        (await other.Get($"/api/photos/{id}")).Expect(404, "not-found");
        (await (await As("worker-1", "baihe")).Get($"/api/photos/{id}")).Expect(404, "not-found");
        (
            await other.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "别人的照片",
                    photos = new[] { id },
                }
            )
        ).Expect(400, "invalid-request");
        var theirs = await other.Report("C-A1-1");
        await other.Do(theirs.Id, "claim");
        (await other.Step(theirs.Id, "progress", new { text = "别人的照片", photos = new[] { id } })).Expect(400, "invalid-request");
        (await other.Get($"/api/cases/{theirs.Id}/photos/{id}")).Expect(404, "not-found");

        // Another person who has the same picture may upload it too.
        (await other.Upload(Pictures.Jpeg(1))).Expect(201);
        (await other.Get($"/api/photos/{id}")).Expect(200);
    }

    [Fact]
    public async Task Photos_of_a_case_are_visible_with_the_case_and_name_their_step()
    {
        var (clerk, worker) = (await As("clerk-a1"), await As("worker-1"));
        var before = (await clerk.Upload(Pictures.Jpeg(2))).Expect(201).Body.GetProperty("id").GetString()!;
        var after = (await worker.Upload(Pictures.Jpeg(3))).Expect(201).Body.GetProperty("id").GetString()!;
        var reported = (
            await clerk.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "有图",
                    photos = new[] { before, before },
                }
            )
        ).Expect(201).As<CaseView>();
        await worker.Do(reported.Id, "claim");

        var resolved = await worker.Do(reported.Id, "resolve", new { text = "清理后", photos = new[] { after } });

        Assert.Equal([new CasePhoto(before, "reported"), new CasePhoto(after, "resolved")], resolved.Photos);
        Assert.Equal([after], (await worker.History(reported.Id))[2].Photos);
        foreach (var id in new[] { before, after })
        {
            var shown = (await (await As("visitor-a")).Get($"/api/cases/{reported.Id}/photos/{id}")).Expect(200);
            Assert.False(Pictures.Tells(shown.Bytes, Pictures.Secret));
            (await (await As("visitor-b")).Get($"/api/cases/{reported.Id}/photos/{id}")).Expect(404, "not-found");
            (await (await As("dispatcher-1", "baihe")).Get($"/api/cases/{reported.Id}/photos/{id}")).Expect(404, "not-found");
        }
        (await worker.Get($"/api/cases/{reported.Id}/photos/{new string('0', 64)}")).Expect(404, "not-found");
    }

    [Fact]
    public async Task A_step_with_more_than_nine_photos_is_rejected()
    {
        var worker = await As("worker-1");
        var ids = new List<string>();
        for (byte i = 20; i < 30; i++)
            ids.Add((await worker.Upload(Pictures.Jpeg(i))).Expect(201).Body.GetProperty("id").GetString()!);

        (
            await worker.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "十张",
                    photos = ids,
                }
            )
        ).Expect(400, "invalid-request");
        var view = (
            await worker.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "九张",
                    photos = ids[..9],
                }
            )
        ).Expect(201).As<CaseView>();

        Assert.Equal(ids[..9], view.Photos.Select(p => p.Id));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("..%2F..%2Fetc%2Fpasswd")]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000000")]
    public async Task An_unknown_photo_returns_not_found(string id) =>
        (await (await As("worker-1")).Get($"/api/photos/{id}")).Expect(404, "not-found");

    [Fact]
    public async Task A_truncated_picture_is_rejected()
    {
        var worker = await As("worker-1");
        foreach (var picture in new[] { Pictures.Jpeg(5), Pictures.Png(), Pictures.WebP() })
        {
            foreach (var length in new[] { 3, 8, 20, 100, picture.Length / 2 })
                (await worker.Upload(picture[..length])).Expect(415, "not-a-photo");
        }
    }

    [Fact]
    public async Task A_picture_of_too_many_pixels_is_rejected()
    {
        var png = Pictures.Encode(SKEncodedImageFormat.Png, 0);
        byte[] header = [0, 0, 0xFF, 0xFF, 0, 0, 0xFF, 0xFF, 8, 2, 0, 0, 0];

        (await (await As("worker-1")).Upload([.. png[..8], .. Pictures.Chunk("IHDR", header), .. png[Pictures.AfterPngHeader..]])).Expect(
            413,
            "too-large"
        );
    }

    [Fact]
    public async Task Unattached_photos_are_deleted_after_a_week()
    {
        var worker = await As("worker-1");
        async Task<string> Upload(byte seed, int daysAgo)
        {
            var id = (await worker.Upload(Pictures.Jpeg(seed))).Expect(201).Body.GetProperty("id").GetString()!;
            await Service.Ask<string>(
                "update photo_upload set at = now() - make_interval(days => $2) where photo = $1 returning photo",
                id,
                daysAgo
            );
            return id;
        }
        var (used, unused, young, again) = (await Upload(41, 9), await Upload(42, 9), await Upload(43, 6), await Upload(44, 9));
        (await worker.Upload(Pictures.Jpeg(44))).Expect(201); // Uploading a photo again renews it.
        await worker.Post(
            "/api/cases",
            new
            {
                category = "rubbish",
                area = "C-A1-1",
                title = "有图",
                photos = new[] { used },
            }
        );

        var swept = await Service.Services.GetRequiredService<PhotoSweep>().Sweep(CancellationToken.None);

        Assert.True(swept >= 1);
        (await worker.Get($"/api/photos/{unused}")).Expect(404, "not-found");
        (await worker.Get($"/api/photos/{used}")).Expect(200);
        (await worker.Get($"/api/photos/{young}")).Expect(200);
        (await worker.Get($"/api/photos/{again}")).Expect(200);
    }
}
