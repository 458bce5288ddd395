using GridActors.Web.Photos;
using GridActors.Web.Sessions;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about photos and phones, for <see cref="Examples"/>.</summary>
static class PhotoExamples
{
    public static IEnumerable<object> All(string id) =>
        [
            new PhotoJson(id, "image/jpeg", 284_112, new(2026, 11, 22, 9, 28, 41, DateTimeKind.Unspecified), new(113.4952, 27.6571)),
            new AnnouncePhotosRequest([new(id, 284_112, id, "2026-11-22T09:28:41", new(113.4952, 27.6571))]),
            new AnnouncedPhotosJson([new(id, 131_072, false, true, null)]),
            new PhoneKeyJson("V2hhdCBhIHBob25lIGtlZXBzIGlzIHNlYWxlZCBieSE="),
            new PhotoProgressJson(id, 284_112, true, true, null),
        ];
}
