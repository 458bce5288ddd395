using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using GridActors.Contracts.People;
using GridActors.Storage.Photos;
using Microsoft.Extensions.DependencyInjection;
using SkiaSharp;

namespace GridActors.Service.Tests.Photos;

public sealed class PhotoUploadTests : SharedServiceTest
{
    [Fact]
    public async Task An_announced_photo_may_be_shown_before_it_is_there_and_goes_on_where_the_line_broke()
    {
        var (worker, photo) = (await As("worker-1"), Picture());
        var id = HashOf(photo);
        Assert.Equal((0, false, true), await Announce(worker, photo));

        var reported = (
            await worker.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "路面破损",
                    photos = new[] { id },
                },
                Client.NewKey()
            )
        ).Expect(201);
        var path = $"/api/cases/{reported.Body.GetProperty("id").GetString()}/photos/{id}";
        (await worker.Get(path)).Expect(404, "not-found");

        Assert.Equal((1000, false), Progress(await Send(worker, id, 0, photo[..1000])));
        // Repeated, out of place and beyond the end: nothing changes.
        Assert.Equal((1000, false), Progress(await Send(worker, id, 0, photo[..1000])));
        Assert.Equal((1000, false), Progress(await Send(worker, id, 2000, photo[2000..])));
        Assert.Equal((1000, false, true), await Announce(worker, photo));
        Assert.Equal((photo.Length, true), Progress(await Send(worker, id, 1000, photo[1000..])));

        Assert.Equal("image/jpeg", (await worker.Get(path)).Expect(200).ContentType);
        Assert.True((await Announce(worker, photo)).There);
        Assert.Equal(0L, await Service.Ask<long>("select count(*) from photo_piece where photo = $1", id));
    }

    [Fact]
    public async Task Bytes_with_another_hash_are_dropped_and_the_photo_begins_anew()
    {
        var (worker, photo) = (await As("worker-1"), Picture());
        var id = HashOf(photo);
        await Announce(worker, photo);
        var wrong = photo.ToArray();
        wrong[^100] ^= 1;

        (await Send(worker, id, 0, wrong)).Expect(422, "photo-differs");

        Assert.Equal((0, false, true), await Announce(worker, photo));
        Assert.Equal((photo.Length, true), Progress(await Send(worker, id, 0, photo)));
    }

    [Fact]
    public async Task A_piece_of_a_photo_that_was_not_announced_is_refused()
    {
        var photo = Picture();
        await Announce(await As("worker-1"), photo);

        (await Send(await As("worker-2"), HashOf(photo), 0, photo)).Expect(404, "not-found");
        (await Send(await As("worker-1"), HashOf(photo), -1, photo)).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task Whoever_only_announces_a_photo_of_somebody_else_may_not_show_it()
    {
        var (worker, other, photo) = (await As("worker-1"), await As("worker-2"), Picture());
        (await worker.Upload(photo)).Expect(201);

        Assert.Equal((0, false, false), await Announce(other, photo));
        var stolen = await other.Post(
            "/api/cases",
            new
            {
                category = "rubbish",
                area = "C-A1-1",
                title = "路面破损",
                photos = new[] { HashOf(photo) },
            },
            Client.NewKey()
        );
        stolen.Expect(400, "invalid-request");

        (await Send(other, HashOf(photo), 0, photo)).Expect(200);
        (await other.Get($"/api/photos/{HashOf(photo)}")).Expect(200);
    }

    [Fact]
    public async Task What_the_original_said_is_kept_with_the_upload()
    {
        var (worker, photo) = (await As("worker-1"), Picture());
        var id = HashOf(photo);
        var announced = new
        {
            id,
            size = photo.Length,
            originalHash = new string('a', 64),
            takenAt = "2026-11-20T08:12:31",
            position = new { lon = 113.5, lat = 27.5 },
        };
        (await worker.Post("/api/photos/uploads", new { photos = new[] { announced } })).Expect(200);
        (await Send(worker, id, 0, photo)).Expect(200);

        Assert.Equal(announced.originalHash, await Service.Ask<string>("select original from photo_upload where photo = $1", id));
        Assert.Equal(
            new DateTime(2026, 11, 20, 8, 12, 31),
            await Service.Ask<DateTime>("select taken_at from photo_upload where photo = $1", id)
        );
        Assert.Equal(27.5, await Service.Ask<double>("select lat from photo_upload where photo = $1", id));
    }

    [Theory]
    [InlineData("""{ "photos": [] }""")]
    [InlineData("""{ "photos": [{ "id": "x", "size": 5 }] }""")]
    [InlineData("""{ "photos": [{ "id": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "size": 0 }] }""")]
    [InlineData("""{ "photos": [null] }""")]
    [InlineData(
        """{ "photos": [{ "id": "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", "size": 5, "takenAt": "today" }] }"""
    )]
    public async Task An_announcement_that_nobody_can_read_is_refused(string body)
    {
        var worker = await As("worker-1");
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        (await worker.Post("/api/photos/uploads", content)).Expect(400, "invalid-request");
    }

    [Fact]
    public async Task A_picture_that_was_used_before_is_found_though_it_was_made_smaller()
    {
        var (earlier, other) = (Picture(), Picture());
        var smaller = Smaller(earlier);
        (await (await As("worker-1")).Upload(earlier)).Expect(201);
        (await (await As("worker-2")).Upload(smaller)).Expect(201);
        (await (await As("worker-2")).Upload(other)).Expect(201);

        var replays = await Service
            .Services.GetRequiredService<PhotoReplays>()
            .Of(new PersonId("qinghe", "worker-2"), [HashOf(smaller), HashOf(other)], CancellationToken.None);

        var replay = Assert.Single(replays).Value;
        Assert.Equal(
            (HashOf(smaller), HashOf(earlier), "qinghe/worker-1", false),
            (replay.Photo, replay.Earlier, replay.Uploader, replay.SameOriginal)
        );
    }

    static int Seed = 1000;

    /// <summary>Blurred noise: as many shapes as a street has, and none like another's.</summary>
    static byte[] Picture()
    {
        var seed = Interlocked.Increment(ref Seed) + Environment.ProcessId * 1000;
        using var noise = SKBitmap.Decode(Pictures.Encode(SKEncodedImageFormat.Png, seed, 12, 9));
        using var large = noise.Resize(new SKImageInfo(960, 720), new SKSamplingOptions(SKFilterMode.Linear));
        using var jpeg = large.Encode(SKEncodedImageFormat.Jpeg, 80);
        return jpeg.ToArray();
    }

    static byte[] Smaller(byte[] picture)
    {
        using var whole = SKBitmap.Decode(picture);
        using var small = whole.Resize(new SKImageInfo(500, 375), new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var jpeg = small.Encode(SKEncodedImageFormat.Jpeg, 55);
        return jpeg.ToArray();
    }

    static string HashOf(byte[] photo) => Convert.ToHexStringLower(SHA256.HashData(photo));

    static async Task<(int Received, bool There, bool MayBeShown)> Announce(Client person, byte[] photo)
    {
        var answer = await person.Post("/api/photos/uploads", new { photos = new[] { new { id = HashOf(photo), size = photo.Length } } });
        var one = answer.Expect(200).Body.GetProperty("photos")[0];
        Assert.Equal(JsonValueKind.Null, one.GetProperty("problem").ValueKind);
        return (one.GetProperty("received").GetInt32(), one.GetProperty("there").GetBoolean(), one.GetProperty("mayBeShown").GetBoolean());
    }

    static (int Received, bool There) Progress(Answer answer)
    {
        var body = answer.Expect(200).Body;
        return (body.GetProperty("received").GetInt32(), body.GetProperty("there").GetBoolean());
    }

    static Task<Answer> Send(Client person, string photo, int offset, byte[] piece)
    {
        var content = new ByteArrayContent(piece);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/offset+octet-stream");
        var request = new HttpRequestMessage(HttpMethod.Patch, new Uri(person.Url, $"/api/photos/uploads/{photo}")) { Content = content };
        return person.Send(request, ("Upload-Offset", offset.ToString(System.Globalization.CultureInfo.InvariantCulture)));
    }
}
