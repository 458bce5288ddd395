using GridActors.Contracts.People;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.GridCards;

/// <summary>
/// The codes by which residents find their grid: <c>grid_card_code</c>. One that registers, too, is also a door of
/// <c>registration_door</c> with the same id.
/// </summary>
public sealed class CardCodes(NpgsqlDataSource source, AccessJournal journal)
{
    const string Read = """
        select c.id, c.area, c.code, c.made_at, c.made_by,
            exists (select from registration_door d where d.id = c.id and d.ended_at is null)
        from grid_card_code c
        """;

    public async Task<CardCode?> Find(string code, CancellationToken cancellationToken) =>
        (await Select("where c.code = $1 and c.ended_at is null", Parameters.Of(code), cancellationToken)) is [var found] ? found : null;

    public async Task<CardCode?> Find(Guid id, CancellationToken cancellationToken) =>
        (await Select("where c.id = $1 and c.ended_at is null", Parameters.Of(id), cancellationToken)) is [var found] ? found : null;

    /// <param name="areas">The keys of the areas.</param>
    public Task<IReadOnlyList<CardCode>> List(IReadOnlyList<string> areas, CancellationToken cancellationToken) =>
        Select("where c.area = any($1) and c.ended_at is null", Parameters.Texts(areas, a => a), cancellationToken);

    /// <summary>Adds codes for those of the areas that have none. Of two calls at once, one's code of an area stays.</summary>
    /// <param name="asked">The code of the area for which they were asked.</param>
    /// <param name="doors">For each code its hash, when residents can register by it; null otherwise.</param>
    /// <returns>How many were added.</returns>
    public async Task<int> Add(
        string asked,
        IReadOnlyList<CardCode> codes,
        IReadOnlyList<byte[]>? doors,
        PersonId by,
        string address,
        CancellationToken cancellationToken
    )
    {
        if (codes.Count == 0)
            return 0;
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        batch.BatchCommands.Add(
            new(
                """
                with made as (
                    insert into grid_card_code (id, pack, area, code, made_at, made_by)
                    select id, $2, area, code, $5, $6 from unnest($1, $3, $4) t (id, area, code)
                    on conflict do nothing
                    returning id, area
                ), opened as (
                    insert into registration_door (id, pack, area, code, made_at, made_by)
                    select m.id, $2, m.area, t.hash, $5, $6 from made m join unnest($1, $7) t (id, hash) on t.id = m.id
                    where t.hash is not null
                )
                select count(*)::integer from made
                """
            )
            {
                Parameters =
                {
                    Parameters.Uuids(codes, c => c.Id),
                    Parameters.Of(codes[0].Area.Pack),
                    Parameters.Texts(codes, c => c.Area.Key),
                    Parameters.Texts(codes, c => c.Code),
                    Parameters.Of(codes[0].MadeAt),
                    Parameters.Of(by.Key),
                    Parameters.Bytes(doors ?? [], d => d),
                },
            }
        );
        batch.BatchCommands.Add(journal.Insert(new(AccessKind.CardChanged, by, address, Subject: asked)));
        int made;
        await using (var reader = await batch.ExecuteReaderAsync(cancellationToken))
        {
            await reader.ReadAsync(cancellationToken);
            made = reader.GetInt32(0);
        }
        await transaction.CommitAsync(cancellationToken);
        return made;
    }

    /// <summary>A code and the door with its id open nothing any more.</summary>
    public async Task End(CardCode code, DateTimeOffset at, PersonId by, string address, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction)
        {
            BatchCommands =
            {
                new("update grid_card_code set ended_at = $2 where id = $1 and ended_at is null")
                {
                    Parameters = { Parameters.Of(code.Id), Parameters.Of(at) },
                },
                new("update registration_door set ended_at = $2 where id = $1 and ended_at is null")
                {
                    Parameters = { Parameters.Of(code.Id), Parameters.Of(at) },
                },
                journal.Insert(new(AccessKind.CardChanged, by, address, Subject: code.Area.Code)),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    async Task<IReadOnlyList<CardCode>> Select(string where, NpgsqlParameter parameter, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"{Read} {where}");
        command.Bind(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var codes = new List<CardCode>();
        while (await reader.ReadAsync(cancellationToken))
            codes.Add(
                new(
                    reader.GetGuid(0),
                    new(reader.GetString(1)),
                    reader.GetString(2),
                    reader.GetFieldValue<DateTimeOffset>(3),
                    new(reader.GetString(4)),
                    reader.GetBoolean(5)
                )
            );
        return codes;
    }
}
