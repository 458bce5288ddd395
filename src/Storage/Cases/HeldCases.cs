using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>A case with all its events.</summary>
public sealed record HeldCase(AreaId Area, bool IsOpen, IReadOnlyList<(CaseEvent Event, EventContext Context)> Events);

/// <summary>Reads some cases of an area with their events: a bounded number, however many there are.</summary>
public sealed class HeldCases(NpgsqlDataSource source)
{
    /// <summary>The open cases that were reported first, and those that were closed last, without confidential ones.</summary>
    /// <param name="limit">How many there are of each at most.</param>
    /// <param name="since">How long ago the closed ones were closed at most.</param>
    public async Task<IReadOnlyList<HeldCase>> Of(AreaNode area, int limit, DateTimeOffset since, CancellationToken cancellationToken)
    {
        const string InArea = "join area a on a.key = c.area where a.pack = $1 and a.lft between $2 and $3 and not c.confidential";
        await using var command = source.CreateCommand(
            $"""
            with picked as (
                (select c.id, c.area, true as open from case_open o join case_file c on c.id = o.case_id {InArea}
                    and c.status <> {(int)CaseStatus.Merged} order by o.reported_at limit $4)
                union all
                (select c.id, c.area, false from case_closed d join case_file c on c.id = d.case_id {InArea}
                    and d.closed_at >= $5 order by d.closed_at desc limit $4)
            )
            select p.id, p.area, p.open, j.at, j.by, j.operation, j.status, j.kind, j.data
            from picked p join journal j on j.stream = 'case/' || replace(p.id::text, '-', '')
            order by p.id, j.sequence
            """
        );
        command.Bind(
            Parameters.Of(area.Id.Pack),
            Parameters.Of(area.Left),
            Parameters.Of(area.Right),
            Parameters.Of(limit),
            Parameters.Of(since)
        );
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var cases = new List<HeldCase>();
        var (id, events) = (Guid.Empty, new List<(CaseEvent, EventContext)>());
        while (await reader.ReadAsync(cancellationToken))
        {
            if (reader.GetGuid(0) is var next && next != id)
            {
                (id, events) = (next, []);
                cases.Add(new(new(reader.GetString(1)), reader.GetBoolean(2), events));
            }
            var e = CaseEventJson.Read(reader.GetString(7), reader.GetString(8), (CaseStatus)reader.GetInt16(6));
            events.Add((e, new(id, reader.GetFieldValue<DateTimeOffset>(3), new(reader.GetString(4)), reader.GetGuid(5))));
        }
        return cases;
    }
}
