using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Silo.Verbs;
using GridActors.Storage.Packs;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Service.Tests.Packs;

/// <summary>An administrator edits the pack: draft, check, publish, back; and what a changed folder does meanwhile.</summary>
public sealed class PackEditingTests : SharedServiceTest
{
    readonly string _id = "e" + Guid.NewGuid().ToString("N")[..12];
    Pack _pack = null!;
    Client _admin = null!;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pack = await Service.Load(TestPacks.FromFiles(_id));
        _admin = await As("administrator", _id);
    }

    [Fact]
    public async Task Draft_is_checked_published_and_taken_back()
    {
        var reporter = await As("dispatcher-1", _id);
        var open = await reporter.Report("C-A2-1", "lamp");
        var term = (await reporter.Case(open.Id)).Clocks.Single(c => c.Name == "solve").Term;
        Assert.Equal((1, null, null), ((await State()).Version.Number, (await State()).Version.By, (await State()).Draft));
        var catalogue = await File("catalogue.yaml");

        var draft = await Save(
            0,
            "catalogue.yaml",
            catalogue
                .Replace("solve: 24h warn 4h", "solve: 12h", StringComparison.Ordinal)
                .Replace("reply: 24h, idle: 2h", "idle: 2h", StringComparison.Ordinal)
                .Replace(
                    "recipients: [{post: worker}]\n    materials",
                    "recipients: [{post: clerk}]\n    materials",
                    StringComparison.Ordinal
                )
        );
        var check = (await _admin.Post("/api/admin/pack/draft/check")).Expect(200).As<PackCheckView>();

        Assert.Equal((1, "administrator", "catalogue.yaml"), (draft.Revision, draft.By, Assert.Single(draft.Changed)));
        Assert.Empty(check.Errors);
        Assert.Null(check.Conflict);
        Assert.Equal(
            ["categories changed lamp clocks", "categories changed rubbish recipients"],
            check.Changes.Select(c => $"{c.List} {c.Change} {c.Id} {string.Join(',', c.Fields)}").Order()
        );
        Assert.Equal(new TouchedView(1, 0, 0, 0, 0), check.Cases);

        var published = (await Publish(check)).Expect(200).As<PackVersionView>();

        Assert.Equal((2, "administrator", "更快", true), (published.Number, published.By, published.Note, published.InForce));
        await Eventually.Is(async () => (await reporter.Report("C-A2-1")).OfferedTo.SequenceEqual(["clerk-a2"]));
        // A case keeps the terms under which it was opened.
        Assert.Equal(term, (await reporter.Case(open.Id)).Clocks.Single(c => c.Name == "solve").Term);
        Assert.Equal("12h", (await reporter.Report("C-A2-1", "lamp")).Clocks.Single(c => c.Name == "solve").Term);
        Assert.Equal("2", await Service.Ask<string>("select subject from access_entry where pack = $1 and kind = 'pack-published'", _id));
        (await Publish(check)).Expect(409, "draft-changed");

        var back = (await _admin.Post("/api/admin/pack/versions/1/restore", new { revision = 0 })).Expect(200).As<PackDraftView>();
        Assert.Equal(["catalogue.yaml"], back.Changed);
        check = (await _admin.Post("/api/admin/pack/draft/check")).Expect(200).As<PackCheckView>();
        Assert.True(check.Cases!.Rerouted > 0);
        Assert.Equal(3, (await Publish(check)).Expect(200).As<PackVersionView>().Number);
        await Eventually.Is(async () => (await reporter.Report("C-A2-1")).OfferedTo.SequenceEqual(["worker-a21"]));
        Assert.Equal(catalogue, await File("catalogue.yaml"));
    }

    [Fact]
    public async Task Draft_with_errors_names_their_lines_and_is_not_published()
    {
        await Save(0, "catalogue.yaml", "categories:\n  - {code: only, name: 唯一, class: 其他, recipients: [{post: nobody}]}\n");

        var check = (await _admin.Post("/api/admin/pack/draft/check")).Expect(200).As<PackCheckView>();

        Assert.Contains(
            check.Errors,
            e => e.File == "catalogue.yaml" && e.Line == 2 && e.Message.Contains("nobody", StringComparison.Ordinal)
        );
        (await Publish(check)).Expect(409, "pack-invalid");
        (await _admin.Post("/api/admin/pack/draft/discard", new { revision = 1 })).Expect(204);
        Assert.Null((await State()).Draft);
    }

    [Fact]
    public async Task What_is_kept_about_households_is_edited_like_the_other_files()
    {
        var households = await File("households.yaml");
        await Save(0, "households.yaml", households.Replace("readBy: [clerk]", "readBy: [guest]", StringComparison.Ordinal));
        var check = (await _admin.Post("/api/admin/pack/draft/check")).Expect(200).As<PackCheckView>();
        var error = Assert.Single(check.Errors);
        Assert.Equal(
            ("households.yaml", "readBy of group mental-illness: post guest may not read-households"),
            (error.File, error.Message)
        );

        await Save(1, "households.yaml", households.Replace("visitEvery: 7d", "visitEvery: 15d", StringComparison.Ordinal));
        check = (await _admin.Post("/api/admin/pack/draft/check")).Expect(200).As<PackCheckView>();

        Assert.Equal(
            ["groups changed elder-alone visitEvery"],
            check.Changes.Select(c => $"{c.List} {c.Change} {c.Id} {string.Join(',', c.Fields)}")
        );
        (await Publish(check)).Expect(200);
        var packs = Service.Services.GetRequiredService<IPacks>();
        await Eventually.Is(() =>
            Task.FromResult(packs.Current.Pack(_id)!.Pack.Households!.Group("elder-alone")!.VisitEvery?.ToString() == "15d")
        );
    }

    [Fact]
    public async Task Two_editors_do_not_overwrite_each_other()
    {
        await Save(0, "people.csv", await File("people.csv"));

        (
            await _admin.Post(
                "/api/admin/pack/draft",
                new
                {
                    revision = 0,
                    file = "people.csv",
                    text = "id,name\n",
                }
            )
        ).Expect(409, "draft-changed");
        Assert.Equal(2, (await Save(1, "people.csv", await File("people.csv"))).Revision);
        (await _admin.Post("/api/admin/pack/draft/discard", new { revision = 1 })).Expect(409, "draft-changed");
    }

    [Fact]
    public async Task Draft_after_which_the_caller_would_not_administer_is_not_published()
    {
        await Save(0, "posts.csv", (await File("posts.csv")).Replace("C,administrator,administrator\n", "", StringComparison.Ordinal));
        var check = (await _admin.Post("/api/admin/pack/draft/check")).Expect(200).As<PackCheckView>();

        (await Publish(check)).Expect(409, "pack-conflict");
    }

    [Fact]
    public async Task Only_administrators_edit_the_pack()
    {
        var worker = await As("worker-1", _id);

        (await worker.Get("/api/admin/pack")).Expect(403, "not-permitted");
        (
            await worker.Post(
                "/api/admin/pack/draft",
                new
                {
                    revision = 0,
                    file = "pack.yaml",
                    text = "",
                }
            )
        ).Expect(403, "not-permitted");
    }

    [Fact]
    public async Task Folder_that_was_not_changed_leaves_a_published_version_in_force()
    {
        await PublishWith("catalogue.yaml", "name: 其他事项", "name: 别的事项");

        Assert.False(await Apply(_pack));

        Assert.Equal(2, (await State()).Version.Number);
        Assert.Null((await State()).Draft);
    }

    [Fact]
    public async Task Folder_that_was_changed_becomes_the_draft_while_a_published_version_is_in_force()
    {
        await PublishWith("catalogue.yaml", "name: 其他事项", "name: 别的事项");
        var changed = Changed("name: 垃圾堆放", "name: 乱堆垃圾");

        Assert.False(await Apply(changed));
        Assert.False(await Apply(changed));

        var state = await State();
        Assert.Equal(
            (2, 1, null, "catalogue.yaml"),
            (state.Version.Number, state.Draft!.Revision, state.Draft.By, Assert.Single(state.Draft.Changed))
        );
    }

    [Fact]
    public async Task Folder_that_holds_the_published_version_is_followed_again()
    {
        await PublishWith("catalogue.yaml", "name: 其他事项", "name: 别的事项");
        var exported = PackReader.Read(_id, await Sources()).Pack!;

        Assert.False(await Apply(exported));
        Assert.True(await Apply(Changed("name: 其他事项", "name: 又一事项")));

        Assert.Equal((3, null), ((await State()).Version.Number, (await State()).Version.By));
    }

    [Fact]
    public async Task Exported_files_give_the_version_in_force()
    {
        await PublishWith("catalogue.yaml", "name: 其他事项", "name: 别的事项");
        var folder = Directory.CreateTempSubdirectory("export-").FullName;

        Assert.Equal(0, await PacksExport.Run(Service.Data, folder, _id, null, CancellationToken.None));

        var exported = PackReader.Read(Path.Combine(folder, _id)).Pack!;
        Assert.Equal("别的事项", exported.Categories.Single(c => c.Code == "other").Name);
        Assert.Empty(PackComparison.Of(PackReader.Read(_id, await Sources()).Pack!, exported));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Assignments_name_whom_each_category_reaches_and_hide_those_of_confidential_ones()
    {
        var list = (await (await As("dispatcher-1", _id)).Get("/api/catalogue/assignments?area=C-A2-1"))
            .Expect(200)
            .Body.GetProperty("items");
        var byCode = list.EnumerateArray().ToDictionary(a => a.GetProperty("category").GetString()!);

        Assert.Equal("worker-a21", byCode["rubbish"].GetProperty("people")[0].GetProperty("person").GetString());
        Assert.Equal("rules", byCode["rubbish"].GetProperty("by").GetString());
        Assert.Equal(0, byCode["lead"].GetProperty("people").GetArrayLength());
        (await (await As("worker-1", _id)).Get("/api/catalogue/assignments?area=C-B")).Expect(403, "not-your-area");
    }

    Pack Changed(string old, string with) =>
        TestPacks.FromFiles(_id, (name, text) => name == "catalogue.yaml" ? text.Replace(old, with, StringComparison.Ordinal) : text);

    Task<bool> Apply(Pack pack) => Service.Services.GetRequiredService<PackStore>().Apply(pack, CancellationToken.None);

    async Task<IReadOnlyCollection<PackSource>> Sources()
    {
        var versions = Service.Services.GetRequiredService<PackVersions>();
        return await versions.Sources((await versions.Current(_id, CancellationToken.None))!.Files, CancellationToken.None);
    }

    async Task PublishWith(string file, string old, string with)
    {
        await Save(0, file, (await File(file)).Replace(old, with, StringComparison.Ordinal));
        (await Publish((await _admin.Post("/api/admin/pack/draft/check")).Expect(200).As<PackCheckView>())).Expect(200);
    }

    Task<Answer> Publish(PackCheckView check) =>
        _admin.Post(
            "/api/admin/pack/draft/publish",
            new
            {
                revision = check.Revision,
                version = check.Version,
                note = "更快",
            }
        );

    async Task<PackDraftView> Save(int revision, string file, string text) => (
            await _admin.Post(
                "/api/admin/pack/draft",
                new
                {
                    revision,
                    file,
                    text,
                }
            )
        ).Expect(200).As<PackDraftView>();

    async Task<string> File(string name) =>
        (await _admin.Get($"/api/admin/pack/files/{name}")).Expect(200).Body.GetProperty("text").GetString()!;

    async Task<PackStateView> State() => (await _admin.Get("/api/admin/pack")).Expect(200).As<PackStateView>();
}
