using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>To whom a case goes, and who keeps it, when the pack changes.</summary>
public sealed class CaseRoutingTests
{
    static readonly Pack Qinghe = PackReader.Read(Path.Combine(PackFolders.Packs, "..", "tests", "packs", "qinghe")).Pack!;

    [Fact]
    public void Successor_in_a_post_is_named_and_the_leaver_is_not()
    {
        var rubbish = Case("rubbish", "C-A2-1", "worker-a21");

        Assert.Equal(["worker-4"], Recipients(Without("worker-a21", new PostHolding("C-A2-1", "worker", "worker-4")), rubbish));
    }

    [Fact]
    public void Vacant_post_falls_to_the_fallback_post_and_back_when_it_is_filled()
    {
        var rubbish = Case("rubbish", "C-A2-1", "worker-a21");

        Assert.Equal(["dispatcher-1", "dispatcher-2"], Recipients(Without("worker-a21"), rubbish));
        Assert.True(
            CaseRouting.IsOutdated(LoadedPack.Build(Qinghe), rubbish with { OfferedTo = People("dispatcher-1", "dispatcher-2") }, default)
        );
        Assert.Equal(["worker-a21"], Recipients(Qinghe, rubbish));
    }

    [Fact]
    public void Transferred_case_follows_its_department() =>
        Assert.Equal(
            ["station-a1", "station-a2"],
            Recipients(Qinghe, Case("rubbish", "C-A1-1", "worker-1") with { Department = "enforcement" })
        );

    [Fact]
    public void Case_of_a_removed_department_goes_to_its_categorys_people() =>
        Assert.Equal(["worker-a21"], Recipients(Qinghe, Case("rubbish", "C-A2-1", "station-a1") with { Department = "closed-down" }));

    [Fact]
    public void Case_of_a_removed_category_follows_the_rules_that_the_category_had()
    {
        var removed = Qinghe with
        {
            Categories = [.. Qinghe.Categories.Where(c => c.Code != "rubbish")],
            FormerCategories = [Qinghe.Categories.Single(c => c.Code == "rubbish")],
        };

        Assert.Equal(["worker-a21"], Recipients(removed, Case("rubbish", "C-A2-1", "retired")));
        Assert.Equal("垃圾堆放", LoadedPack.Build(removed).CategoryOf("rubbish")!.Name);
    }

    [Fact]
    public void Confidential_case_stays_with_its_categorys_posts_and_never_falls_to_the_fallback_post()
    {
        var lead = Case("lead", "C-A1-1", "police-a1") with { Confidential = true };

        Assert.Equal(["police-c"], Recipients(Without("police-a1"), lead));
        Assert.Equal(["police-a1"], Recipients(Qinghe, lead with { Department = "enforcement" }));
        Assert.Equal(["police-a1"], Recipients(Qinghe with { Holdings = [.. Qinghe.Holdings.Where(h => h.Post != "police")] }, lead));
    }

    [Fact]
    public void Confidential_case_may_go_to_holders_of_its_categorys_posts_alone()
    {
        var (pack, lead) = (LoadedPack.Build(Qinghe), Case("lead", "C-A1-1", "police-a1") with { Confidential = true });

        Assert.True(CaseRouting.IsEntitled(pack, lead, new("qinghe/police-c")));
        Assert.False(CaseRouting.IsEntitled(pack, lead, new("qinghe/worker-1")));
        Assert.False(CaseRouting.IsEntitled(pack, lead, new("qinghe/nobody")));
        Assert.False(CaseRouting.IsEntitled(pack, lead, new("baihe/police-c")));
        Assert.Empty(CaseRouting.Entitled(pack, lead, pack.Departments["enforcement"]));
        Assert.True(CaseRouting.IsEntitled(pack, lead with { Confidential = false }, new("qinghe/worker-1")));
    }

    // worker-2 held the post that the case was offered to. retired holds no post. worker-b9 works elsewhere.
    [Theory]
    [InlineData("worker-1", true)]
    [InlineData("worker-2", false)]
    [InlineData("worker-b9", true)]
    [InlineData("retired", false)]
    [InlineData("nobody", false)]
    public void Claim_stands_while_its_claimant_holds_a_post_for_the_case(string claimant, bool stands)
    {
        var pack = Without("worker-2", new PostHolding("C-A2-1", "worker", "worker-2"));
        var rubbish = Case("rubbish", "C-A1-1", "worker-1", "worker-2") with
        {
            Status = CaseStatus.Claimed,
            Claimant = new("qinghe", claimant),
        };

        Assert.Equal(stands, CaseRouting.ClaimStands(LoadedPack.Build(pack), rubbish));
    }

    [Fact]
    public void Claim_stands_when_another_post_of_the_claimant_covers_the_place()
    {
        var promoted = Without("worker-2", new PostHolding("C-A1", "clerk", "worker-2"));
        var rubbish = Case("rubbish", "C-A1-1", "worker-2") with { Status = CaseStatus.OnSite, Claimant = new("qinghe/worker-2") };

        Assert.True(CaseRouting.ClaimStands(LoadedPack.Build(promoted), rubbish));
    }

    [Fact]
    public void Claim_of_a_confidential_case_ends_with_the_claimants_last_entitled_post()
    {
        var lead = Case("lead", "C-A1-1", "police-a1") with
        {
            Confidential = true,
            Status = CaseStatus.Claimed,
            Claimant = new("qinghe/police-a1"),
        };

        Assert.True(CaseRouting.ClaimStands(LoadedPack.Build(Qinghe), lead));
        Assert.False(CaseRouting.ClaimStands(LoadedPack.Build(Without("police-a1", new PostHolding("C-A", "leader", "police-a1"))), lead));
    }

    [Fact]
    public void Names_of_leavers_and_of_the_service_are_readable()
    {
        var pack = LoadedPack.Build(Without("worker-2") with { FormerPeople = [new("gone", "离岗的人", "", true)] });

        Assert.Equal("离岗的人", pack.NameOf(new("qinghe/gone")));
        Assert.Null(pack.Person(new("qinghe/gone")));
        Assert.Equal(Qinghe.Name, pack.NameOf(PersonId.Service("qinghe")));
    }

    static RoutedCase Case(string category, string area, params string[] offeredTo) =>
        new(Guid.Empty, 1, CaseStatus.Offered, new("qinghe", area), category, null, false, People(offeredTo), null);

    static ImmutableArray<PersonId> People(params string[] ids) => [.. ids.Select(id => new PersonId("qinghe", id))];

    static IEnumerable<string> Recipients(Pack pack, RoutedCase routed) =>
        CaseRouting.Recipients(LoadedPack.Build(pack), routed, default(DateTimeOffset)).Select(p => p.Id).Order(StringComparer.Ordinal);

    /// <summary>The pack after somebody lost all posts, and others were filled.</summary>
    static Pack Without(string person, params PostHolding[] filled) =>
        Qinghe with
        {
            Holdings = [.. Qinghe.Holdings.Where(h => h.Person != person), .. filled],
        };
}
