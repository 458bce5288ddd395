using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Places;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Web.Cases;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using PlaceResult = Microsoft.AspNetCore.Http.HttpResults.Results<
    Microsoft.AspNetCore.Http.HttpResults.Ok<GridActors.Web.Places.PlaceDetailsJson>,
    Microsoft.AspNetCore.Http.HttpResults.ProblemHttpResult
>;

namespace GridActors.Web.Places;

/// <summary>What can be done with a place.</summary>
static class PlaceSteps
{
    public static void MapPlaceSteps(this IEndpointRouteBuilder routes)
    {
        var places = routes
            .MapGroup("/api/places")
            .RequireAuthorization()
            .CheckWriteHeaders()
            .WithTags("Places")
            .WithProblems(
                Problem.NotSignedIn,
                Problem.InvalidRequest,
                HouseholdRejections.NoHouseholds,
                CaseRejections.NotFound,
                CaseRejections.NotPermitted,
                CaseRejections.KeyReused,
                CaseRejections.Busy,
                CaseRejections.Unavailable,
                CaseRejections.OutcomeUnknown,
                CaseRejections.NewerVersion
            );
        places
            .MapPost("/", Create)
            .WithName("createPlace")
            .WithSummary("Register a building, unit, dwelling, key place or organisation")
            .WithProblems(CaseRejections.NotYourArea, PlaceRejections.WrongParent);
        places
            .MapPost("/{place}/dwellings", DwellingMaker.Make)
            .WithName("makeDwellings")
            .WithSummary("Make the units and dwellings of a building")
            .WithDescription(
                "The same number of doors on each floor of each unit, 500 in all at most. Units and doors that are there stay as they are."
            )
            .WithProblems(PlaceRejections.WrongParent, PlaceRejections.Gone);
        var steps = places.MapGroup("/{place}").WithProblems(CaseRejections.StaleVersion, PlaceRejections.Gone);
        steps
            .MapPatch("/", Correct)
            .WithName("correctPlace")
            .WithSummary("Correct what is known of a place")
            .WithProblems(PlaceRejections.WrongParent);
        steps
            .MapPost("/move", Move)
            .WithName("movePlace")
            .WithSummary("Bring a place to another area")
            .WithDescription("What belongs to it follows. Households that live there stay in their area until they are moved.")
            .WithProblems(CaseRejections.NotYourArea, PlaceRejections.WrongParent);
        steps
            .MapPost("/close", Close)
            .WithName("closePlace")
            .WithSummary("Say that a place is closed or demolished")
            .WithDescription("What belongs to it goes with it. Refused while a household lives there.")
            .WithProblems(PlaceRejections.Occupied);
        steps
            .MapPost("/reopen", Reopen)
            .WithName("reopenPlace")
            .WithSummary("Say that a place is there again")
            .WithDescription("What went with it comes back with it.")
            .WithProblems(PlaceRejections.WrongParent);
        steps.MapPost("/visit", Visit).WithName("visitPlace").WithSummary("Say that a place was looked at");
    }

    static async Task<Results<Created<PlaceDetailsJson>, ProblemHttpResult>> Create(
        PlaceRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        PlaceStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        if (steps.Reader(caller, context) is not var (fields, reader))
            return Problem.Of(HouseholdRejections.NoHouseholds, context);
        var code = fields.Text("area", body.Area, 40);
        var kind = PlaceNames.Kind(body.Kind);
        if (kind is null)
            fields.Wrong(
                "kind",
                "应为 building、unit、dwelling、key-place 或 organisation",
                "must be building, unit, dwelling, key-place or organisation"
            );
        if (kind != PlaceKind.KeyPlace && body.Type is not null)
            fields.Wrong("type", "只有重点场所有类型", "is for key places alone");
        var values = reader.New(SubjectKind.Place, "fields", body.Fields);
        var command = new CreatePlace
        {
            By = caller.Id,
            Area = caller.AreaId(code),
            Kind = kind.GetValueOrDefault(),
            Type = kind == PlaceKind.KeyPlace ? TypeOf(body.Type, required: true, fields, caller) : null,
            Parent = reader.Id("parent", body.Parent),
            Fields = fields.Position("position", body.Position) is { } at
                ? values.Add(PlaceView.PositionField, PlaceView.TextOf(at))
                : values,
        };
        if (!fields.AreValid)
            return fields.Problem(context);
        if (caller.Area(code) is not { } area)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!caller.Person.Over(area).Has(Permission.EditHouseholds))
            return Problem.Of(CaseRejections.NotYourArea, context);
        return await steps.Create(headers.NewId(caller.Id, "place"), command, headers, caller, context, cancellationToken);
    }

    static Task<PlaceResult> Correct(
        string place,
        CorrectPlaceRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        PlaceStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        steps.Take(
            place,
            (fields, reader) =>
                new CorrectPlace
                {
                    By = caller.Id,
                    Fields = Changes(body, fields, reader),
                    Type = TypeOf(body.Type, required: false, fields, caller),
                    Parent = body.Parent == "" ? Guid.Empty : reader.Id("parent", body.Parent),
                },
            caller,
            headers,
            context,
            cancellationToken
        );

    static Task<PlaceResult> Move(
        string place,
        MovePlaceRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        PlaceStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        steps.Take(
            place,
            (fields, reader) =>
                new MovePlace
                {
                    By = caller.Id,
                    Area = caller.AreaId(fields.Text("area", body.Area, 40)),
                    Parent = reader.Id("parent", body.Parent),
                    Reason = fields.Text("reason", body.Reason, HouseholdSteps.MaxReason),
                },
            caller,
            headers,
            context,
            cancellationToken
        );

    static Task<PlaceResult> Close(
        string place,
        ClosePlaceRequest body,
        Caller caller,
        [AsParameters] StepHeaders headers,
        PlaceStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    ) =>
        steps.Take(
            place,
            (fields, _) => new ClosePlace { By = caller.Id, Reason = fields.Text("reason", body.Reason, HouseholdSteps.MaxReason) },
            caller,
            headers,
            context,
            cancellationToken
        );

    static Task<PlaceResult> Reopen(
        string place,
        Caller caller,
        [AsParameters] StepHeaders headers,
        PlaceStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    ) => steps.Take(place, (_, _) => new ReopenPlace { By = caller.Id }, caller, headers, context, cancellationToken);

    static Task<PlaceResult> Visit(
        string place,
        Caller caller,
        [AsParameters] StepHeaders headers,
        PlaceStepHandler steps,
        HttpContext context,
        CancellationToken cancellationToken
    ) => steps.Take(place, (_, _) => new VisitPlace { By = caller.Id }, caller, headers, context, cancellationToken);

    static FieldChanges Changes(CorrectPlaceRequest body, Fields fields, HouseholdFieldReader reader)
    {
        var changes = reader.Changes(SubjectKind.Place, "fields", body.Fields);
        if (body.RemovePosition == true)
            return new(changes.Values.SetItem(PlaceView.PositionField, null));
        return fields.Position("position", body.Position) is { } at
            ? new(changes.Values.SetItem(PlaceView.PositionField, PlaceView.TextOf(at)))
            : changes;
    }

    static string? TypeOf(string? type, bool required, Fields fields, Caller caller)
    {
        if (type is null && !required)
            return null;
        if (type is null || caller.Pack.Pack.Households!.KeyPlace(type) is null)
            fields.Wrong("type", "没有这类重点场所", "is no type of key places of the pack");
        return type;
    }
}
