using GridActors.Contracts.Places;
using GridActors.Domain.Households;
using GridActors.Domain.Packs;
using GridActors.Storage.Places;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;

namespace GridActors.Web.Places;

/// <summary>What a place belongs to.</summary>
/// <param name="Kind"><c>building</c>, <c>unit</c> or <c>dwelling</c>.</param>
public sealed record PlaceOnPathJson(string Id, string Kind, string? Name);

/// <summary>A place as lists show it.</summary>
public record PlaceItemJson
{
    public required string Id { get; init; }
    public required string Area { get; init; }
    public required string AreaName { get; init; }

    /// <summary><c>building</c>, <c>unit</c>, <c>dwelling</c>, <c>key-place</c> or <c>organisation</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Of a key place, one of the pack's <c>keyPlaces</c>.</summary>
    public required string? Type { get; init; }

    /// <summary><c>in-use</c> or <c>gone</c>.</summary>
    public required string State { get; init; }
    public required string? Parent { get; init; }

    /// <summary>What it belongs to, from the building downwards.</summary>
    public required IReadOnlyList<PlaceOnPathJson> Path { get; init; }
    public required string? Name { get; init; }
    public required string? Address { get; init; }
    public required string? Door { get; init; }
    public required PositionJson? Position { get; init; }

    /// <summary>How many households live there.</summary>
    public required int Households { get; init; }

    /// <summary>How many places that are in use belong to it.</summary>
    public required int Contents { get; init; }
    public required DateTimeOffset? VisitedAt { get; init; }

    /// <summary>A key place that must be looked at, and wasn't in time.</summary>
    public required bool Overdue { get; init; }
    public required int Version { get; init; }

    public static PlaceItemJson Of(PlaceRow row, Caller caller, IReadOnlyList<VisitCutoff> cutoffs)
    {
        var mask = new HouseholdMask(caller.Pack.Pack.Households!, HouseholdAccess.Of(caller.Pack, caller.Id, row.Area, null));
        return new()
        {
            Id = row.Id.ToString("N"),
            Area = row.Area.Code,
            AreaName = HouseholdNames.AreaName(caller.Pack, row.Area.Code),
            Kind = PlaceNames.Of(row.Kind),
            Type = row.Type,
            State = PlaceNames.Of(row.Status),
            Parent = row.Parent?.ToString("N"),
            Path =
            [
                .. row.Path.Select(p => new PlaceOnPathJson(
                    p.Id.ToString("N"),
                    PlaceNames.Of(p.Kind),
                    mask.Text(SubjectKind.Place, StandardFields.Name, p.Fields)
                )),
            ],
            Name = mask.Text(SubjectKind.Place, StandardFields.Name, row.Fields),
            Address = mask.Text(SubjectKind.Place, StandardFields.Address, row.Fields),
            Door = mask.Text(SubjectKind.Place, StandardFields.Door, row.Fields),
            Position = PlaceView.PositionOf(row.Fields) is { } at ? new(at.Lon, at.Lat) : null,
            Households = row.Households,
            Contents = row.Contents,
            VisitedAt = row.VisitedAt,
            Overdue =
                row.Status == PlaceStatus.InUse
                && cutoffs.FirstOrDefault(c => c.Type == row.Type) is { } cutoff
                && !(row.VisitedAt >= cutoff.VisitedSince),
            Version = row.Version,
        };
    }
}

/// <summary>
/// A place. Personal values are masked, but for those who are linked to the households of its area; others have them revealed.
/// </summary>
public sealed record PlaceDetailsJson : PlaceItemJson
{
    public required IReadOnlyDictionary<string, FieldValueJson> Fields { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public required DateTimeOffset UpdatedAt { get; init; }
    public required string UpdatedBy { get; init; }
    public required string UpdatedByName { get; init; }

    /// <summary>What the caller may do: <c>edit</c>, <c>reveal</c>.</summary>
    public required IReadOnlyList<string> Actions { get; init; }

    public static PlaceDetailsJson Of(PlaceView view, PlaceRow row, Caller caller, IReadOnlyList<VisitCutoff> cutoffs)
    {
        var access = HouseholdAccess.Of(caller.Pack, caller.Id, view.Area, null);
        var item = PlaceItemJson.Of(row, caller, cutoffs);
        return new()
        {
            Id = item.Id,
            Area = item.Area,
            AreaName = item.AreaName,
            Kind = item.Kind,
            Type = item.Type,
            State = item.State,
            Parent = item.Parent,
            Path = item.Path,
            Name = item.Name,
            Address = item.Address,
            Door = item.Door,
            Position = item.Position,
            Households = item.Households,
            Contents = item.Contents,
            VisitedAt = item.VisitedAt,
            Overdue = item.Overdue,
            Version = view.Version,
            Fields = new HouseholdMask(caller.Pack.Pack.Households!, access).Of(
                SubjectKind.Place,
                view.Fields.Remove(PlaceView.PositionField)
            ),
            CreatedAt = view.CreatedAt,
            UpdatedAt = view.UpdatedAt,
            UpdatedBy = view.UpdatedBy.Id,
            UpdatedByName = caller.Pack.NameOf(view.UpdatedBy),
            Actions = ActionsOf(access),
        };
    }

    static List<string> ActionsOf(HouseholdAccess access)
    {
        var actions = new List<string>();
        if (access.MayEdit)
            actions.Add("edit");
        if (access.MayReveal)
            actions.Add("reveal");
        return actions;
    }
}

/// <summary>That a household lives or lived in a place.</summary>
/// <param name="Place">The place itself, or the one below it.</param>
/// <param name="Until">Null while it lives there.</param>
public sealed record StayJson(string Place, DateTimeOffset Since, DateTimeOffset? Until, HouseholdItemJson Household);

/// <summary>Key places of a type.</summary>
/// <param name="Overdue">How many of them must be looked at, and weren't in time.</param>
public sealed record KeyPlaceCountJson(string Id, string Name, string NameEn, int Count, int Overdue);

/// <summary>The figures of the places of an area and everything below it.</summary>
/// <param name="EmptyDwellings">Dwellings in which no household lives.</param>
/// <param name="Overdue">How many key places must be looked at, and weren't in time.</param>
public sealed record PlaceSummaryJson(
    string Area,
    int Buildings,
    int Units,
    int Dwellings,
    int EmptyDwellings,
    int Organisations,
    int KeyPlaces,
    int Overdue,
    IReadOnlyList<KeyPlaceCountJson> Types
)
{
    public static PlaceSummaryJson Of(PlaceSummary summary, AreaNode area, HouseholdRules rules) =>
        new(
            area.Code,
            summary.Kinds.GetValueOrDefault(PlaceKind.Building),
            summary.Kinds.GetValueOrDefault(PlaceKind.Unit),
            summary.Kinds.GetValueOrDefault(PlaceKind.Dwelling),
            summary.EmptyDwellings,
            summary.Kinds.GetValueOrDefault(PlaceKind.Organisation),
            summary.Kinds.GetValueOrDefault(PlaceKind.KeyPlace),
            summary.KeyPlaces.Values.Sum(k => k.Overdue),
            [
                .. rules.KeyPlaces.Select(k =>
                {
                    var (count, overdue) = summary.KeyPlaces.GetValueOrDefault(k.Id);
                    return new KeyPlaceCountJson(k.Id, k.Name, k.NameEn, count, overdue);
                }),
            ]
        );
}

/// <summary>A dwelling of a building, as its door is called.</summary>
/// <param name="Unit">The unit; null in a building without units.</param>
public sealed record MadeDwellingJson(string Id, string? Unit, string? UnitName, string Door);

/// <param name="Made">How many dwellings this call made; the others were there.</param>
public sealed record DwellingsJson(string Building, int Made, IReadOnlyList<MadeDwellingJson> Dwellings);

/// <summary>How the values of enumerations are written in JSON.</summary>
static class PlaceNames
{
    public static string Of(PlaceKind kind) =>
        kind switch
        {
            PlaceKind.Unit => "unit",
            PlaceKind.Dwelling => "dwelling",
            PlaceKind.KeyPlace => "key-place",
            PlaceKind.Organisation => "organisation",
            _ => "building",
        };

    public static string Of(PlaceStatus status) => status == PlaceStatus.InUse ? "in-use" : "gone";

    public static PlaceKind? Kind(string? name)
    {
        foreach (var kind in Enum.GetValues<PlaceKind>())
            if (Of(kind) == name)
                return kind;
        return null;
    }
}
