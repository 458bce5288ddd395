using GridActors.Contracts.People;
using GridActors.Domain.Packs;

namespace GridActors.Web.Sessions;

/// <summary>Whether the service listens where other machines reach it.</summary>
public sealed record DemoExposure(bool IsExposed);

/// <summary>The few people a demo's sign-in page offers: those the pack names, or else holders of posts at the root.</summary>
public sealed class DemoPeople(IPacks packs)
{
    const int MaxUnnamed = 6;

    LoadedPacks? _of;
    IReadOnlyList<DemoPersonJson> _offered = [];

    public IReadOnlyList<DemoPersonJson> Offered()
    {
        var current = packs.Current;
        if (ReferenceEquals(_of, current))
            return _offered;
        _offered = [.. current.Packs.OrderBy(p => p.Pack.Id, StringComparer.Ordinal).SelectMany(Of)];
        _of = current;
        return _offered;
    }

    public PersonId? Find(string account) =>
        Offered().FirstOrDefault(p => p.Account == account || $"{p.Pack}/{p.Account}" == account) is { } offered
            ? new PersonId(offered.Pack, offered.Account)
            : null;

    static IEnumerable<DemoPersonJson> Of(LoadedPack pack)
    {
        var people = pack.Pack.Demo.IsEmpty
            ? pack.Root.Holders.OrderByDescending(h => h.Post.May.Length).Select(h => h.Person.Id).Distinct().Take(MaxUnnamed)
            : pack.Pack.Demo;
        return people
            .Select(id => pack.People.GetValueOrDefault(id))
            .OfType<PersonEntry>()
            .Where(p => p.Posts.Count > 0)
            .Select(person =>
            {
                var (post, area) = person.Posts[0];
                return new DemoPersonJson(
                    person.Id.Id,
                    person.Name,
                    pack.Pack.Id,
                    pack.Pack.Name,
                    pack.Pack.NameEn,
                    post.Id,
                    post.Name,
                    post.NameEn,
                    area.Code,
                    area.Name
                );
            });
    }
}
