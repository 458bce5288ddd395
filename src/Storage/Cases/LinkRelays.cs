using GridActors.Contracts.People;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>What a case has to tell the one that it was linked with.</summary>
/// <param name="Target">Who is told.</param>
/// <param name="Number">The register number of the source.</param>
/// <param name="By">Who linked them.</param>
/// <param name="Version">The version of the source.</param>
public sealed record LinkRelay(long Id, Guid Target, Guid Source, string Number, PersonId By, string Reason, int Version);

/// <summary>The links of which the other case isn't told yet: <c>case_link_relay</c>.</summary>
public sealed class LinkRelays(NpgsqlDataSource source) : IReadTable
{
    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<LinkRelay>? rows = null;
        foreach (var entry in entries)
            if (entry is CaseEntry { Case: { Links: { IsEmpty: false } links } now, Before: { } before } && links != before.Links)
                foreach (var link in links.Where(l => l.IsMadeHere && before.Links.All(known => known.Id != l.Id)))
                    (rows ??= []).Add(new(0, link.Id, now.Id, now.Number, link.By, link.Reason, now.Version));
        if (rows is null)
            return;
        batch.BatchCommands.Add(
            new(
                """
                insert into case_link_relay (target, source, number, by, reason, version)
                select * from unnest($1, $2, $3, $4, $5, $6)
                """
            )
            {
                Parameters =
                {
                    Parameters.Uuids(rows, r => r.Target),
                    Parameters.Uuids(rows, r => r.Source),
                    Parameters.Texts(rows, r => r.Number),
                    Parameters.Texts(rows, r => r.By.Key),
                    Parameters.Texts(rows, r => r.Reason),
                    Parameters.Integers(rows, r => r.Version),
                },
            }
        );
    }

    /// <summary>
    /// Takes the oldest rows that no other process has taken. What isn't finished after the hold is taken again, by any process.
    /// </summary>
    public async Task<IReadOnlyList<LinkRelay>> Take(int limit, TimeSpan hold, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            update case_link_relay r set call_at = now() + $2
            from (select id from case_link_relay where call_at <= now() order by call_at limit $1 for update skip locked) as due
            where r.id = due.id
            returning r.id, r.target, r.source, r.number, r.by, r.reason, r.version
            """
        );
        command.Bind(Parameters.Of(limit), Parameters.Of(hold));
        var taken = new List<LinkRelay>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            taken.Add(
                new(
                    reader.GetInt64(0),
                    reader.GetGuid(1),
                    reader.GetGuid(2),
                    reader.GetString(3),
                    new(reader.GetString(4)),
                    reader.GetString(5),
                    reader.GetInt32(6)
                )
            );
        return taken;
    }

    public async Task Finish(IReadOnlyList<LinkRelay> done, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("delete from case_link_relay where id = any($1)");
        command.Bind(Parameters.Bigints(done, r => r.Id));
        await command.ExecuteNonQueryAsync(cancellationToken);
    }
}
