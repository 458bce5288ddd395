using GridActors.Contracts.Packs;
using GridActors.Contracts.People;
using GridActors.Storage.Packs;

namespace GridActors.Web.Sessions;

/// <summary>
/// The handful of people a demo's sign-in page offers: a leader, a desk, the recipients of one category of one grid (who can race each other), and
/// the grid's own worker. Found from the pack, whatever its posts are called.
/// </summary>
public sealed class DemoPeople(IPacks packs)
{
    const int MostRecipients = 3;
    LoadedPacks? _of;
    IReadOnlyList<DemoPersonJson> _offered = [];

    public IReadOnlyList<DemoPersonJson> Offered()
    {
        var current = packs.Current;
        if (ReferenceEquals(_of, current)) return _offered;
        _offered = [.. current.Packs.OrderBy(p => p.Pack.Id, StringComparer.Ordinal).SelectMany(Of)];
        _of = current;
        return _offered;
    }

    public PersonId? Find(string account) =>
        Offered().FirstOrDefault(p => p.Account == account || $"{p.Pack}/{p.Account}" == account) is { } offered ? new PersonId(offered.Pack, offered.Account) : null;

    static IEnumerable<DemoPersonJson> Of(LoadedPack pack)
    {
        var seen = new HashSet<PersonId>();
        var grid = pack.Areas.Values.Where(a => a.Children.Count == 0).MinBy(a => a.Left)!;
        // The category that most people would be told of is the one to race for.
        var shared = pack.Pack.Categories.Where(c => !c.Confidential).Select(c => pack.Recipients(c, grid)).MaxBy(r => Math.Min(r.Length, MostRecipients));
        var desk = pack.Root.Holders.OrderByDescending(h => h.Post.May.Length).Select(h => h.Person).Take(1);
        var leader = pack.Root.Holders.Where(h => h.Post.May.Contains(Permission.Read)).OrderBy(h => h.Post.May.Length).Select(h => h.Person).Take(1);
        var workers = grid.Holders.Where(h => h.Post.May.Contains(Permission.Report)).Select(h => h.Person).Take(1);
        foreach (var id in leader.Concat(desk).Concat(shared.Take(MostRecipients)).Concat(workers))
        {
            if (!seen.Add(id) || pack.People.GetValueOrDefault(id.Id) is not { } person || person.Posts.Count == 0) continue;
            var (post, area) = person.PostOver(grid) ?? person.Posts[0];
            yield return new(id.Id, person.Name, pack.Pack.Id, pack.Pack.Name, post.Id, post.Name, post.NameEn, area.Code, area.Name);
        }
    }
}
