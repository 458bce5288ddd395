using System.Runtime.CompilerServices;
using GridActors.Contracts.People;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Access;

/// <param name="Pack">Entries of this pack, and those of none.</param>
public sealed record AccessFilter(string Pack)
{
    public PersonId? Person { get; init; }
    public string? Kind { get; init; }
    public string? Outcome { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public long Before { get; init; } = long.MaxValue;
    public int Limit { get; init; } = int.MaxValue;
}

public sealed record AccessRow(long Position, AccessEntry Entry);

/// <summary>Reads the access journal, newest first.</summary>
public sealed class AccessQueries(NpgsqlDataSource source)
{
    public async IAsyncEnumerable<AccessRow> List(AccessFilter filter, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select position, at, kind, pack, person, subject, address, outcome from access_entry
            where position < $1 and (pack = $2 or pack is null)
                and ($3::text is null or person = $3) and ($4::text is null or kind = $4) and ($5::text is null or outcome = $5)
                and ($6::timestamptz is null or at >= $6) and ($7::timestamptz is null or at < $7)
            order by position desc limit $8
            """
        );
        command.Bind(
            Parameters.Of(filter.Before),
            Parameters.Of(filter.Pack),
            Parameters.Of(filter.Person?.Key),
            Parameters.Of(filter.Kind),
            Parameters.Of(filter.Outcome),
            Parameters.Of(filter.From),
            Parameters.Of(filter.To),
            Parameters.Of(filter.Limit)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return new(
                reader.GetInt64(0),
                new(reader.GetString(2), Text(4) is { } key ? new PersonId(key) : null, reader.GetString(6), reader.GetString(7), Text(5))
                {
                    At = reader.GetFieldValue<DateTimeOffset>(1),
                    Pack = Text(3),
                }
            );

        string? Text(int column) => reader.IsDBNull(column) ? null : reader.GetString(column);
    }
}
