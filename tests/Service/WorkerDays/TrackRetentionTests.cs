using GridActors.Grains.WorkerDays;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.WorkerDays;

/// <summary>The small pack thins tracks after 30 days, and keeps positions for 90.</summary>
public sealed class TrackRetentionTests : FieldTest
{
    const int Minute = 60;

    [Fact]
    public async Task Tracks_are_thinned_after_a_month_and_positions_deleted_after_three()
    {
        await Sent("check-ins", [.. new[] { 91, 40, 0 }.Select(days => Item("sign-in", Ago(30).AddDays(-days)))]);
        var tracks = new[] { 91, 40, 0 }.Select(days => Track(Ago(20).AddDays(-days), 12, Minute)).ToArray();
        Assert.All(await Sent("tracks", tracks), a => Assert.Equal("taken", a.Outcome));
        Assert.Equal("12 12 12", await Points());

        await Service.Services.GetRequiredService<TrackSweep>().Sweep(CancellationToken.None);
        await Service.Services.GetRequiredService<TrackSweep>().Sweep(CancellationToken.None);

        // The first point, the last one, and in between one of every four minutes.
        Assert.Equal("4 12", await Points());
        // The oldest record is there with its grade, and doesn't say any more where it was.
        Assert.Equal("gone there there", await Positions());
        Assert.Equal(3, await Count("select count(*) from field_record where person = $1 and grade is not null"));
    }

    [Fact]
    public async Task Who_used_a_device_is_forgotten_when_nothing_of_that_age_is_taken_any_more()
    {
        await Sent("check-ins", Item("sign-in", Ago(1)), Item("check-in", Ago(1).AddDays(-91)));
        await Service.Ask<int>(
            "insert into field_device select pack, device, day - 100, person from field_device where person = $1 returning 1",
            $"{Pack}/worker-1"
        );
        Assert.Equal(4, await Count("select count(*) from field_device where person = $1"));

        await Service.Services.GetRequiredService<TrackSweep>().Sweep(CancellationToken.None);

        Assert.Equal(2, await Count("select count(*) from field_device where person = $1"));
    }

    /// <summary>How many points each track has, the oldest first.</summary>
    Task<string?> Points() =>
        Read("select string_agg(jsonb_array_length(points)::text, ' ' order by ends) from field_track where person = $1");

    /// <summary>Whether each record says where it was, the oldest first.</summary>
    Task<string?> Positions() =>
        Read(
            """
            select string_agg(case when num_nonnulls(lon, lat, accuracy) = 0 then 'gone' else 'there' end, ' ' order by at)
            from field_record where person = $1
            """
        );

    Task<string?> Read(string sql) => Service.Ask<string>(sql, $"{Pack}/worker-1");

    Task<long> Count(string sql) => Service.Ask<long>(sql, $"{Pack}/worker-1");
}
