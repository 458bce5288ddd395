using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Access;
using GridActors.Storage.Database;
using GridActors.Storage.Photos;
using GridActors.Storage.Time;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.GridCards;

/// <summary>What residents are shown of people: <c>grid_card_person</c>.</summary>
public sealed class CardPeople(NpgsqlDataSource source, PhotoStore photos, AccessJournal journal, ServiceTime clock)
{
    /// <summary>Those of the people of whom something is shown.</summary>
    public async Task<IReadOnlyDictionary<PersonId, CardPerson>> Of(IReadOnlyList<PersonId> people, CancellationToken cancellationToken)
    {
        var found = new Dictionary<PersonId, CardPerson>();
        if (people.Count == 0)
            return found;
        await using var command = source.CreateCommand(
            "select person, shows_name, phone, portrait from grid_card_person where person = any($1)"
        );
        command.Bind(Parameters.Texts(people, p => p.Key));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var person = new PersonId(reader.GetString(0));
            found[person] = new(
                person,
                reader.GetBoolean(1),
                reader.GetString(2),
                reader.IsDBNull(3) ? null : reader.GetFieldValue<byte[]>(3)
            );
        }
        return found;
    }

    /// <summary>A portrait made of a photo that was uploaded; null when there is no such photo.</summary>
    public async Task<byte[]?> PortraitOf(string photo, CancellationToken cancellationToken) =>
        await photos.ShowThumbnail(photo, cancellationToken) is { } shown ? Portrait.Of(shown.Bytes) : null;

    /// <summary>
    /// Keeps what is shown of a person, and forgets what was shown of those who hold no post any more. What is empty is forgotten, too.
    /// </summary>
    public async Task Save(LoadedPack pack, CardPerson shown, PersonId by, string address, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await using var batch = new NpgsqlBatch(connection, transaction);
        var holders = pack.People.Values.Where(p => p.Posts.Count > 0 && (!shown.IsEmpty || p.Id != shown.Person)).ToList();
        batch.BatchCommands.Add(
            new("delete from grid_card_person where pack = $1 and not (person = any($2))")
            {
                Parameters = { Parameters.Of(pack.Pack.Id), Parameters.Texts(holders, h => h.Id.Key) },
            }
        );
        if (!shown.IsEmpty)
            batch.BatchCommands.Add(
                new(
                    """
                    insert into grid_card_person (person, pack, shows_name, phone, portrait, changed_at, changed_by)
                    values ($1, $2, $3, $4, $5, $6, $7)
                    on conflict (person) do update set shows_name = $3, phone = $4, portrait = $5, changed_at = $6, changed_by = $7
                    """
                )
                {
                    Parameters =
                    {
                        Parameters.Of(shown.Person.Key),
                        Parameters.Of(pack.Pack.Id),
                        Parameters.Of(shown.ShowsName),
                        Parameters.Of(shown.Phone),
                        new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = (object?)shown.Portrait ?? DBNull.Value },
                        Parameters.Of(clock.GetUtcNow()),
                        Parameters.Of(by.Key),
                    },
                }
            );
        batch.BatchCommands.Add(journal.Insert(new(AccessKind.CardChanged, by, address, Subject: shown.Person.Id)));
        await batch.ExecuteNonQueryAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }
}
