using System.Globalization;
using System.Text;

namespace GridActors.Generator;

/// <summary>
/// Writes the generated files of a pack: in UTF-8 without a byte order mark, with LF line ends, and the same on every machine and day.
/// </summary>
static class PackWriter
{
    public static void Write(PackDraft draft, string folder)
    {
        Directory.CreateDirectory(folder);
        Save(
            folder,
            "areas.csv",
            "code,name,level,parent,kind,generated,original",
            draft.Areas.Select(a => $"{a.Code},{a.Name},{a.Level},{a.Parent},{a.Kind},{Word(a.Generated)},{a.Original}")
        );
        Save(folder, "people.csv", "id,name,employment,generated", draft.People.Select(p => $"{p.Id},{p.Name},{p.Employment},true"));
        Save(folder, "posts.csv", "area,post,person", draft.Holdings.Select(h => $"{h.Area},{h.Post},{h.Person}"));
        if (draft.Shifts.Count > 0)
            Save(
                folder,
                "duty.csv",
                "rota,area,person,from,days,begins,ends",
                draft.Shifts.Select(s => $"{s.Rota},{s.Area},{s.Person},{s.From},{s.Days},{s.Begins},{s.Ends}")
            );
        File.WriteAllText(Path.Combine(folder, "boundaries.geojson"), GeoJson(draft));
    }

    static string Word(bool value) => value ? "true" : "false";

    static void Save(string folder, string file, string header, IEnumerable<string> lines)
    {
        var text = new StringBuilder(header).Append('\n');
        foreach (var line in lines)
            text.Append(line).Append('\n');
        File.WriteAllText(Path.Combine(folder, file), text.ToString());
    }

    static string GeoJson(PackDraft draft)
    {
        var text = new StringBuilder("{\"type\":\"FeatureCollection\",\"schematic\":true,\"features\":[\n");
        var separator = "";
        foreach (var (area, box) in Treemap.Layout(draft))
        {
            var (west, south, east, north) = (Degrees(box.West), Degrees(box.South), Degrees(box.East), Degrees(box.North));
            text.Append(separator)
                .Append(CultureInfo.InvariantCulture, $"{{\"type\":\"Feature\",\"properties\":{{\"code\":\"{area.Code}\"}},")
                .Append("\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[")
                .Append(
                    CultureInfo.InvariantCulture,
                    $"[{west},{south}],[{east},{south}],[{east},{north}],[{west},{north}],[{west},{south}]"
                )
                .Append("]]}}");
            separator = ",\n";
        }
        return text.Append("\n]}\n").ToString();
    }

    static string Degrees(int hundredThousandths) => (hundredThousandths / 100_000m).ToString("0.#####", CultureInfo.InvariantCulture);
}
