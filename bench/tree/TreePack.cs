using System.Globalization;
using System.Text;

namespace GridActors.Tree;

/// <summary>
/// Writes packs of any size in one shape: five levels, each wider than the one above by the same factor, one category, and people only in
/// the areas that the benchmark changes.
/// </summary>
static class TreePack
{
    public const string Worker = "grid-worker";
    public const string Director = "t-director";
    static readonly string[] Levels = ["county", "district", "town", "village", "grid"];

    /// <summary>
    /// How many children an area has in a county of about a thousand areas. A bigger county has more at every level, by the same factor.
    /// </summary>
    static readonly double[] FanOut = [5, 5, 5, 7];
    const double Thousand = 1 + 5 + 25 + 125 + 875;

    /// <param name="touched">How many grids, spread evenly, have a worker, who reports cases, and a head, who is offered them.</param>
    public static string Write(string folder, int areas, int touched)
    {
        Directory.CreateDirectory(folder);
        var wider = Math.Pow(areas / Thousand, 1.0 / FanOut.Length);
        var (tree, leaves) = Tree([.. FanOut.Select(f => (int)Math.Ceiling(f * wider))]);
        File.WriteAllText(Path.Combine(folder, "areas.csv"), tree);

        var people = new StringBuilder("id,name,employment,generated\n").Append(CultureInfo.InvariantCulture, $"{Director},主任,,true\n");
        var posts = new StringBuilder("area,post,person\n").Append(CultureInfo.InvariantCulture, $"C-0,director,{Director}\n");
        touched = Math.Min(touched, leaves.Count);
        for (var i = 0; i < touched; i++)
        {
            var area = leaves[(int)((long)i * leaves.Count / touched)];
            people.Append(CultureInfo.InvariantCulture, $"t-w-{i},网格员{i},,true\nt-h-{i},网格长{i},,true\n");
            posts.Append(CultureInfo.InvariantCulture, $"{area},{Worker},t-w-{i}\n{area},grid-head,t-h-{i}\n");
        }
        File.WriteAllText(Path.Combine(folder, "people.csv"), people.ToString());
        File.WriteAllText(Path.Combine(folder, "posts.csv"), posts.ToString());
        File.WriteAllText(
            Path.Combine(folder, "pack.yaml"),
            $$"""
            id: {{Path.GetFileName(folder)}}
            name: 测试县
            timeZone: Asia/Shanghai
            registerPrefix: TT
            fallbackPost: director
            levels:
            {{string.Join('\n', Levels.Select(l => $"  - {{id: {l}, name: {l}}}"))}}
            posts:
              - {id: director, name: 主任, levels: [county], may: [read, report, assign, transfer, close, reopen, administer]}
              - {id: {{Worker}}, name: 网格员, levels: [grid], may: [read, report]}
              - {id: grid-head, name: 网格长, levels: [grid], may: [read, report, close]}

            """
        );
        File.WriteAllText(
            Path.Combine(folder, "catalogue.yaml"),
            """
            categories:
              - {code: street-light, name: 路灯不亮, class: 市政设施, recipients: [{post: grid-head, at: grid}]}

            """
        );
        return folder;
    }

    static (string Csv, List<string> Leaves) Tree(int[] fanOut)
    {
        var csv = new StringBuilder("code,name,level,parent,kind,generated\n").Append(
            CultureInfo.InvariantCulture,
            $"C-0,测试县,{Levels[0]},,,true\n"
        );
        List<string> level = ["C-0"];
        for (var depth = 0; depth < fanOut.Length; depth++)
        {
            var next = new List<string>(level.Count * fanOut[depth]);
            foreach (var parent in level)
                for (var i = 0; i < fanOut[depth]; i++)
                {
                    var code = string.Create(CultureInfo.InvariantCulture, $"{Levels[depth + 1][0]}-{next.Count}");
                    next.Add(code);
                    csv.Append(CultureInfo.InvariantCulture, $"{code},区域{next.Count},{Levels[depth + 1]},{parent},,true\n");
                }
            level = next;
        }
        return (csv.ToString(), level);
    }
}
