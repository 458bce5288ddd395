namespace GridActors.Generator;

/// <summary>
/// Draws a schematic map. The box of the root is cut into rectangles for its children, and those for theirs, each as large as its share of
/// the leaves. Coordinates are whole hundred-thousandths of a degree, so that neighbours have exactly the same edge.
/// </summary>
static class Treemap
{
    // One degree of longitude is shorter than one of latitude; at 27.7° north about 0.885 of it.
    const int LongitudePermille = 885;

    public static IReadOnlyList<(AreaRow Area, Box Box)> Layout(PackDraft draft)
    {
        var children = draft.Areas.Where(a => a.Parent is not null).ToLookup(a => a.Parent!);
        var weights = new Dictionary<string, int>();
        foreach (var area in draft.Areas.Reverse())
            weights[area.Code] = Math.Max(1, children[area.Code].Sum(c => weights[c.Code]));

        var boxes = new Dictionary<string, Box>();
        Place([draft.Areas[0]], draft.Extent);
        return [.. draft.Areas.Select(a => (a, boxes[a.Code]))];

        void Place(ReadOnlySpan<AreaRow> areas, Box box)
        {
            if (areas.Length == 0)
                return;
            if (areas.Length == 1)
            {
                boxes[areas[0].Code] = box;
                Place(children[areas[0].Code].ToArray(), box);
                return;
            }
            var (count, weight, total) = Half(areas);
            var (first, second) = Cut(box, weight, total);
            Place(areas[..count], first);
            Place(areas[count..], second);
        }

        (int Count, long Weight, long Total) Half(ReadOnlySpan<AreaRow> areas)
        {
            long total = 0;
            foreach (var area in areas)
                total += weights[area.Code];
            long weight = weights[areas[0].Code];
            var count = 1;
            while (count < areas.Length - 1 && 2 * weight + weights[areas[count].Code] <= total)
                weight += weights[areas[count++].Code];
            return (count, weight, total);
        }
    }

    /// <summary>Cuts across the longer side, so that no rectangle becomes too narrow.</summary>
    static (Box First, Box Second) Cut(Box box, long weight, long total)
    {
        long width = box.East - box.West;
        long height = box.North - box.South;
        if (width * LongitudePermille >= height * 1000)
        {
            var at = box.West + (int)(width * weight / total);
            return (box with { East = at }, box with { West = at });
        }
        // From north to south.
        var middle = box.North - (int)(height * weight / total);
        return (box with { South = middle }, box with { North = middle });
    }
}
