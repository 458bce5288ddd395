using System.ComponentModel;
using System.Globalization;
using System.Text;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Administration;

/// <param name="Position">Entries are numbered without gaps.</param>
/// <param name="Kind">What was done; docs/api.md lists the kinds.</param>
/// <param name="Outcome"><c>ok</c>, or the code of the problem that was answered.</param>
public sealed record AccessJson(
    long Position,
    DateTimeOffset At,
    string Kind,
    string? Person,
    string? PersonName,
    string? Subject,
    string Address,
    string Outcome
);

/// <summary>What a list of the access journal is filtered by.</summary>
public sealed record AccessQuery
{
    [FromQuery(Name = "person")]
    [Description("The id of a person.")]
    public string? Person { get; init; }

    [FromQuery(Name = "kind")]
    [Description("A kind of entry, e.g. `sign-in`.")]
    public string? Kind { get; init; }

    [FromQuery(Name = "outcome")]
    [Description("`ok`, or the code of a problem.")]
    public string? Outcome { get; init; }

    [FromQuery(Name = "from")]
    [Description("Entries from this moment on.")]
    public DateTimeOffset? From { get; init; }

    [FromQuery(Name = "to")]
    [Description("Entries before this moment.")]
    public DateTimeOffset? To { get; init; }
}

/// <summary>The access journal, for the people who run a pack.</summary>
public static class AccessEndpoints
{
    const int MaxFilter = 200;

    public static void MapAccess(this IEndpointRouteBuilder routes)
    {
        var access = routes
            .MapGroup("/api/admin/access")
            .RequireAuthorization(AdministrationEndpoints.Policy)
            .WithTags("Administration")
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotPermitted, Problem.InvalidRequest, CaseRejections.Unavailable);
        access
            .MapGet("/", List)
            .WithName("listAccess")
            .WithSummary("List who signed in, looked at confidential cases, changed rights or administered")
            .WithDescription("The newest entry comes first. Entries of the caller's pack, and those that belong to no pack.");
        access
            .MapGet("/export", Export)
            .Produces(StatusCodes.Status200OK, contentType: "text/csv")
            .WithName("exportAccess")
            .WithSummary("Get the entries of the access journal as a CSV file");
    }

    static async Task<Results<Ok<ListJson<AccessJson>>, ProblemHttpResult>> List(
        [AsParameters] AccessQuery query,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        AccessQueries queries,
        AccessJournal journal,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (Filter(query, caller, context) is not { } filter)
            return Wrong(query, context).Problem(context);
        var before = long.MaxValue;
        if (!string.IsNullOrEmpty(cursor) && !long.TryParse(cursor, NumberStyles.None, CultureInfo.InvariantCulture, out before))
            return Paging.Wrong(context);
        var pageSize = Paging.Limit(limit);
        var rows = new List<AccessRow>();
        await foreach (var row in queries.List(filter with { Before = before, Limit = pageSize + 1 }, cancellationToken))
            rows.Add(row);
        if (before == long.MaxValue)
            journal.Administration(caller, "access");
        var next = rows.Count > pageSize ? rows[pageSize - 1].Position.ToString(CultureInfo.InvariantCulture) : null;
        return TypedResults.Ok(new ListJson<AccessJson>([.. rows.Take(pageSize).Select(r => Json(r, caller.Pack))], next));
    }

    static Results<PushStreamHttpResult, ProblemHttpResult> Export(
        [AsParameters] AccessQuery query,
        Caller caller,
        AccessQueries queries,
        AccessJournal journal,
        HttpContext context
    )
    {
        if (Filter(query, caller, context) is not { } filter)
            return Wrong(query, context).Problem(context);
        journal.Export(caller, "access");
        return TypedResults.Stream(
            async stream =>
            {
                // With its mark, spreadsheets read the file as UTF-8.
                await using var writer = new StreamWriter(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
                await writer.WriteLineAsync("position,at,kind,person,subject,address,outcome");
                await foreach (var row in queries.List(filter, context.RequestAborted))
                    await writer.WriteLineAsync(Line(Json(row, caller.Pack)));
            },
            "text/csv; charset=utf-8",
            "access.csv"
        );
    }

    /// <summary>Every value is an id, a code or an address, none of which needs quotes.</summary>
    static string Line(AccessJson row) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{row.Position},{row.At:O},{row.Kind},{row.Person},{row.Subject},{row.Address},{row.Outcome}"
        );

    static AccessJson Json(AccessRow row, LoadedPack pack)
    {
        var entry = row.Entry;
        var name = entry.Person is { } person ? pack.NameOf(person) : null;
        return new(row.Position, entry.At, entry.Kind, entry.Person?.Id, name, entry.Subject, entry.Address, entry.Outcome);
    }

    static AccessFilter? Filter(AccessQuery query, Caller caller, HttpContext context) =>
        Wrong(query, context).AreValid
            ? new(caller.Pack.Pack.Id)
            {
                Person = query.Person is { } id ? new PersonId(caller.Id.Pack, id) : null,
                Kind = query.Kind,
                Outcome = query.Outcome,
                From = query.From,
                To = query.To,
            }
            : null;

    static Fields Wrong(AccessQuery query, HttpContext context)
    {
        var fields = Fields.Of(context);
        fields.Text("person", query.Person, MaxFilter, required: false);
        fields.Text("kind", query.Kind, MaxFilter, required: false);
        fields.Text("outcome", query.Outcome, MaxFilter, required: false);
        return fields;
    }
}
