using System.Text;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;

namespace GridActors.Decisions.Tests.Packs;

public sealed class PackReaderTests
{
    [Fact]
    public void Sound_pack_is_read_completely()
    {
        using var small = new SmallPack();
        var result = small.Read();
        Assert.Empty(result.Errors);
        var pack = Assert.IsType<Pack>(result.Pack);
        Assert.Equal(("small", "china", "SM"), (pack.Id, pack.WorkSchedule.Calendar.Name, pack.RegisterPrefix));
        Assert.Equal(["town", "village", "grid"], pack.Levels.Select(l => l.Id));
        Assert.Equal([Permission.Read, Permission.Assign], pack.Posts[0].May.AsEnumerable());
        Assert.Equal(new Area("430181121210", "东村", "village", "430181121", "", false), pack.Areas[1]);
        Assert.Equal(new Person("sm-3", "张三", "part-time", true), pack.People[2]);
        Assert.Equal(new PostHolding("430181121", "dispatcher", "sm-1"), pack.Holdings[0]);
        Assert.Equal(new CategoryClocks { OnSite = ClockTerm.Parse("24h"), Solve = ClockTerm.Parse("7wd") }, pack.Categories[0].Clocks);
        Assert.Equal(
            [new RecipientRule("worker", null), new RecipientRule("dispatcher", "town")],
            pack.Categories[0].Recipients.AsEnumerable()
        );
        Assert.True(pack.Categories[1].Confidential);
        Assert.Equal(CategoryClocks.None, pack.Categories[1].Clocks);
        Assert.Equal("centre", pack.Categories[0].Department);
        Assert.Equal(2, pack.Boundaries.Length);
        Assert.True(pack.BoundariesAreSchematic);
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("confidentialDelayDays: 0", 0)]
    [InlineData("confidentialDelayDays: 3", 3)]
    public void Confidential_cases_are_counted_when_the_day_after_the_packs_delay_begins(string line, int delay)
    {
        using var small = new SmallPack();
        small.Replace("pack.yaml", "registerPrefix: SM", "registerPrefix: SM\n" + line);

        var pack = LoadedPack.Build(small.Read().Pack!);

        Assert.Equal(delay, pack.Pack.ConfidentialDelayDays);
        var today = new DateOnly(2026, 11, 25);
        var before = pack.ConfidentialBefore(today);
        if (delay == 0)
            Assert.Equal(DateTimeOffset.MaxValue, before);
        else
            Assert.Equal(new DateTimeOffset(2026, 11, 25 - delay, 0, 0, 0, TimeSpan.FromHours(8)), before);
        Assert.True(pack.CountsConfidential(pack.Root, pack.Start(today.AddDays(-delay)).AddTicks(-1), today));
        Assert.Equal(delay == 0, pack.CountsConfidential(pack.Root, pack.Start(today.AddDays(-delay)), today));
    }

    [Fact]
    public void A_second_factor_is_needed_by_the_holders_of_the_posts_that_ask_for_one()
    {
        using var small = new SmallPack();
        small.Replace("pack.yaml", "levels: [town, village], may: [read]", "levels: [town, village], may: [read], secondFactor: true");

        var people = LoadedPack.Build(small.Read().Pack!).People;

        Assert.Equal(["sm-1", "sm-2"], people.Values.Where(p => p.NeedsSecondFactor).Select(p => p.Id.Id).Order());
    }

    [Fact]
    public void Confidential_cases_are_counted_from_the_level_that_the_pack_names()
    {
        using var small = new SmallPack();
        small.Replace("pack.yaml", "registerPrefix: SM", "registerPrefix: SM\nconfidentialFrom: village");

        var tree = LoadedPack.Build(small.Read().Pack!);

        Assert.Equal("430181121210", tree.Areas["430181121210001"].ConfidentialArea.Code);
        Assert.Equal(["430181121210", "430181121210001"], tree.Areas["430181121210"].ConfidentialPlaces().Select(a => a.Code));
        Assert.Equal(["430181121"], tree.Root.ConfidentialPlaces().Select(a => a.Code));
        Assert.Empty(tree.Areas["430181121210001"].ConfidentialPlaces());
    }

    [Theory]
    [InlineData("town", "430181121")]
    [InlineData("parish", "430181121")]
    public void Confidential_cases_are_counted_from_the_town_or_the_root_unless_the_pack_names_a_level(string top, string counting)
    {
        using var small = new SmallPack();
        var pack = small.Read().Pack!;
        pack = pack with
        {
            Levels = [.. pack.Levels.Select(l => l.Id == "town" ? l with { Id = top } : l)],
            Areas = [.. pack.Areas.Select(a => a.Level == "town" ? a with { Level = top } : a)],
        };

        Assert.All(LoadedPack.Build(pack).Areas.Values, a => Assert.Equal(counting, a.ConfidentialArea.Code));
    }

    [Fact]
    public void Flags_are_read_as_a_spreadsheet_writes_them()
    {
        using var small = new SmallPack();
        foreach (var file in new[] { "areas.csv", "people.csv" })
            small[file] = small[file].Replace("true", "TRUE", StringComparison.Ordinal).Replace("false", "False", StringComparison.Ordinal);
        small.Replace("catalogue.yaml", "confidential: true", "confidential: True");
        var pack = small.Read().Pack!;
        Assert.Equal([false, false, false, true, true], pack.Areas.Select(a => a.Generated));
        Assert.All(pack.People, p => Assert.True(p.Generated));
        Assert.True(pack.Categories[1].Confidential);
    }

    [Fact]
    public void Length_of_a_name_is_counted_in_characters()
    {
        using var small = new SmallPack();
        small.Replace("people.csv", "李二", string.Concat(Enumerable.Repeat("𠮷", 60)));
        Assert.True(small.Read().IsValid);
        small.Replace("people.csv", "𠮷,", "𠮷𠮷,");
        Assert.Equal(["people.csv:3: the name of sm-2 has 61 characters; 60 are allowed"], small.Errors());
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("a\0b")]
    public void Name_that_no_folder_can_have_is_one_error(string folder) =>
        Assert.Contains("there is no such folder", Assert.Single(PackReader.Read(folder).Errors).ToString(), StringComparison.Ordinal);

    [Fact]
    public void Missing_folder_is_one_error()
    {
        var result = PackReader.Read("no/such/pack");
        Assert.False(result.IsValid);
        Assert.Equal(
            "no/such/pack: there is no such folder; a pack is a folder like packs/liling",
            Assert.Single(result.Errors).ToString()
        );
    }

    [Fact]
    public void Pack_without_boundaries_is_valid()
    {
        using var small = new SmallPack();
        small.Delete("boundaries.geojson");
        Assert.Empty(small.Read().Pack!.Boundaries);
    }

    [Fact]
    public void All_errors_are_reported_in_the_order_of_files_and_lines()
    {
        using var small = new SmallPack();
        small.Replace("posts.csv", "430181121211,police", "430181121219,police");
        small.Replace("areas.csv", "430181121210001,东村第一网格,grid", "430181121210001,,cell");
        small.Replace("pack.yaml", "SM", "sm");
        small.Delete("people.csv");
        Assert.Equal(
            [
                "pack.yaml:4: registerPrefix of the pack: \"sm\" must be two to four capital letters",
                "areas.csv:5: the name of area 430181121210001 must not be empty",
                "areas.csv:5: level \"cell\" of area 430181121210001 is not in pack.yaml",
                "people.csv: the file is missing",
                "posts.csv:5: area 430181121219 is not in areas.csv",
            ],
            small.Errors()
        );
    }

    [Theory]
    [InlineData("\uFEFF", "\n")]
    [InlineData("\uFEFF", "\r\n")]
    [InlineData("", "\r\n")]
    public void Byte_order_marks_and_CRLF_of_spreadsheets_are_accepted(string mark, string lineEnd)
    {
        using var small = new SmallPack();
        foreach (var file in new[] { "pack.yaml", "areas.csv", "people.csv", "posts.csv", "catalogue.yaml", "boundaries.geojson" })
            small[file] = mark + small[file].Replace("\n", lineEnd, StringComparison.Ordinal);
        Assert.Empty(small.Errors());

        small.Replace("areas.csv", "grid,430181121211,", "grid,430181121219,");
        Assert.Equal(["areas.csv:6: parent 430181121219 is not an area of this pack"], small.Errors());
    }

    [Fact]
    public void Other_encoding_is_reported_at_its_first_line()
    {
        using var small = new SmallPack();
        // 王 as a Chinese spreadsheet writes it, in GBK.
        var gbk = Encoding.ASCII.GetBytes("id,name\nsm-1,").Concat<byte>([0xCD, 0xF5, (byte)'\n']).ToArray();
        File.WriteAllBytes(Path.Combine(small.Folder, "people.csv"), gbk);
        Assert.StartsWith("people.csv:2: the text is not UTF-8", Assert.Single(small.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void Digest_depends_on_the_content_alone()
    {
        using var one = new SmallPack();
        using var other = new SmallPack();
        Assert.Equal(one.Read().Pack!.Digest, other.Read().Pack!.Digest);
        other.Replace("people.csv", "王一", "王二");
        Assert.NotEqual(one.Read().Pack!.Digest, other.Read().Pack!.Digest);
    }

    [Fact]
    public void Vacant_post_is_looked_for_further_up_and_never_in_another_branch()
    {
        using var small = new SmallPack();
        small.Replace("pack.yaml", "id: worker, name: 网格员, levels: [grid]", "id: worker, name: 网格员, levels: [grid, village]");
        small["posts.csv"] += "430181121211,worker,sm-1\n";
        var tree = LoadedPack.Build(small.Read().Pack!);

        Assert.Equal(["small/sm-3"], Holders("430181121210001", "worker", null));
        Assert.Equal(["small/sm-1"], Holders("430181121211001", "worker", null));
        Assert.Empty(Holders("430181121210001", "worker", "village"));
        Assert.Equal(["small/sm-1"], Holders("430181121", "police", null));
        Assert.Empty(Holders("430181121", "police", "village"));

        IEnumerable<string> Holders(string area, string post, string? at) =>
            LoadedPack.NearestHolders(post, at, tree.Areas[area]).Select(p => p.Key);
    }

    [Fact]
    public void Built_tree_numbers_areas_as_nested_sets_in_the_order_of_the_pack()
    {
        using var small = new SmallPack();

        var tree = LoadedPack.Build(small.Read().Pack!);

        Assert.Equal(
            [("430181121", 1, 10), ("430181121210", 2, 5), ("430181121210001", 3, 4), ("430181121211", 6, 9), ("430181121211001", 7, 8)],
            tree.Areas.Values.OrderBy(a => a.Left).Select(a => (a.Code, a.Left, a.Right))
        );
        Assert.Equal(["430181121210", "430181121211"], tree.Root.Children.Select(c => c.Code));
        Assert.True(tree.Areas["430181121211"].Contains(tree.Areas["430181121211001"]));
        Assert.False(tree.Areas["430181121210"].Contains(tree.Areas["430181121211001"]));
    }

    [Fact]
    public void Case_whose_rules_find_nobody_goes_to_the_fallback_post()
    {
        using var small = new SmallPack();
        var tree = LoadedPack.Build(small.Read().Pack!);
        var nobody = tree.Categories["pothole"] with { Recipients = [new("worker", null)] };

        Assert.Equal(
            ["small/sm-3", "small/sm-1"],
            tree.Recipients(tree.Categories["pothole"], tree.Areas["430181121210001"], default(DateTimeOffset)).Select(p => p.Key)
        );
        Assert.Equal(["small/sm-1"], tree.Recipients(nobody, tree.Areas["430181121211001"], default(DateTimeOffset)).Select(p => p.Key));
    }

    [Fact]
    public void Damaged_files_give_errors_and_never_an_exception()
    {
        using var small = new SmallPack();
        var random = new Random(20260301);
        var signs = "{}[]:,\"'\n\r\t -&*!|>%@0aZ\\\0村"u8.ToArray();
        foreach (var file in new[] { "pack.yaml", "areas.csv", "people.csv", "posts.csv", "catalogue.yaml", "boundaries.geojson" })
        {
            var path = Path.Combine(small.Folder, file);
            var sound = File.ReadAllBytes(path);
            for (var round = 0; round < 100; round++)
            {
                var damaged = sound.ToList();
                for (var wounds = random.Next(1, 4); wounds > 0; wounds--)
                {
                    var at = random.Next(damaged.Count);
                    if (random.Next(2) == 0)
                        damaged.Insert(at, signs[random.Next(signs.Length)]);
                    else
                        damaged.RemoveRange(at, Math.Min(random.Next(1, 12), damaged.Count - at));
                }
                File.WriteAllBytes(path, [.. damaged]);
                var result = small.Read();
                Assert.Equal(result.IsValid, result.Errors.IsEmpty);
            }
            File.WriteAllBytes(path, sound);
        }
    }
}
