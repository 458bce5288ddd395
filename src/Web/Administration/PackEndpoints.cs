using System.ComponentModel;
using System.Text;
using GridActors.Contracts.Cases;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Storage.Packs;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Administration;

/// <summary>The pack's files as an administrator edits them: a draft, its check, publishing, and the history.</summary>
public static class PackEndpoints
{
    const int MaxFile = 8 << 20;
    const int MaxNote = 500;

    public static void MapPackEditing(this IEndpointRouteBuilder routes)
    {
        var pack = routes
            .MapGroup("/api/admin/pack")
            .RequireAuthorization(AdministrationEndpoints.Policy)
            .WithTags("Administration")
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotPermitted, CaseRejections.NotFound);
        pack.MapGet("/", Get)
            .WithName("getPack")
            .WithSummary("Get which version of the pack is in force, and what is being edited")
            .WithDescription("404 for a pack that was loaded before its files were kept: it is editable after the next start.")
            .WithProblems(CaseRejections.Unavailable);
        pack.MapGet("/versions", Versions)
            .WithName("listPackVersions")
            .WithSummary("List the versions of the pack, the newest first")
            .WithProblems(CaseRejections.Unavailable);
        pack.MapGet("/files/{file}", File)
            .WithName("getPackFile")
            .WithSummary("Get a file of the pack")
            .WithDescription("Empty for one that the pack can have and doesn't.")
            .WithProblems(CaseRejections.Unavailable);
        pack.MapPost("/draft", Save)
            .WithMetadata(new RequestSizeLimitAttribute(MaxFile))
            .WithName("savePackFile")
            .WithSummary("Put a file into the draft")
            .WithDescription(
                "The first one begins a draft with the version in force. What is wrong in a draft keeps it from being published only."
            )
            .WithProblems(Problem.InvalidRequest, Problem.DraftChanged, CaseRejections.OutcomeUnknown);
        pack.MapPost("/draft/discard", Discard)
            .WithName("discardPackDraft")
            .WithSummary("Discard the draft")
            .WithProblems(Problem.DraftChanged, CaseRejections.OutcomeUnknown);
        pack.MapPost("/draft/check", Check)
            .WithName("checkPackDraft")
            .WithSummary("Check the draft, and say what publishing it would do")
            .WithDescription(
                "Its errors by line, what differs, whom every category would reach, and how many open cases it touches. Changes nothing."
            )
            .WithProblems(CaseRejections.OutcomeUnknown);
        pack.MapPost("/draft/publish", Publish)
            .WithName("publishPack")
            .WithSummary("Publish the draft: it is in force within seconds")
            .WithDescription("Open cases keep their terms, and go to those whom the new version names.")
            .WithProblems(
                Problem.InvalidRequest,
                Problem.DraftChanged,
                Problem.PackInvalid,
                Problem.PackConflict,
                CaseRejections.OutcomeUnknown
            );
        pack.MapPost("/versions/{version:int}/restore", Restore)
            .WithName("restorePackVersion")
            .WithSummary("Make an earlier version the draft")
            .WithProblems(Problem.DraftChanged, CaseRejections.OutcomeUnknown);
    }

    static async Task<Results<Ok<PackStateJson>, ProblemHttpResult>> Get(
        Caller caller,
        PackVersions versions,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var pack = caller.Pack;
        if (await versions.Current(pack.Pack.Id, cancellationToken) is not { } current)
            return Problem.Of(CaseRejections.NotFound, context);
        var draft = await versions.Draft(pack.Pack.Id, cancellationToken);
        return TypedResults.Ok(
            new PackStateJson(
                PackVersionJson.Of(current, pack, current.Number),
                draft is null ? null : PackDraftJson.Of(draft, current, pack),
                [.. PackReader.FileNames.Order(StringComparer.Ordinal)]
            )
        );
    }

    static async Task<Ok<ListJson<PackVersionJson>>> Versions(Caller caller, PackVersions versions, CancellationToken cancellationToken)
    {
        var current = await versions.Current(caller.Pack.Pack.Id, cancellationToken);
        var all = await versions.Of(caller.Pack.Pack.Id, cancellationToken);
        return TypedResults.Ok(
            new ListJson<PackVersionJson>([.. all.Select(v => PackVersionJson.Of(v, caller.Pack, current?.Number))], null)
        );
    }

    static async Task<Results<Ok<PackFileJson>, ProblemHttpResult>> File(
        string file,
        [Description("A version's number; without it, the draft's file, or that of the version in force where there is no draft.")]
            int? version,
        Caller caller,
        PackVersions versions,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var pack = caller.Pack.Pack.Id;
        var files = version is { } number
            ? (await versions.Of(pack, cancellationToken)).FirstOrDefault(v => v.Number == number)?.Files
            : (await versions.Draft(pack, cancellationToken))?.Files ?? (await versions.Current(pack, cancellationToken))?.Files;
        if (files is null || !PackReader.FileNames.Contains(file))
            return Problem.Of(CaseRejections.NotFound, context);
        if (!files.TryGetValue(file, out var hash))
            return TypedResults.Ok(new PackFileJson(file, ""));
        var sources = await versions.Sources(new Dictionary<string, string> { [file] = hash }, cancellationToken);
        return TypedResults.Ok(new PackFileJson(file, Encoding.UTF8.GetString(sources[0].Content.Span).TrimStart('\uFEFF')));
    }

    static async Task<Results<Ok<PackDraftJson>, ProblemHttpResult>> Save(
        SavePackFileRequest body,
        Caller caller,
        PackVersions versions,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var pack = caller.Pack;
        if (await versions.Current(pack.Pack.Id, cancellationToken) is null)
            return Problem.Of(CaseRejections.NotFound, context);
        var fields = Fields.Of(context);
        if (body.File is not { } file || !PackReader.FileNames.Contains(file))
            fields.Wrong("file", "不是数据包的文件", "is no file of the pack");
        if (body.Text is null)
            fields.Wrong("text", "必填", "is needed");
        if (!fields.AreValid)
            return fields.Problem(context);
        var source = new PackSource(body.File!, new UTF8Encoding(false, throwOnInvalidBytes: true).GetBytes(body.Text!));
        return await versions.Save(pack.Pack.Id, body.Revision, source, caller.Id, cancellationToken)
            ? await Draft(caller, versions, context, cancellationToken)
            : Problem.Of(Problem.DraftChanged, context);
    }

    static async Task<Results<Ok<PackDraftJson>, ProblemHttpResult>> Restore(
        int version,
        PackDraftRequest body,
        Caller caller,
        PackVersions versions,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var pack = caller.Pack.Pack.Id;
        if ((await versions.Of(pack, cancellationToken)).FirstOrDefault(v => v.Number == version) is not { } earlier)
            return Problem.Of(CaseRejections.NotFound, context);
        return await versions.Restore(pack, body.Revision, earlier, caller.Id, cancellationToken)
            ? await Draft(caller, versions, context, cancellationToken)
            : Problem.Of(Problem.DraftChanged, context);
    }

    static async Task<Results<Ok<PackDraftJson>, ProblemHttpResult>> Draft(
        Caller caller,
        PackVersions versions,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var pack = caller.Pack.Pack.Id;
        return await versions.Current(pack, cancellationToken) is { } current && await versions.Draft(pack, cancellationToken) is { } draft
            ? TypedResults.Ok(PackDraftJson.Of(draft, current, caller.Pack))
            : Problem.Of(Problem.DraftChanged, context);
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Discard(
        PackDraftRequest body,
        Caller caller,
        PackVersions versions,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        await versions.Discard(caller.Pack.Pack.Id, body.Revision, cancellationToken)
            ? TypedResults.NoContent()
            : Problem.Of(Problem.DraftChanged, context);

    static async Task<Results<Ok<PackCheckJson>, ProblemHttpResult>> Check(
        Caller caller,
        PackVersions versions,
        PackCheck check,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var pack = caller.Pack.Pack.Id;
        return await versions.Current(pack, cancellationToken) is { } current && await versions.Draft(pack, cancellationToken) is { } draft
            ? TypedResults.Ok(await check.Run(caller.Pack, current, draft, cancellationToken))
            : Problem.Of(CaseRejections.NotFound, context);
    }

    static async Task<Results<Ok<PackVersionJson>, ProblemHttpResult>> Publish(
        PublishPackRequest body,
        Caller caller,
        PackVersions versions,
        PackCheck check,
        PackPublisher publisher,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var note = fields.Text("note", body.Note, MaxNote, required: false);
        if (!fields.AreValid)
            return fields.Problem(context);
        var pack = caller.Pack.Pack.Id;
        if (await versions.Draft(pack, cancellationToken) is not { } draft || draft.Revision != body.Revision)
            return Problem.Of(Problem.DraftChanged, context);
        if ((await check.Read(pack, draft.Files, cancellationToken)).Pack is not { } read)
            return Problem.Of(Problem.PackInvalid, context);
        // Otherwise nobody could undo it in the console.
        var after = LoadedPack.Build(read);
        if (after.Person(caller.Id)?.Over(after.Root).Has(Permission.Administer) != true)
            return Problem.Of(Problem.PackConflict, context, ("reason", "After it, you would not administer the pack any more."));
        try
        {
            var published = await publisher.Publish(read, body.Revision, body.Version, caller.Id, caller.Address, note, cancellationToken);
            return published is null
                ? Problem.Of(Problem.DraftChanged, context)
                : TypedResults.Ok(PackVersionJson.Of(published, caller.Pack, published.Number));
        }
        catch (PackConflictException e)
        {
            return Problem.Of(Problem.PackConflict, context, ("reason", e.Message));
        }
    }
}
