using System.ComponentModel;
using GridActors.Contracts;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Households;
using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Households;

/// <summary>Values in clear.</summary>
/// <param name="Fields">The household's, by the id of the field.</param>
/// <param name="Residents">Those of residents, by the resident's id.</param>
public sealed record RevealedJson(
    IReadOnlyDictionary<string, string> Fields,
    IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> Residents
);

/// <param name="Fields">The ids of the fields that were revealed.</param>
/// <param name="Household">
/// Null for a file, which has many, and for a place; the list of one household has its residents that are in the file.
/// </param>
/// <param name="Place">The place whose values they are; null for those of households.</param>
/// <param name="Export">The file of households in which the values are; null when they were shown.</param>
/// <param name="People">How many people's values are in the file.</param>
/// <param name="Unusual">The person had more revealed that day than the pack calls usual.</param>
public sealed record RevealJson(
    string Id,
    DateTimeOffset At,
    string Person,
    string PersonName,
    string Area,
    string AreaName,
    string? Household,
    string? Place,
    IReadOnlyList<string> Residents,
    IReadOnlyList<string> Fields,
    string Purpose,
    string PurposeName,
    string Address,
    bool Unusual,
    string? Export,
    int? People
)
{
    public static RevealJson Of(Reveal r, LoadedPack pack) =>
        new(
            r.Id.ToString("N"),
            r.At,
            r.Person.Id,
            pack.NameOf(r.Person),
            r.Area.Code,
            HouseholdNames.AreaName(pack, r.Area.Code),
            r is { Export: null, Place: null } ? r.Household.ToString("N") : null,
            r.Place?.ToString("N"),
            [.. r.Residents.Select(x => x.ToString("N"))],
            r.Fields,
            r.Purpose,
            pack.Pack.Households?.Purpose(r.Purpose)?.Name ?? r.Purpose,
            r.Address,
            r.IsUnusual,
            r.Export?.ToString("N"),
            r.People
        );
}

/// <summary>Reveals of masked values, and who had what revealed.</summary>
public static class RevealEndpoints
{
    public static void MapReveals(this IEndpointRouteBuilder routes)
    {
        routes
            .MapPost("/api/households/{household}/reveal", Reveal)
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Households")
            .WithName("revealHousehold")
            .WithSummary("Reveal masked values for a purpose")
            .WithDescription(
                "It is recorded who saw whose values, which, for what and when, before they are answered. For a post that may reveal; so "
                    + "many an hour as the pack says."
            )
            .WithProblems(
                Problem.NotSignedIn,
                Problem.InvalidRequest,
                HouseholdRejections.NoHouseholds,
                CaseRejections.NotFound,
                CaseRejections.NotPermitted,
                Problem.RevealLimit,
                CaseRejections.Unavailable
            );
        routes
            .MapGet("/api/reveals", List)
            .RequireAuthorization()
            .WithTags("Administration")
            .WithName("listReveals")
            .WithSummary("List who had which masked values revealed")
            .WithDescription("The newest comes first. For a post at the root that may administer.")
            .WithProblems(Problem.NotSignedIn, Problem.InvalidRequest, CaseRejections.NotPermitted, CaseRejections.Unavailable);
        routes
            .MapGet("/api/households/{household}/reveals", OfHousehold)
            .RequireAuthorization()
            .WithTags("Households")
            .WithName("listRevealsOfHousehold")
            .WithSummary("List who had values of a household revealed")
            .WithDescription("From it a resident's right to know is answered. For a post that may reveal values there.")
            .WithProblems(
                Problem.NotSignedIn,
                Problem.InvalidRequest,
                CaseRejections.NotFound,
                CaseRejections.NotPermitted,
                CaseRejections.Unavailable
            );
    }

    static async Task<Results<Ok<RevealedJson>, ProblemHttpResult>> Reveal(
        string household,
        RevealRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        GrainReferences<IHouseholdGrain> households,
        Reveals reveals,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.Pack.Households is not { } rules)
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var fields = Fields.Of(context);
        var purpose = Purpose(fields, body.Purpose, rules);
        Guid? resident = null;
        if (body.Resident is { } named)
            if (Guid.TryParseExact(named, "N", out var id))
                resident = id;
            else
                fields.Wrong("resident", "不是编号", "is no id");
        if (!fields.AreValid)
            return fields.Problem(context);
        if (await HouseholdEndpoints.Find(household, caller, households, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        if (resident is { } one && view.Resident(one) is null)
            return Problem.Of(CaseRejections.NotFound, context);
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, view.Area, view.Worker);
        if (!access.MayReveal)
            return Problem.Of(CaseRejections.NotPermitted, context);

        var shown = Shown(view, new(rules, access), resident, body.Fields);
        Guid[] residents = [.. shown.Residents.Keys.Select(k => Guid.ParseExact(k, "N"))];
        string[] revealed =
        [
            .. shown.Fields.Keys.Concat(shown.Residents.Values.SelectMany(r => r.Keys)).Distinct().Order(StringComparer.Ordinal),
        ];
        var isRecorded = await reveals.Record(
            headers.OperationOf(
                caller.Id,
                new
                {
                    view.Id,
                    purpose,
                    revealed,
                }
            ),
            caller.Id,
            view.Area,
            view.Id,
            residents,
            revealed,
            purpose,
            caller.Address,
            rules.Reveal,
            cancellationToken
        );
        return isRecorded ? TypedResults.Ok(shown) : Problem.Of(Problem.RevealLimit, context);
    }

    static async Task<Results<Ok<ListJson<RevealJson>>, ProblemHttpResult>> List(
        [Description("Only those of this person.")] string? person,
        [Description("Only those for this purpose.")] string? purpose,
        [Description("Only those of this area and everything below it.")] string? area,
        [Description("Only those of this household.")] string? household,
        [Description("Only those of this resident.")] string? resident,
        [Description("Only those of this place.")] string? place,
        [Description("Only unusual ones.")] bool? unusual,
        [Description("From this moment or day on.")] string? from,
        [Description("Before this moment or day.")] string? to,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        Reveals reveals,
        AccessJournal access,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!caller.Person.Over(caller.Pack.Root).Has(Permission.Administer))
            return Problem.Of(CaseRejections.NotPermitted, context);
        var fields = Fields.Of(context);
        if (!Paging.TryRead(cursor, out var before))
            Paging.Wrong(fields);
        var filter = new RevealFilter(caller.Pack.Pack.Id)
        {
            Person = fields.Filter("person", person) is { } p ? new PersonId(caller.Pack.Pack.Id, p) : null,
            Purpose = fields.Filter("purpose", purpose),
            Areas = Areas(fields, area, caller),
            Household = Id(fields, "household", household),
            Resident = Id(fields, "resident", resident),
            Place = Id(fields, "place", place),
            UnusualOnly = unusual == true,
            From = fields.Time("from", from, caller.Pack),
            To = fields.Time("to", to, caller.Pack),
            Before = before,
        };
        if (!fields.AreValid)
            return fields.Problem(context);
        access.Administration(caller, "reveals");
        var size = Paging.Limit(limit);
        var found = await reveals.List(filter, size + 1, cancellationToken);
        return TypedResults.Ok(Paging.Page(found, size, r => (r.At, r.Id), r => RevealJson.Of(r, caller.Pack)));
    }

    static async Task<Results<Ok<ListJson<RevealJson>>, ProblemHttpResult>> OfHousehold(
        string household,
        [Description(Paging.LimitDescription)] int? limit,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        GrainReferences<IHouseholdGrain> households,
        Reveals reveals,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!Paging.TryRead(cursor, out var before))
            return Paging.Wrong(context);
        if (await HouseholdEndpoints.Find(household, caller, households, cancellationToken) is not { } view)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!HouseholdAccess.Of(caller.Pack, caller.Id, view.Area, view.Worker).MayReveal)
            return Problem.Of(CaseRejections.NotPermitted, context);
        var size = Paging.Limit(limit);
        var filter = new RevealFilter(caller.Pack.Pack.Id) { Household = view.Id, Before = before };
        var found = await reveals.List(filter, size + 1, cancellationToken);
        return TypedResults.Ok(Paging.Page(found, size, r => (r.At, r.Id), r => RevealJson.Of(r, caller.Pack)));
    }

    static RevealedJson Shown(HouseholdView view, HouseholdMask mask, Guid? resident, IReadOnlyList<string>? only)
    {
        var household = resident is null ? mask.Revealed(SubjectKind.Household, view.Fields, only) : [];
        var residents = view
            .Residents.Where(r => resident is null || r.Id == resident)
            .Select(r => (r.Id, Fields: mask.Revealed(SubjectKind.Resident, r.Fields, only)))
            .Where(r => r.Fields.Count > 0)
            .ToDictionary(r => r.Id.ToString("N"), r => (IReadOnlyDictionary<string, string>)r.Fields);
        return new(household, residents);
    }

    /// <summary>Reads what values are revealed for.</summary>
    internal static string Purpose(Fields fields, string? written, HouseholdRules rules)
    {
        var purpose = fields.Text("purpose", written, 40);
        if (rules.Purpose(purpose) is null)
            fields.Wrong("purpose", "没有这种用途", "is no purpose of the pack");
        return purpose;
    }

    static IReadOnlyList<string>? Areas(Fields fields, string? area, Caller caller)
    {
        if (area is null)
            return null;
        if (caller.Area(area) is { } under)
            return [.. under.Downwards().SelectMany(a => a.WithFormer).Select(a => a.Key)];
        fields.Wrong("area", "没有这个区域", "is no area of the pack");
        return null;
    }

    static Guid? Id(Fields fields, string name, string? value)
    {
        if (value is null)
            return null;
        if (Guid.TryParseExact(value, "N", out var id))
            return id;
        fields.Wrong(name, "不是编号", "is no id");
        return null;
    }
}
