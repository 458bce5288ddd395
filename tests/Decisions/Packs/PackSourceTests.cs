using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;

namespace GridActors.Decisions.Tests.Packs;

/// <summary>The files of a pack, kept and read again, and what differs between two versions.</summary>
public sealed class PackSourceTests
{
    public static TheoryData<string> Ids { get; } = [.. PublishedPacks.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Files_that_are_written_again_give_the_same_pack(string id)
    {
        var pack = PublishedPacks.Of(id);
        using var folder = new TemporaryFolder();
        var written = Directory.CreateDirectory(Path.Combine(folder.Path, id)).FullName;
        foreach (var file in pack.Sources)
            File.WriteAllBytes(Path.Combine(written, file.Name), file.Content.ToArray());

        var again = PackReader.Read(written).Pack!;

        Assert.Equal(pack.Digest, again.Digest);
        Assert.Empty(PackComparison.Of(pack, again));
        Assert.Equal(pack.Digest, PackReader.Read(id, pack.Sources).Pack!.Digest);
    }

    [Fact]
    public void Comparison_names_what_was_added_removed_and_changed()
    {
        using var small = new SmallPack();
        var before = small.Read().Pack!;
        small.Replace("catalogue.yaml", "solve: 7wd", "solve: 5wd");
        small.Replace("catalogue.yaml", "categories:\n", "checklist:\n  - {name: 井盖, category: pothole}\ncategories:\n");
        small.Replace("pack.yaml", "name: 小镇\n", "name: 大镇\n");
        small.Replace("posts.csv", "430181121211,police,sm-2", "430181121211,police,sm-1");

        var changes = PackComparison.Of(before, small.Read().Pack!);

        Assert.Equal(
            [
                "settings Changed small name",
                "categories Changed pothole clocks",
                "checklist Added item-1 ",
                "holdings Added 430181121211 police sm-1 ",
                "holdings Removed 430181121211 police sm-2 ",
            ],
            changes.Select(c => $"{c.List} {c.Kind} {c.Id} {string.Join(',', c.Fields)}")
        );
    }

    [Fact]
    public void Checklist_with_an_unknown_category_is_rejected_at_its_line()
    {
        using var small = new SmallPack();
        small.Replace("catalogue.yaml", "categories:\n", "checklist:\n  - {name: 井盖, category: lid}\ncategories:\n");

        Assert.Equal(["catalogue.yaml:2: category of a line of the checklist: lid is no category of the catalogue"], small.Errors());
    }

    [Fact]
    public void A_line_of_the_checklist_keeps_its_id_and_one_without_has_that_of_its_place()
    {
        using var small = new SmallPack();
        small.Replace(
            "catalogue.yaml",
            "categories:\n",
            "checklist:\n  - {id: lids, name: 井盖, photo: true}\n  - {name: 路灯}\ncategories:\n"
        );

        var lines = small.Read().Pack!.Checklist;

        Assert.Equal([("lids", true), ("item-2", false)], lines.Select(l => (l.Id, l.Photo)));
    }

    [Fact]
    public void Two_lines_of_the_checklist_with_one_id_are_rejected()
    {
        using var small = new SmallPack();
        small.Replace("catalogue.yaml", "categories:\n", "checklist:\n  - {id: item-2, name: 井盖}\n  - {name: 路灯}\ncategories:\n");

        Assert.Equal(
            ["catalogue.yaml:3: id item-2 of the checklist stands twice; a line without an id has the one of its place"],
            small.Errors()
        );
    }

    [Fact]
    public void Reach_counts_where_the_rules_find_nobody()
    {
        using var small = new SmallPack();
        var before = LoadedPack.Build(small.Read().Pack!);
        small.Replace("catalogue.yaml", "recipients: [{post: worker}, {post: dispatcher, at: town}]", "recipients: [{post: worker}]");

        var reach = Reach.Of(LoadedPack.Build(small.Read().Pack!), before, default).Single(r => r.Category.Code == "pothole");

        Assert.Equal((1, 0, 4, 1), (reach.ByRules, reach.ByNextLevel, reach.ByFallback, reach.Differing));
    }
}
