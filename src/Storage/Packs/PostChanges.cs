using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Packs;

/// <summary>Who gets and who loses which post when a pack is loaded, for the access journal.</summary>
static class PostChanges
{
    public static async Task<HashSet<PostHolding>> Held(NpgsqlConnection connection, string pack, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "select a.code, h.post, p.id from holding h join area a on a.key = h.area join person p on p.key = h.person where a.pack = $1",
            connection
        );
        command.Bind(Parameters.Of(pack));
        var held = new HashSet<PostHolding>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            held.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2)));
        return held;
    }

    /// <summary>A pack that is loaded for the first time gives posts to everybody, which is one entry.</summary>
    public static IEnumerable<AccessEntry> Of(Pack pack, HashSet<PostHolding> before)
    {
        yield return new(AccessKind.PackLoaded, null, "", Subject: pack.Digest) { Pack = pack.Id };
        if (before.Count == 0)
            yield break;
        foreach (var taken in before.Except(pack.Holdings))
            yield return Entry(AccessKind.PostTaken, taken);
        foreach (var given in pack.Holdings.Except(before))
            yield return Entry(AccessKind.PostGiven, given);

        AccessEntry Entry(string kind, PostHolding held) =>
            new(kind, new PersonId(pack.Id, held.Person), "", Subject: $"{held.Post} {held.Area}") { Pack = pack.Id };
    }
}
