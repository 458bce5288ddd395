using GridActors.Contracts.People;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>Where the time of an area's cases goes, by post and level.</summary>
public sealed class HoldShareTests
{
    static readonly LoadedPack Qinghe = LoadedPack.Build(
        PackReader.Read(Path.Combine(PackFolders.Packs, "..", "tests", "packs", "qinghe")).Pack!
    );
    static readonly AreaNode Place = Qinghe.Areas["C-A1-1"];

    [Fact]
    public void Minutes_of_cases_add_up_by_post_and_level_the_longest_first()
    {
        var one = new[]
        {
            Hold(HoldKind.Waiting, null, 30),
            Hold(HoldKind.Working, "worker-1", 60),
            Hold(HoldKind.Working, "leader-a", 200),
            Hold(HoldKind.Settled, "leader-a", 5),
        };
        var other = new[] { Hold(HoldKind.Working, "worker-2", 90), Hold(HoldKind.Paused, "worker-2", 0) };

        var shares = HoldShares.Of([(Place, [.. one]), (Place, [.. other])], Qinghe);

        Assert.Equal(
            [
                new HoldShare(HoldKind.Working, "leader", "town", 1, 200),
                new HoldShare(HoldKind.Working, "worker", "grid", 2, 150),
                new HoldShare(HoldKind.Waiting, null, "grid", 1, 30),
                new HoldShare(HoldKind.Settled, null, null, 1, 5),
            ],
            shares.AsEnumerable()
        );
    }

    [Fact]
    public void Time_of_people_who_left_and_of_areas_that_are_gone_is_counted_without_a_post()
    {
        var left = HoldShares.Of([(Place, [Hold(HoldKind.Working, "nobody", 10)])], Qinghe);
        var gone = HoldShares.Of([(null, [Hold(HoldKind.Working, "worker-1", 10)])], Qinghe);

        Assert.Equal(new HoldShare(HoldKind.Working, null, null, 1, 10), Assert.Single(left));
        Assert.Equal(left.AsEnumerable(), gone);
    }

    static CaseHold Hold(HoldKind kind, string? claimant, long minutes) =>
        new(
            kind,
            claimant is null ? null : new PersonId("qinghe", claimant),
            [new PersonId("qinghe", "leader-a"), new PersonId("qinghe", "worker-1")],
            default,
            default,
            minutes
        );
}
