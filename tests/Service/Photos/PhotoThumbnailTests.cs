using GridActors.Storage.Photos;
using SkiaSharp;

namespace GridActors.Service.Tests.Photos;

public sealed class PhotoThumbnailTests : SharedServiceTest
{
    [Fact]
    public async Task A_thumbnail_is_answered_to_those_who_see_the_photo()
    {
        var clerk = await As("clerk-a1");
        var id = await Upload(clerk, Pictures.Encode(SKEncodedImageFormat.Png, 70, 1200, 900));
        var reported = (
            await clerk.Post(
                "/api/cases",
                new
                {
                    category = "rubbish",
                    area = "C-A1-1",
                    title = "缩略图",
                    photos = new[] { id },
                }
            )
        ).Expect(201).As<CaseView>();

        foreach (var (person, path) in new[] { ("clerk-a1", $"/api/photos/{id}"), ("visitor-a", $"/api/cases/{reported.Id}/photos/{id}") })
        {
            var thumbnail = (await (await As(person)).Get(path + "?size=thumb")).Expect(200);
            var whole = (await (await As(person)).Get(path)).Expect(200);

            using var picture = SKBitmap.Decode(thumbnail.Bytes);
            Assert.Equal((Thumbnails.MaxSide, 360), (picture.Width, picture.Height));
            Assert.Equal(("image/jpeg", "image/png"), (thumbnail.ContentType, whole.ContentType));
            Assert.NotEqual(whole.Headers["ETag"], thumbnail.Headers["ETag"]);
            (await (await As(person)).Get(path + "?size=huge")).Expect(400, "invalid-request");
        }
        (await (await As("worker-2")).Get($"/api/photos/{id}?size=thumb")).Expect(404, "not-found");
        (await (await As("visitor-b")).Get($"/api/cases/{reported.Id}/photos/{id}?size=thumb")).Expect(404, "not-found");
    }

    [Fact]
    public async Task Lists_name_the_first_photo_of_a_case()
    {
        var worker = await As("worker-1");
        var (first, second) = (await Upload(worker, Pictures.Jpeg(73)), await Upload(worker, Pictures.Jpeg(74)));
        var title = $"照片{Guid.NewGuid():N}";
        var id = (await worker.Report("C-A1-1", title: title)).Id;
        Assert.Null((await Listed()).Photo);

        await worker.Do(id, "claim");
        await worker.Do(id, "progress", new { text = "两张照片", photos = new[] { first, second } });
        await worker.Do(id, "progress", new { text = "又一张", photos = new[] { await Upload(worker, Pictures.Jpeg(75)) } });

        Assert.Equal(first, (await Listed()).Photo);
        Assert.Equal(first, (await worker.Inbox()).Items.Single(i => i.Case.Id == id).Case.Photo);
        (await worker.Get($"/api/cases/{id}/photos/{first}?size=thumb")).Expect(200);

        async Task<CaseSummary> Listed() =>
            (await worker.Get($"/api/cases?area=C-A1-1&text={title}")).Expect(200).As<Page<CaseSummary>>().Items.Single();
    }

    [Fact]
    public async Task A_photo_from_before_there_were_thumbnails_gets_one_when_it_is_asked_for()
    {
        var worker = await As("worker-1");
        var id = await Upload(worker, Pictures.Jpeg(71));
        await Service.Ask<string>("update photo set thumbnail = null where id = $1 returning id", id);

        var thumbnail = (await worker.Get($"/api/photos/{id}?size=thumb")).Expect(200);

        var stored = await Service.Ask<byte[]>("select thumbnail from photo where id = $1", id);
        Assert.Equal(thumbnail.Bytes, stored);
    }

    [Fact]
    public async Task An_older_photo_that_cannot_be_decoded_is_shown_itself()
    {
        var worker = await As("worker-1");
        var id = await Upload(worker, Pictures.Jpeg(72));
        await Service.Ask<string>("update photo set thumbnail = null, bytes = substr(bytes, 1, 900) where id = $1 returning id", id);

        var shown = (await worker.Get($"/api/photos/{id}?size=thumb")).Expect(200);

        Assert.Equal((await worker.Get($"/api/photos/{id}")).Expect(200).Bytes, shown.Bytes);
        Assert.Equal(0, await Service.Ask<int>("select length(thumbnail) from photo where id = $1", id));
    }

    static async Task<string> Upload(Client person, byte[] photo) =>
        (await person.Upload(photo)).Expect(201).Body.GetProperty("id").GetString()!;
}
