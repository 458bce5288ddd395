using GridActors.Domain.Packs.Files;

namespace GridActors.Decisions.Tests.Packs;

/// <summary>The smallest pack that uses every part of the format. Tests break it in one place and check the errors.</summary>
sealed class SmallPack : IDisposable
{
    const string Square = "[[113,27],[114,27],[114,28],[113,28],[113,27]]";
    const string Triangle = "[[113,27],[113.5,27],[113.5,28],[113,27]]";

    readonly TemporaryFolder _temporary = new();

    public SmallPack()
    {
        Folder = Directory.CreateDirectory(Path.Combine(_temporary.Path, "small")).FullName;
        foreach (var (file, text) in Files)
            File.WriteAllText(Path.Combine(Folder, file), text);
    }

    public string Folder { get; }

    public string this[string file]
    {
        get => File.ReadAllText(Path.Combine(Folder, file));
        set => File.WriteAllText(Path.Combine(Folder, file), value);
    }

    public void Replace(string file, string old, string with)
    {
        Assert.Contains(old, this[file], StringComparison.Ordinal);
        this[file] = this[file].Replace(old, with, StringComparison.Ordinal);
    }

    public void Delete(string file) => File.Delete(Path.Combine(Folder, file));

    public PackResult Read() => PackReader.Read(Folder);

    public IEnumerable<string> Errors() => Read().Errors.Select(e => e.ToString());

    public void Dispose() => _temporary.Dispose();

    static readonly Dictionary<string, string> Files = new()
    {
        ["pack.yaml"] = """
            id: small
            name: 小镇
            timeZone: Asia/Shanghai
            registerPrefix: SM
            fallbackPost: dispatcher
            levels:
              - {id: town, name: 镇, nameEn: Town}
              - {id: village, name: 村, nameEn: Village}
              - {id: grid, name: 网格, nameEn: Grid}
            posts:
              - {id: dispatcher, name: 调度员, levels: [town], may: [read, assign]}
              - {id: police, name: 警员, levels: [town, village], may: [read]}
              - {id: worker, name: 网格员, levels: [grid], may: [read, report]}
            departments:
              - {id: centre, name: 中心, post: dispatcher, at: town}

            """,
        ["areas.csv"] = """
            code,name,level,parent,kind,generated,original
            430181121,小镇,town,,,false,
            430181121210,东村,village,430181121,,false,东村村委会
            430181121211,西村,village,430181121,,false,
            430181121210001,东村第一网格,grid,430181121210,rural,true,
            430181121211001,西村第一网格,grid,430181121211,rural,true,

            """,
        ["people.csv"] = """
            id,name,employment,generated
            sm-1,王一,,true
            sm-2,李二,,true
            sm-3,张三,part-time,true

            """,
        ["posts.csv"] = """
            area,post,person
            430181121,dispatcher,sm-1
            430181121,police,sm-1
            430181121210,police,sm-2
            430181121211,police,sm-2
            430181121210001,worker,sm-3

            """,
        ["catalogue.yaml"] = """
            categories:
              - code: pothole
                name: 路面坑洞
                class: 道路
                department: centre
                clocks: {onSite: 24h, solve: 7wd}
                recipients: [{post: worker}, {post: dispatcher, at: town}]
                materials: [现场照片]
              - code: lead
                name: 涉警线索
                class: 线索
                confidential: true
                recipients: [{post: police}, {post: police, at: village}]

            """,
        ["boundaries.geojson"] = $$$"""
            {"type":"FeatureCollection","schematic":true,"features":[
            {"type":"Feature","properties":{"code":"430181121"},"geometry":{"type":"Polygon","coordinates":[{{{Square}}}]}},
            {"type":"Feature","properties":{"code":"430181121210"},"geometry":{"type":"MultiPolygon","coordinates":[[{{{Triangle}}}]]}}
            ]}

            """,
    };
}
