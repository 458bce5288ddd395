using System.Collections.Immutable;
using System.Text.Json;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Contracts.Scores;
using GridActors.Domain.Scores;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Scores;

/// <summary>A worker's closed month.</summary>
public sealed record ClosedMonth(
    PersonId Person,
    DateTimeOffset ClosedAt,
    DateTimeOffset? CorrectedAt,
    SettledScore Settled,
    ImmutableDictionary<string, decimal> Adjusted
);

/// <summary>An appeal in the list of those who decide, without its words.</summary>
public sealed record AppealRow(
    Guid Id,
    PersonId Person,
    ScoreMonth Month,
    AreaId Area,
    string Item,
    AppealStatus Status,
    int Instance,
    DateTimeOffset OpenedAt,
    DateTimeOffset DueAt,
    DateTimeOffset? DecidedAt
);

/// <summary>Reads closed months, and appeals.</summary>
public sealed class ScoreMonthQueries(NpgsqlDataSource source)
{
    /// <summary>The closed months of a pack.</summary>
    public async Task<IReadOnlyDictionary<PersonId, ClosedMonth>> Of(string pack, ScoreMonth month, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select person, closed_at, corrected_at, settled, adjusted from score_month where pack = $1 and month = $2"
        );
        command.Bind(Parameters.Of(pack), Parameters.Of(month.First));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var months = new Dictionary<PersonId, ClosedMonth>();
        while (await reader.ReadAsync(cancellationToken))
        {
            var person = new PersonId(reader.GetString(0));
            months[person] = new(
                person,
                reader.GetFieldValue<DateTimeOffset>(1),
                reader.IsDBNull(2) ? null : reader.GetFieldValue<DateTimeOffset>(2),
                ScoreEventJson.ReadSettled(reader.GetString(3)),
                JsonSerializer.Deserialize<ImmutableDictionary<string, decimal>>(reader.GetString(4))!
            );
        }
        return months;
    }

    /// <summary>Whether somebody's month is closed.</summary>
    public async Task<bool> IsClosed(PersonId person, ScoreMonth month, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select exists (select from score_month where person = $1 and month = $2)");
        command.Bind(Parameters.Of(person.Key), Parameters.Of(month.First));
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    /// <summary>The appeals of some areas: the open ones by when they are due, and then the decided ones, the newest first.</summary>
    public async Task<IReadOnlyList<AppealRow>> Appeals(
        IReadOnlyList<string> areas,
        bool onlyOpen,
        int limit,
        CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            """
            select id, person, month, area, item, status, instance, opened_at, due_at, decided_at from score_appeal
            where area = any($1) and (status = 0 or not $2)
            order by status <> 0, case when status = 0 then due_at end, opened_at desc, id limit $3
            """
        );
        command.Bind(Parameters.Texts(areas, a => a), Parameters.Of(onlyOpen), Parameters.Of(limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<AppealRow>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(
                new(
                    reader.GetGuid(0),
                    new(reader.GetString(1)),
                    ScoreMonth.Of(reader.GetFieldValue<DateOnly>(2)),
                    new(reader.GetString(3)),
                    reader.GetString(4),
                    (AppealStatus)reader.GetInt16(5),
                    reader.GetInt16(6),
                    reader.GetFieldValue<DateTimeOffset>(7),
                    reader.GetFieldValue<DateTimeOffset>(8),
                    reader.IsDBNull(9) ? null : reader.GetFieldValue<DateTimeOffset>(9)
                )
            );
        return rows;
    }
}
