using System.Collections.Immutable;
using System.Text;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Domain.Staff;

namespace GridActors.Decisions.Tests.Staff;

/// <summary>A change of posts and people in the files of a pack.</summary>
public sealed class StaffFilesTests : IDisposable
{
    const string Village = "430181121210";

    readonly SmallPack _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Newcomer_is_added_at_the_end_and_everything_else_stays_as_it_was_written()
    {
        var after = Apply(new(Guid.Empty, StaffChangeKind.Appoint, "sm-9", "赵九, 新来", Village, "police", null, default));

        Assert.Equal(_files["people.csv"] + "sm-9,\"赵九, 新来\",,\n", Text(after, "people.csv"));
        Assert.Equal(_files["posts.csv"] + Village + ",police,sm-9\n", Text(after, "posts.csv"));
        Assert.Equal(_files["areas.csv"], Text(after, "areas.csv"));
        Assert.Equal("赵九, 新来", Read(after).People.Single(p => p.Id == "sm-9").Name);
    }

    [Fact]
    public void Successor_takes_over_the_one_post_that_ends()
    {
        var after = Read(Apply(new(Guid.Empty, StaffChangeKind.End, "sm-2", null, Village, "police", "sm-1", default)));

        Assert.Contains(new PostHolding(Village, "police", "sm-1"), after.Holdings);
        Assert.Contains(new PostHolding("430181121211", "police", "sm-2"), after.Holdings);
        Assert.DoesNotContain(new PostHolding(Village, "police", "sm-2"), after.Holdings);
        Assert.Equal(3, after.People.Length);
    }

    [Fact]
    public void Leaver_is_gone_from_people_posts_and_duty_and_the_successor_has_them_each_once()
    {
        _files["posts.csv"] += Village + ",police,sm-1\n";
        _files.Replace(
            "pack.yaml",
            "departments:",
            "rotas:\n  - {id: night, name: 夜班, begins: \"17:30\", ends: \"08:30\"}\ndepartments:"
        );
        _files["duty.csv"] = $"person,rota,area,from\nsm-2,night,{Village},2026-01-01\n";

        var after = Read(Apply(new(Guid.Empty, StaffChangeKind.Leave, "sm-2", null, null, null, "sm-1", default)));

        Assert.DoesNotContain(after.People, p => p.Id == "sm-2");
        Assert.DoesNotContain(after.Holdings, h => h.Person == "sm-2");
        Assert.Equal(["430181121", Village, "430181121211"], after.Holdings.Where(h => h.Post == "police").Select(h => h.Area));
        Assert.Equal("sm-1", Assert.Single(after.Shifts).Person);
        Assert.DoesNotContain(
            Apply(new(Guid.Empty, StaffChangeKind.Leave, "sm-2", null, null, null, null, default)),
            s => s.Name == "duty.csv"
        );
    }

    [Fact]
    public void Lines_keep_the_line_ends_of_the_file()
    {
        _files["posts.csv"] = _files["posts.csv"].ReplaceLineEndings("\r\n");

        var after = Apply(new(Guid.Empty, StaffChangeKind.Appoint, "sm-2", null, "430181121", "police", null, default));

        Assert.Equal(_files["posts.csv"] + "430181121,police,sm-2\r\n", Text(after, "posts.csv"));
    }

    [Fact]
    public void Post_is_vacant_where_other_areas_of_the_level_have_it()
    {
        _files.Replace("posts.csv", "430181121211,police,sm-2\n", "");

        var pack = LoadedPack.Build(_files.Read().Pack!);

        Assert.Equal(
            [("430181121211", "police"), ("430181121211001", "worker")],
            Vacancies.In(pack, pack.Root).Select(v => (v.Area.Code, v.Post.Id))
        );
        Assert.Empty(Vacancies.In(pack, pack.Areas[Village]));
    }

    ImmutableArray<PackSource> Apply(StaffChange change) =>
        StaffFiles.Apply(
            [
                .. PackReader
                    .FileNames.Where(f => File.Exists(Path.Combine(_files.Folder, f)))
                    .Select(f => new PackSource(f, File.ReadAllBytes(Path.Combine(_files.Folder, f)))),
            ],
            change,
            []
        );

    static string Text(ImmutableArray<PackSource> sources, string name) =>
        Encoding.UTF8.GetString(sources.Single(s => s.Name == name).Content.Span);

    static Pack Read(ImmutableArray<PackSource> sources)
    {
        var result = PackReader.Read("small", sources);
        Assert.Empty(result.Errors);
        return result.Pack!;
    }
}
