using System.Text;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;

namespace GridActors.Decisions.Tests.Packs;

public sealed class PackReaderTests
{
    [Fact]
    public void A_sound_pack_becomes_the_model()
    {
        using var small = new SmallPack();
        var result = small.Read();
        Assert.Empty(result.Errors);
        var pack = Assert.IsType<Pack>(result.Pack);
        Assert.Equal(("small", "china", "SM"), (pack.Id, pack.Calendar, pack.RegisterPrefix));
        Assert.Equal(["town", "village", "grid"], pack.Levels.Select(l => l.Id));
        Assert.Equal([Permission.Read, Permission.Assign], pack.Posts[0].May.AsEnumerable());
        Assert.Equal(new Area("430181121210", "东村", "village", "430181121", "", false), pack.Areas[1]);
        Assert.Equal(new Person("sm-3", "张三", "part-time", true), pack.People[2]);
        Assert.Equal(new PostHolding("430181121", "dispatcher", "sm-1"), pack.Holdings[0]);
        Assert.Equal(new Clocks("24h", "7wd"), pack.Categories[0].Clocks);
        Assert.Equal([new RecipientRule("worker", null), new RecipientRule("dispatcher", "town")], pack.Categories[0].Recipients.AsEnumerable());
        Assert.True(pack.Categories[1].Confidential);
        Assert.Equal(Clocks.None, pack.Categories[1].Clocks);
        Assert.Equal("centre", pack.Categories[0].Department);
        Assert.Equal(2, pack.Boundaries.Length);
        Assert.True(pack.BoundariesAreSchematic);
    }

    [Fact]
    public void A_missing_folder_is_one_sentence()
    {
        var result = PackReader.Read("no/such/pack");
        Assert.False(result.IsValid);
        Assert.Equal("no/such/pack: there is no such folder; a pack is a folder like packs/liling", Assert.Single(result.Errors).ToString());
    }

    [Fact]
    public void A_pack_needs_no_boundaries()
    {
        using var small = new SmallPack();
        small.Delete("boundaries.geojson");
        Assert.Empty(small.Read().Pack!.Boundaries);
    }

    [Fact]
    public void Every_error_is_told_at_once_in_the_order_of_files_and_lines()
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
            small.Errors());
    }

    [Theory]
    [InlineData("\uFEFF", "\n")]
    [InlineData("\uFEFF", "\r\n")]
    [InlineData("", "\r\n")]
    public void Marks_and_line_ends_of_spreadsheets_are_welcome(string mark, string lineEnd)
    {
        using var small = new SmallPack();
        foreach (var file in new[] { "pack.yaml", "areas.csv", "people.csv", "posts.csv", "catalogue.yaml", "boundaries.geojson" })
            small[file] = mark + small[file].Replace("\n", lineEnd, StringComparison.Ordinal);
        Assert.Empty(small.Errors());

        small.Replace("areas.csv", "grid,430181121211,", "grid,430181121219,");
        Assert.Equal(["areas.csv:6: parent 430181121219 is not an area of this pack"], small.Errors());
    }

    [Fact]
    public void Another_encoding_is_found_at_its_first_line()
    {
        using var small = new SmallPack();
        // 王 as a Chinese spreadsheet writes it, in GBK.
        var gbk = Encoding.ASCII.GetBytes("id,name\nsm-1,").Concat<byte>([0xCD, 0xF5, (byte)'\n']).ToArray();
        File.WriteAllBytes(Path.Combine(small.Folder, "people.csv"), gbk);
        Assert.StartsWith("people.csv:2: the text is not UTF-8", Assert.Single(small.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void The_digest_follows_the_content_and_nothing_else()
    {
        using var one = new SmallPack();
        using var other = new SmallPack();
        Assert.Equal(one.Read().Pack!.Digest, other.Read().Pack!.Digest);
        other.Replace("people.csv", "王一", "王二");
        Assert.NotEqual(one.Read().Pack!.Digest, other.Read().Pack!.Digest);
    }

    [Fact]
    public void A_vacant_post_is_looked_for_further_up_and_other_branches_are_not_asked()
    {
        using var small = new SmallPack();
        small.Replace("pack.yaml", "id: worker, name: 网格员, levels: [grid]", "id: worker, name: 网格员, levels: [grid, village]");
        small["posts.csv"] += "430181121211,worker,sm-1\n";
        var reach = new Reach(small.Read().Pack!);
        Assert.Equal(["sm-3"], reach.People("430181121210001", "worker", null));
        Assert.Equal(["sm-1"], reach.People("430181121211001", "worker", null));
        Assert.Empty(reach.People("430181121210001", "worker", "village"));
        Assert.Equal(["sm-1"], reach.People("430181121", "police", null));
        Assert.Empty(reach.People("430181121", "police", "village"));
    }

    [Fact]
    public void Whatever_happened_to_a_file_the_reader_answers_with_sentences()
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
                    if (random.Next(2) == 0) damaged.Insert(at, signs[random.Next(signs.Length)]);
                    else damaged.RemoveRange(at, Math.Min(random.Next(1, 12), damaged.Count - at));
                }
                File.WriteAllBytes(path, [.. damaged]);
                var result = small.Read();
                Assert.Equal(result.IsValid, result.Errors.IsEmpty);
            }
            File.WriteAllBytes(path, sound);
        }
    }
}
