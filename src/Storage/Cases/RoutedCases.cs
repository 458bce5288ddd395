using System.Runtime.CompilerServices;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>Reads the cases that go where their pack says.</summary>
public sealed class RoutedCases(NpgsqlDataSource source)
{
    /// <summary>
    /// Reads all cases of a pack that follow it, in one query: the open ones, and also the closed ones that are confidential, because the
    /// holders of the posts alone may read them.
    /// </summary>
    public IAsyncEnumerable<RoutedCase> Of(string pack, CancellationToken cancellationToken) =>
        Read(
            """
            from (select case_id as id from case_open union select id from case_file where confidential) as followed
            join case_file c on c.id = followed.id join area a on a.key = c.area where a.pack = $1
            """,
            [Parameters.Of(pack)],
            cancellationToken
        );

    /// <summary>Reads the cases of some categories of a pack that nobody has claimed.</summary>
    public IAsyncEnumerable<RoutedCase> Offered(string pack, IReadOnlyCollection<string> categories, CancellationToken cancellationToken) =>
        Read(
            """
            from case_open o join case_file c on c.id = o.case_id join area a on a.key = c.area
            where a.pack = $1 and c.status = 1 and c.category = any($2)
            """,
            [Parameters.Of(pack), Parameters.Texts([.. categories], c => c)],
            cancellationToken
        );

    /// <summary>Reads the open cases that concern one of those people, by their inboxes.</summary>
    public IAsyncEnumerable<RoutedCase> Concerning(IReadOnlyCollection<PersonId> people, CancellationToken cancellationToken) =>
        Read(
            "from case_file c where c.id in (select i.case_id from inbox_item i where i.person = any($1))",
            [Parameters.Texts([.. people], p => p.Key)],
            cancellationToken
        );

    async IAsyncEnumerable<RoutedCase> Read(
        string from,
        NpgsqlParameter[] parameters,
        [EnumeratorCancellation] CancellationToken cancellationToken
    )
    {
        await using var command = source.CreateCommand(
            $"""
            select c.id, c.version, c.status, c.area, c.category, c.department, c.confidential, c.offered_to, c.claimant,
                c.approvers, c.level, c.tasked {from}
            """
        );
        command.Bind(parameters);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
            yield return new(
                reader.GetGuid(0),
                reader.GetInt32(1),
                (CaseStatus)reader.GetInt16(2),
                new(reader.GetString(3)),
                reader.GetString(4),
                reader.IsDBNull(5) ? null : reader.GetString(5),
                reader.GetBoolean(6),
                [.. reader.GetFieldValue<string[]>(7).Select(p => new PersonId(p))],
                reader.IsDBNull(8) ? null : new PersonId(reader.GetString(8)),
                reader.IsDBNull(9) ? default : [.. reader.GetFieldValue<string[]>(9).Select(p => new PersonId(p))],
                reader.IsDBNull(10) ? null : reader.GetString(10),
                reader.IsDBNull(11) ? default : [.. reader.GetFieldValue<string[]>(11).Select(p => new PersonId(p))]
            );
    }
}
