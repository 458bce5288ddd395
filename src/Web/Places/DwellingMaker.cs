using System.Globalization;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Places;
using GridActors.Domain.Households;
using GridActors.Storage.Places;
using GridActors.Web.Cases;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Places;

/// <summary>
/// Makes the units and dwellings of a building in one call. Each is a place of its own, so a call that is broken off has made some of them:
/// its repeat makes the others, because what is there already isn't made again.
/// </summary>
static class DwellingMaker
{
    const int MaxDwellings = 500;
    const int MaxUnits = 20;
    const int MaxFloors = 99;
    const int MaxDoors = 50;
    const int MaxContents = 2000;
    const int MadeAtOnce = 32;

    sealed record Door(PlaceRow? Known, Guid Id, Guid? Unit, string? UnitName, string Name);

    public static async Task<Results<Ok<DwellingsJson>, ProblemHttpResult>> Make(
        string place,
        DwellingsRequest body,
        Caller caller,
        [AsParameters] WriteHeaders headers,
        PlaceStepHandler steps,
        PlaceQueries queries,
        HttpContext context,
        CancellationToken cancellationToken
    )
    {
        var fields = Fields.Of(context);
        var units = Number(fields, "units", body.Units, 0, MaxUnits);
        var floors = Number(fields, "floors", body.Floors, 1, MaxFloors);
        var doors = Number(fields, "doorsPerFloor", body.DoorsPerFloor, 1, MaxDoors);
        var first = Number(fields, "firstFloor", body.FirstFloor ?? 1, 1, MaxFloors);
        if (Math.Max(units, 1) * floors * doors > MaxDwellings)
            fields.Wrong("floors", $"一次最多 {MaxDwellings} 套", $"makes more than {MaxDwellings} dwellings");
        if (!fields.AreValid)
            return fields.Problem(context);
        if (await steps.Find(place, caller, cancellationToken) is not { } building)
            return Problem.Of(CaseRejections.NotFound, context);
        if (!HouseholdAccess.Of(caller.Pack, caller.Id, building.Area, null).MayEdit)
            return Problem.Of(CaseRejections.NotPermitted, context);
        if (building.Kind != PlaceKind.Building)
            return Problem.Of(PlaceRejections.WrongParent, context);
        if (!building.IsInUse)
            return Problem.Of(PlaceRejections.Gone, context);

        var known = await queries.Contents(building.Id, MaxContents, cancellationToken);
        var made = new List<Door>();
        var wanted = new List<Door>();
        for (var unit = 1; unit <= Math.Max(units, 1); unit++)
        {
            var (name, parent) = ((string?)null, building.Id);
            if (units > 0)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{unit}单元");
                var there = known.FirstOrDefault(p => p.Kind == PlaceKind.Unit && NameOf(p) == name);
                parent = there?.Id ?? headers.NewId(caller.Id, name);
                if (there is null && await Add(parent, PlaceKind.Unit, building.Id, name, null) is { } refused)
                    return Problem.Of(refused, context);
            }
            for (var floor = first; floor < first + floors; floor++)
            for (var door = 1; door <= doors; door++)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"{floor}{door:00}");
                var there = known.FirstOrDefault(p =>
                    p.Kind == PlaceKind.Dwelling && p.Parent == parent && p.Fields.GetValueOrDefault(StandardFields.Door) == text
                );
                var id = there?.Id ?? headers.NewId(caller.Id, $"{unit} {text}");
                wanted.Add(new(there, id, units > 0 ? parent : null, name, text));
            }
        }
        foreach (var some in wanted.Where(d => d.Known is null).Chunk(MadeAtOnce))
        {
            var refusals = await Task.WhenAll(
                some.Select(d => Add(d.Id, PlaceKind.Dwelling, d.Unit ?? building.Id, $"{d.Name}室", d.Name))
            );
            if (refusals.FirstOrDefault(r => r is not null) is { } refused)
                return Problem.Of(refused, context);
            made.AddRange(some);
        }
        return TypedResults.Ok(
            new DwellingsJson(
                building.Id.ToString("N"),
                made.Count,
                [.. wanted.Select(d => new MadeDwellingJson(d.Id.ToString("N"), d.Unit?.ToString("N"), d.UnitName, d.Name))]
            )
        );

        async Task<string?> Add(Guid id, PlaceKind kind, Guid parent, string name, string? door)
        {
            var values = Facts.None.Add(StandardFields.Name, name);
            var command = new CreatePlace
            {
                By = caller.Id,
                Area = building.Area,
                Kind = kind,
                Parent = parent,
                Fields = door is null ? values : values.Add(StandardFields.Door, door),
            };
            return (await steps.Submit(id, command with { Operation = headers.OperationOf(caller.Id, command) })).Rejection;
        }
    }

    static string? NameOf(PlaceRow row) => row.Fields.GetValueOrDefault(StandardFields.Name);

    static int Number(Fields fields, string name, int? value, int least, int most)
    {
        if (value is { } number && number >= least && number <= most)
            return number;
        fields.Wrong(name, $"应为 {least} 至 {most} 的整数", $"must be a whole number from {least} to {most}");
        return least;
    }
}
