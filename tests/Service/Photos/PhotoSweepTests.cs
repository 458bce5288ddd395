using GridActors.Storage.Photos;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Photos;

public sealed class PhotoSweepTests : SharedServiceTest
{
    [Fact]
    public async Task A_sweep_deletes_all_expired_uploads_with_their_pictures()
    {
        const int Photos = 120; // More than one transaction deletes.
        await Service.Ask<long>(
            """
            with pictures as (
                insert into photo (id, content_type, bytes) select 'swept-' || n, 'image/png', '' from generate_series(1, $1) n returning id
            ), uploads as (
                insert into photo_upload (photo, uploader, at) select id, 'qinghe/nobody', now() - interval '8 days' from pictures
                returning 1
            )
            select count(*) from uploads
            """,
            Photos
        );

        var swept = await Service.Services.GetRequiredService<PhotoSweep>().Sweep(CancellationToken.None);

        Assert.True(swept >= Photos);
        Assert.Equal(0L, await Service.Ask<long>("select count(*) from photo where id like 'swept-%'"));
        Assert.Equal(0L, await Service.Ask<long>("select count(*) from photo_upload where uploader = 'qinghe/nobody'"));
    }
}
