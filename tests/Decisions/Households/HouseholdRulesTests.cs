using System.Text.Json;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;

namespace GridActors.Decisions.Tests.Households;

/// <summary>The rules of the published packs, who is linked to which households, and who may know of which special group.</summary>
public sealed class HouseholdRulesTests
{
    public static TheoryData<string> Ids { get; } = [.. PublishedPacks.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Published_pack_keeps_the_standard_fields_groups_and_certificates(string id)
    {
        var rules = PublishedPacks.Of(id).Households!;

        Assert.Equal(
            [
                "name",
                "sex",
                "birthDate",
                "idType",
                "idNumber",
                "phone",
                "ethnicity",
                "marital",
                "education",
                "politics",
                "occupation",
                "employer",
                "registeredAddress",
                "carer",
                "carerPhone",
                "plate",
                "note",
            ],
            rules.Resident.Take(17).Select(f => f.Id)
        );
        Assert.Equal(["number", "address", "door", "phone", "note"], rules.Household.Take(5).Select(f => f.Id));
        Assert.Equal(
            ["name", "address", "door", "use", "uscc", "owner", "ownerPhone", "landlord", "landlordPhone", "note"],
            rules.Place.Take(10).Select(f => f.Id)
        );
        Assert.All(
            ["elder-alone", "disabled", "low-income", "mental-illness", "corrections", "hiv-risk", "at-risk-youth"],
            g => Assert.NotNull(rules.Group(g))
        );
        Assert.All(["disability", "low-income-review", "health-check"], c => Assert.NotNull(rules.Certificate(c)));
        Assert.All(["school", "market", "construction-site", "hazard-store"], k => Assert.NotNull(rules.KeyPlace(k)?.VisitEvery));
        Assert.NotEmpty(rules.LinkedPosts);
    }

    [Fact]
    public void Code_lists_of_the_standard_are_complete()
    {
        var codes = PublishedPacks.Of("aoyang").Households!.Codes;

        Assert.Equal(["0", "1", "2", "9"], codes["sex"].Codes.Select(c => c.Code));
        Assert.Equal(56 + 2, codes["ethnicity"].Codes.Length);
        Assert.Equal(("畲族", "She"), (codes["ethnicity"].Find("22")!.Name, codes["ethnicity"].Find("22")!.NameEn));
        Assert.Equal("15", codes["ethnicity"].Named("土家")!.Code);
        Assert.Equal("111", codes["certificate-types"].Named("身份证")!.Code);
        Assert.Equal("12", codes["relation"].Named("妻子")!.Code);
        Assert.Equal("20", codes["education"].Named("本科")!.Code);
        Assert.All(codes.Values.SelectMany(l => l.Codes), c => Assert.NotEqual("", c.NameEn));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Rules_are_the_same_after_they_were_kept(string id)
    {
        var rules = PublishedPacks.Of(id).Households!;
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web);

        var kept = JsonSerializer.Serialize(rules, options);

        Assert.Equal(kept, JsonSerializer.Serialize(JsonSerializer.Deserialize<HouseholdRules>(kept, options), options));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Everybody_in_a_grid_is_linked_to_somebody(string id)
    {
        var pack = LoadedPack.Build(PublishedPacks.Of(id));
        var linked = pack.People.Values.SelectMany(p => pack.LinkedTo(p.Id)).ToHashSet();

        Assert.All(pack.Areas.Values.Where(a => a.Children.Count == 0), leaf => Assert.Contains(leaf, linked));
    }

    [Fact]
    public void Links_end_where_an_area_below_has_a_holder_of_its_own()
    {
        var pack = Built(
            """
            area,post,person
            430181121,dispatcher,sm-1
            430181121,police,sm-1
            430181121210,police,sm-2
            430181121210001,worker,sm-3

            """
        );

        Assert.Equal(["430181121", "430181121211", "430181121211001"], Linked("sm-1"));
        Assert.Equal(["430181121210", "430181121210001"], Linked("sm-2"));
        Assert.Equal(["430181121210001"], Linked("sm-3"));
        Assert.True(pack.IsLinked(pack.Areas["430181121211001"], new("small/sm-1")));
        Assert.False(pack.IsLinked(pack.Areas["430181121210001"], new("small/sm-1")));
        // Who holds one of the linked posts and who holds another are linked, each by their own post.
        Assert.True(pack.IsLinked(pack.Areas["430181121210001"], new("small/sm-2")));
        Assert.True(pack.IsLinked(pack.Areas["430181121210001"], new("small/sm-3")));
        Assert.False(pack.IsLinked(pack.Areas["430181121211001"], new("small/sm-3")));

        IEnumerable<string> Linked(string person) => pack.LinkedTo(new($"small/{person}")).Select(a => a.Code);
    }

    [Fact]
    public void Group_is_read_by_the_posts_that_it_names_within_their_area()
    {
        var pack = LoadedPack.Build(PublishedPacks.Of("aoyang"));
        var grids = pack.Root.Downwards().Where(a => a.Level.Id == "grid").ToList();
        var (grid, elsewhere) = (grids[0], grids[^1]);
        var worker = grid.Holders.First(h => h.Post.Id == "grid-worker").Person;
        var police = grid.AtLevel("village")!.Holders.First(h => h.Post.Id == "community-police").Person;
        var health = pack.Root.Holders.First(h => h.Post.Id == "station-health").Person;
        var repairer = grid.AtLevel("village")!.Holders.First(h => h.Post.Id == "repairer").Person;

        Assert.True(pack.MayReadGroup(worker, grid, "elder-alone"));
        Assert.False(pack.MayReadGroup(worker, elsewhere, "elder-alone"));
        Assert.False(pack.MayReadGroup(worker, grid, "mental-illness"));
        Assert.False(pack.MayReadGroup(worker, grid, "corrections"));
        Assert.True(pack.MayReadGroup(police, grid, "mental-illness"));
        Assert.False(pack.MayReadGroup(police, elsewhere, "mental-illness"));
        Assert.False(pack.MayReadGroup(police, grid, "hiv-risk"));
        Assert.True(pack.MayReadGroup(health, elsewhere, "hiv-risk"));
        Assert.False(pack.MayReadGroup(repairer, grid, "elder-alone"));
        Assert.False(pack.MayReadGroup(worker, grid, "no-such-group"));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Illness_prison_and_drugs_are_known_to_the_posts_whose_work_it_is(string id)
    {
        var rules = PublishedPacks.Of(id).Households!;
        var kept = rules.Groups.Where(g => !g.ReadBy.IsEmpty).ToList();

        Assert.Superset(
            new HashSet<string> { "mental-illness", "released", "corrections", "drug-user", "petitioner" },
            kept.Select(g => g.Id).ToHashSet()
        );
        Assert.All(kept, g => Assert.True(g.Sensitive));
        Assert.All(kept, g => Assert.Empty(g.ReadBy.Intersect(rules.LinkedPosts)));
    }

    [Theory]
    [InlineData("30d", "2026-01-31", "2026-03-02", "2026-01-01")]
    [InlineData("1mo", "2026-01-31", "2026-02-28", "2025-12-31")]
    [InlineData("1y", "2024-02-29", "2025-02-28", "2023-02-28")]
    public void Period_is_counted_by_the_calendar(string period, string day, string after, string before)
    {
        var parsed = CalendarPeriod.Parse(period)!.Value;

        Assert.Equal(
            (DateOnly.ParseExact(after, "yyyy-MM-dd"), DateOnly.ParseExact(before, "yyyy-MM-dd")),
            (parsed.After(DateOnly.ParseExact(day, "yyyy-MM-dd")), parsed.Before(DateOnly.ParseExact(day, "yyyy-MM-dd")))
        );
        Assert.Equal(period, parsed.ToString());
    }

    static LoadedPack Built(string posts)
    {
        using var small = new SmallPack();
        small.Replace("pack.yaml", "[read, report]", "[read, report, read-households, edit-households]");
        small.Replace("pack.yaml", "levels: [town, village], may: [read]", "levels: [town, village], may: [read, read-households]");
        small["posts.csv"] = posts;
        small["households.yaml"] = "purposes: [{id: service, name: 办理服务}]\nlinkedPosts: [worker, police]\n";
        var result = small.Read();
        Assert.Empty(result.Errors);
        return LoadedPack.Build(result.Pack!);
    }
}
