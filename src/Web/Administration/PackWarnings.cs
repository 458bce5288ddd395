using System.Collections.Immutable;
using GridActors.Domain.Packs;
using GridActors.Storage.Households;
using GridActors.Storage.Reassignments;

namespace GridActors.Web.Administration;

/// <summary>Something that publishing a draft would do to what is kept of households. It can be published all the same.</summary>
/// <param name="Code">
/// <c>area-carried</c>: its households go to its successor; <c>area-undecided</c>: somebody has to decide where they go;
/// <c>area-unknown</c>: a predecessor that the pack never had; <c>field-gone</c>: values that nobody would see; <c>field-changed</c>:
/// values that would be wrong; <c>purpose-gone</c>: reveals for it would have no name.
/// </param>
/// <param name="Id">Of the area, the field or the purpose.</param>
/// <param name="Count">How many households, values or reveals it concerns.</param>
/// <param name="Other">The name of the area that households go to; null otherwise.</param>
public sealed record PackWarningJson(string Code, string Id, string Name, int Count, string? Other);

/// <summary>Says what a draft would do to what is kept of households.</summary>
public sealed class PackWarnings(FieldUse fields, ReassignmentQueries households, Reveals reveals)
{
    /// <param name="next">The draft.</param>
    public async Task<IReadOnlyList<PackWarningJson>> Of(LoadedPack inForce, Pack next, DateOnly today, CancellationToken cancellationToken)
    {
        if (inForce.Pack.Households is not { } rules)
            return [];
        var warnings = new List<PackWarningJson>();
        warnings.AddRange(await OfAreas(inForce, next, cancellationToken));
        if (next.Households is not { } after)
            return warnings;
        foreach (var field in await fields.Of(inForce.Pack.Id, rules, after, today, cancellationToken))
            warnings.Add(new(field.IsGone ? "field-gone" : "field-changed", field.Id, field.Name, field.Count, null));
        foreach (var purpose in rules.Purposes.Where(p => after.Purpose(p.Id) is null))
            if (await reveals.Count(inForce.Pack.Id, purpose.Id, cancellationToken) is > 0 and var count)
                warnings.Add(new("purpose-gone", purpose.Id, purpose.Name, count, null));
        return warnings;
    }

    async Task<IReadOnlyList<PackWarningJson>> OfAreas(LoadedPack inForce, Pack next, CancellationToken cancellationToken)
    {
        var kept = next.Areas.Select(a => a.Code).ToHashSet();
        ImmutableArray<Area> gone =
        [
            .. inForce
                .Areas.Values.Where(a => !kept.Contains(a.Code))
                .Select(a => new Area(a.Code, a.Name, a.Level.Id, a.Parent?.Code, a.Kind, a.Generated) { Predecessors = a.Predecessors }),
        ];
        var warnings = new List<PackWarningJson>();
        if (gone.Length > 0)
        {
            var after = LoadedPack.Build(next with { FormerAreas = gone });
            var counts = await households.Count([.. gone.Select(a => $"{inForce.Pack.Id}/{a.Code}")], cancellationToken);
            foreach (var area in after.FormerAreas.OrderBy(a => a.Code, StringComparer.Ordinal))
                if (counts.GetValueOrDefault($"{inForce.Pack.Id}/{area.Code}") is > 0 and var count)
                    warnings.Add(
                        new(
                            area.OnlySuccessor is null ? "area-undecided" : "area-carried",
                            area.Code,
                            area.Name,
                            count,
                            (area.OnlySuccessor ?? area.StandIn).Name
                        )
                    );
        }
        foreach (var area in next.Areas)
        foreach (var code in area.Predecessors)
            if (!kept.Contains(code) && inForce.StandIn(code) is null)
                warnings.Add(new("area-unknown", code, area.Name, 0, null));
        return warnings;
    }
}
