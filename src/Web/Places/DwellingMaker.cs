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
/// its repeat makes the others, because what is there already isn't made again. A door's id follows from its building and its name, so that
/// two calls at the same time make it once.
/// </summary>
static class DwellingMaker
{
    const int MaxDwellings = 500;
    const int MaxUnits = 20;
    const int MaxFloors = 99;
    const int MaxDoors = 50;
    const int MaxContents = 2000;
    const int MadeAtOnce = 32;

    sealed record Door(Guid? Known, Guid? Unit, string? UnitName, string Name);

    /// <param name="IsNew">Whether this call made it.</param>
    sealed record Added(string? Rejection, Guid Id, bool IsNew);

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
        var wanted = new List<Door>();
        for (var unit = 1; unit <= Math.Max(units, 1); unit++)
        {
            var (name, parent) = ((string?)null, building.Id);
            if (units > 0)
            {
                name = string.Create(CultureInfo.InvariantCulture, $"{unit}单元");
                var there = known.FirstOrDefault(p => p.Kind == PlaceKind.Unit && NameOf(p.Fields) == name);
                var added = there is null ? await Add(PlaceKind.Unit, building.Id, name, null) : new(null, there.Id, false);
                if (added.Rejection is { } refused)
                    return Problem.Of(refused, context);
                parent = added.Id;
            }
            for (var floor = first; floor < first + floors; floor++)
            for (var door = 1; door <= doors; door++)
            {
                var text = string.Create(CultureInfo.InvariantCulture, $"{floor}{door:00}");
                var there = known.FirstOrDefault(p =>
                    p.Kind == PlaceKind.Dwelling && p.Parent == parent && p.Fields.GetValueOrDefault(StandardFields.Door) == text
                );
                wanted.Add(new(there?.Id, units > 0 ? parent : null, name, text));
            }
        }
        var dwellings = new List<MadeDwellingJson>();
        var made = 0;
        foreach (var some in wanted.Chunk(MadeAtOnce))
        {
            var added = await Task.WhenAll(
                some.Select(d =>
                    d.Known is { } id
                        ? Task.FromResult(new Added(null, id, false))
                        : Add(PlaceKind.Dwelling, d.Unit ?? building.Id, $"{d.Name}室", d.Name)
                )
            );
            if (added.FirstOrDefault(a => a.Rejection is not null) is { Rejection: { } refused })
                return Problem.Of(refused, context);
            made += added.Count(a => a.IsNew);
            dwellings.AddRange(
                some.Zip(added, (d, a) => new MadeDwellingJson(a.Id.ToString("N"), d.Unit?.ToString("N"), d.UnitName, d.Name))
            );
        }
        return TypedResults.Ok(new DwellingsJson(building.Id.ToString("N"), made, [.. dwellings]));

        async Task<Added> Add(PlaceKind kind, Guid parent, string name, string? door)
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
            command = command with { Operation = headers.OperationOf(caller.Id, command) };
            var id = OperationIds.OfCreated(parent.ToString("N"), name);
            var answer = await steps.Submit(id, command);
            if (answer is not { Rejection: not null, Place: { } taken })
                return new(answer.Rejection, id, true);
            if (taken.IsInUse && taken.Parent == parent && NameOf(taken.Fields) == name)
                return new(null, id, false);
            // What was made under this name has another one by now, or is gone.
            id = headers.NewId(caller.Id, $"{parent:N} {name}");
            return new((await steps.Submit(id, command)).Rejection, id, true);
        }
    }

    static string? NameOf(IReadOnlyDictionary<string, string> fields) => fields.GetValueOrDefault(StandardFields.Name);

    static int Number(Fields fields, string name, int? value, int least, int most)
    {
        if (value is { } number && number >= least && number <= most)
            return number;
        fields.Wrong(name, $"应为 {least} 至 {most} 的整数", $"must be a whole number from {least} to {most}");
        return least;
    }
}
