using GridActors.Contracts.People;
using GridActors.Storage.Accounts;

namespace GridActors.Cluster.Tests;

/// <summary>A pack of one town with three grids, where everybody is offered everything.</summary>
sealed class SmallCounty : IDisposable
{
    public const string Pack = "small";
    public const string Root = "S-0";
    public const string Grid = "S-1";
    public const string Category = "anything";

    readonly string _parent = Directory.CreateTempSubdirectory("gridactors-pack-").FullName;

    public SmallCounty(int workers)
    {
        Workers = [.. Enumerable.Range(1, workers).Select(n => $"w-{n}")];
        Directory.CreateDirectory(Folder);
        Write("pack.yaml", """
            id: small
            name: 小镇
            timeZone: Asia/Shanghai
            registerPrefix: SML
            fallbackPost: head
            levels:
              - {id: town, name: 镇}
              - {id: grid, name: 网格}
            posts:
              - {id: head, name: 主任, levels: [town], may: [read, report, assign, transfer, close, reopen, administer]}
              - {id: worker, name: 网格员, levels: [town], may: [read, report]}
            """);
        Write("areas.csv", "code,name,level,parent\nS-0,小镇,town,\nS-1,一网格,grid,S-0\nS-2,二网格,grid,S-0\nS-3,三网格,grid,S-0\n");
        Write("people.csv", "id,name\nhead,主任\n" + string.Concat(Workers.Select(w => $"{w},网格员\n")));
        Write("posts.csv", "area,post,person\nS-0,head,head\n" + string.Concat(Workers.Select(w => $"S-0,worker,{w}\n")));
        Write("catalogue.yaml", """
            categories:
              - code: anything
                name: 任何事
                class: 其他
                recipients: [{post: worker, at: town}]
            """);
    }

    public string Folder => Path.Combine(_parent, Pack);
    public IReadOnlyList<string> Workers { get; }

    /// <summary>Signs somebody in without a password: what is tried here is not the sign-in.</summary>
    public static async Task<string> TokenOf(string person, OwnDatabase database) =>
        (await new Sessions(database.Source, new AccountOptions(), TimeProvider.System).Begin(new PersonId(Pack, person), CancellationToken.None)).Token;

    public void Dispose() => Directory.Delete(_parent, recursive: true);

    void Write(string file, string content) => File.WriteAllText(Path.Combine(Folder, file), content);
}
