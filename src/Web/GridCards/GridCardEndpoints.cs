using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Domain.GridCards;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Packs;
using GridActors.Storage.GridCards;
using GridActors.Storage.Photos;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.GridCards;

/// <summary>
/// What residents are shown of their grid is decided here, by whoever administers the area: of whom the name, which duty phone, which
/// portrait, and where the station is. Nothing is shown that wasn't entered for that.
/// </summary>
static class GridCardEndpoints
{
    const int MaxName = 60;
    const int MaxAddress = 120;
    const int MaxPhone = 20;
    const int MaxPeople = 200;

    public static void MapGridCards(this IEndpointRouteBuilder routes)
    {
        var cards = routes
            .MapGroup("/api/grid-cards")
            .RequireAuthorization()
            .WithTags("GridCards")
            .WithProblems(Problem.NotSignedIn, CaseRejections.NotFound, CaseRejections.NotYourArea, CaseRejections.Unavailable);
        cards
            .MapGet("/people", People)
            .WithName("listCardPeople")
            .WithSummary("List who stands on the cards of an area and below, with what residents are shown of them")
            .WithProblems(Problem.InvalidRequest);
        cards
            .MapPut("/people/{person}", Show)
            .WithName("showCardPerson")
            .WithSummary("Decide what residents are shown of somebody")
            .WithDescription("For a post that may administer all areas in which they hold a post.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.OutcomeUnknown);
        cards.MapGet("/areas/{code}", Area).WithName("getAreaCard").WithSummary("Get an area's card as residents see it");
        cards
            .MapPut("/areas/{code}/station", Station)
            .WithName("setCardStation")
            .WithSummary("Enter where residents of an area go during office hours")
            .WithDescription("It holds for the area and for those below it that have none of their own.")
            .WithProblems(Problem.InvalidRequest, CaseRejections.OutcomeUnknown);
    }

    static async Task<Results<Ok<ListJson<ShownPersonJson>>, ProblemHttpResult>> People(
        [Description("Code of the area.")] string? area,
        [Description("A part of the name of a person or an area.")] string? text,
        [Description("Those of whom nothing is shown alone.")] bool? missing,
        [Description(Paging.CursorDescription)] string? cursor,
        Caller caller,
        CardPeople people,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (!Paging.TryReadStep(cursor, out var skip))
            return Paging.Wrong(context);
        var (root, problem) = Administered(area, caller, context);
        if (root is null)
            return problem!;
        var looked = text?.Trim() ?? "";
        var holders = root.Downwards()
            .Where(a => a.Children.Count == 0)
            .SelectMany(a => CardHolder.Named(caller.Pack, a))
            .DistinctBy(h => (h.Person, h.Post, h.Area))
            .Where(h => looked.Length == 0 || caller.Pack.NameOf(h.Person).Contains(looked) || h.Area.Name.Contains(looked))
            .ToList();
        var shown = await people.Of([.. holders.Select(h => h.Person).Distinct()], cancellationToken);
        var listed = missing == true ? [.. holders.Where(h => !shown.ContainsKey(h.Person))] : holders;
        return TypedResults.Ok(
            new ListJson<ShownPersonJson>(
                [.. listed.Skip(skip).Take(MaxPeople).Select(h => Of(h, shown.GetValueOrDefault(h.Person), caller.Pack))],
                listed.Count > skip + MaxPeople ? Paging.StepCursor(skip + MaxPeople) : null
            )
        );
    }

    static async Task<Results<NoContent, ProblemHttpResult>> Show(
        string person,
        ShowPersonRequest body,
        Caller caller,
        CardPeople people,
        PhotoStore photos,
        ShownCards cards,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (caller.Pack.People.GetValueOrDefault(person) is not { Posts.Count: > 0 } known)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!known.Posts.All(held => MayShow(caller, held.Area)))
            return Problem.Of(CaseRejections.NotYourArea, context);
        var fields = Fields.Of(context);
        if (body.ShowsName is not { } showsName)
        {
            fields.Wrong("showsName", "必填", "is needed");
            return fields.Problem(context);
        }
        var phone = Phone("phone", body.Phone, fields);
        var portrait =
            body.Photo is null ? null
            : (await photos.NotUploadedBy(caller.Id, [body.Photo], cancellationToken)).Count > 0 ? null
            : await people.PortraitOf(body.Photo, cancellationToken);
        if (body.Photo is not null && portrait is null)
            fields.Wrong("photo", "没有这张照片，请重新上传", "is no photo that you have uploaded");
        if (!fields.AreValid)
            return fields.Problem(context);
        if (body.Photo is null && body.RemovesPortrait != true)
            portrait = (await people.Of([known.Id], cancellationToken)).GetValueOrDefault(known.Id)?.Portrait;
        await people.Save(caller.Pack, new(known.Id, showsName, phone, portrait), caller.Id, caller.Address, cancellationToken);
        cards.Forget();
        return TypedResults.NoContent();
    }

    static async Task<Results<Ok<AreaCardJson>, ProblemHttpResult>> Area(
        string code,
        Caller caller,
        CardReader reader,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (area, problem) = Administered(code, caller, context);
        return area is null ? problem! : TypedResults.Ok(await Answer(area, caller, reader, cancellationToken));
    }

    static async Task<Results<Ok<AreaCardJson>, ProblemHttpResult>> Station(
        string code,
        StationRequest body,
        Caller caller,
        CardReader reader,
        CardStations stations,
        ShownCards cards,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var (area, problem) = Administered(code, caller, context);
        if (area is null)
            return problem!;
        var fields = Fields.Of(context);
        var station = new CardStation(
            area.Id,
            fields.Text("name", body.Name, MaxName, required: false),
            fields.Text("address", body.Address, MaxAddress, required: false),
            Phone("phone", body.Phone, fields)
        );
        if (station.Name.Length == 0 && (station.Address.Length > 0 || station.Phone.Length > 0))
            fields.Wrong("name", "必填", "is needed");
        if (!fields.AreValid)
            return fields.Problem(context);
        await stations.Save(station, caller.Id, caller.Address, cancellationToken);
        cards.Forget();
        return TypedResults.Ok(await Answer(area, caller, reader, cancellationToken));
    }

    static async Task<AreaCardJson> Answer(AreaNode area, Caller caller, CardReader reader, CancellationToken cancellationToken)
    {
        var (card, station) = await reader.Read(caller.Pack, area, registers: false, cancellationToken);
        var of = station is null ? null : caller.Area(station.Area.Code);
        return new(area.Code, of?.Code, of?.Name, card);
    }

    /// <summary>The area when the caller decides what residents see there.</summary>
    static (AreaNode? Area, ProblemHttpResult? Problem) Administered(string? code, Caller caller, HttpContext context) =>
        caller.Area(code) is not { } area ? (null, Problem.Of(CaseRejections.NotFound, context))
        : MayShow(caller, area) ? (area, null)
        : (null, Problem.Of(CaseRejections.NotYourArea, context));

    static bool MayShow(Caller caller, AreaNode area) => caller.Person.Over(area).Has(Permission.Administer);

    /// <summary>A number that can be called: a mobile, a landline with its area code, or a short one of the place.</summary>
    static string Phone(string name, string? value, Fields fields)
    {
        var text = fields.Text(name, value, MaxPhone, required: false);
        if (text.Length > 0 && Phones.Normalise(text) is null && !IsService(text))
            fields.Wrong(name, "不是电话号码", "is no phone number");
        return text;
    }

    /// <summary>12345 and the like.</summary>
    static bool IsService(string text) => text.Length is >= 3 and <= 8 && text.All(char.IsAsciiDigit);

    static ShownPersonJson Of(CardHolder holder, CardPerson? shown, LoadedPack pack) =>
        new(
            holder.Person.Id,
            pack.NameOf(holder.Person),
            holder.Post.Id,
            holder.Post.Name,
            holder.Post.NameEn,
            holder.Area.Code,
            holder.Area.Name,
            shown?.ShowsName ?? false,
            shown?.Phone ?? "",
            shown?.Portrait
        );
}
