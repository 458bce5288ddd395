using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Packs;

/// <summary>
/// Refuses a pack that drops what its households have: nobody would see any more who is in a group that is gone, and nobody would be told
/// that a certificate of a kind that is gone lapses.
/// </summary>
static class DroppedRules
{
    const string Kept = "select count(*) from household h join area a on a.key = h.area where a.pack = $1";

    const string Groups = """
        select g, count(*) from resident r join area a on a.key = r.area cross join unnest(r.groups) g
        where a.pack = $1 and r.status = 0 and not r.erased and g <> all ($2) group by g order by g limit 1
        """;

    const string Certificates = """
        select c.kind, count(*) from certificate c join area a on a.key = c.area
        where a.pack = $1 and c.kind <> all ($2) group by c.kind order by c.kind limit 1
        """;

    public static async Task Refuse(NpgsqlConnection connection, Pack pack, CancellationToken cancellationToken)
    {
        if (pack.Households is not { } rules)
        {
            await using var command = new NpgsqlCommand(Kept, connection);
            command.Bind(Parameters.Of(pack.Id));
            if (await command.ExecuteScalarAsync(cancellationToken) is long and > 0 and var kept)
                throw new PackConflictException(
                    $"households.yaml is gone from pack {pack.Id}, but {kept} households are registered, which nobody would "
                        + "see: keep the file."
                );
            return;
        }
        if (await First(Groups, Parameters.Texts(rules.Groups, g => g.Id)) is var (group, members))
            throw new PackConflictException(
                $"households.yaml: group {group} is gone from pack {pack.Id}, but {members} residents are in it, which nobody would see: "
                    + "keep the group until nobody is in it."
            );
        if (await First(Certificates, Parameters.Texts(rules.Certificates, c => c.Id)) is var (kind, held))
            throw new PackConflictException(
                $"households.yaml: certificate {kind} is gone from pack {pack.Id}, but {held} residents have one, and nobody would be told "
                    + "when it lapses: keep the certificate until nobody has one."
            );

        async Task<(string Id, long Count)?> First(string sql, NpgsqlParameter known)
        {
            await using var command = new NpgsqlCommand(sql, connection);
            command.Bind(Parameters.Of(pack.Id), known);
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            return await reader.ReadAsync(cancellationToken) ? (reader.GetString(0), reader.GetInt64(1)) : null;
        }
    }
}
