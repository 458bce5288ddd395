using System.Globalization;
using System.Text;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>The filters of a list of cases.</summary>
/// <param name="Under">The area; cases below it are included.</param>
/// <param name="Viewer">Confidential cases are listed only for people they concern.</param>
public sealed record CaseFilter(AreaNode Under, PersonId Viewer)
{
    public IReadOnlyList<CaseStatus> Statuses { get; init; } = [];
    public string? Category { get; init; }
    public PersonId? Claimant { get; init; }
    public PersonId? Reporter { get; init; }
    public string? Text { get; init; }
    public DateTimeOffset? From { get; init; }
    public DateTimeOffset? To { get; init; }
    public DateTimeOffset? ClosedFrom { get; init; }
    public DateTimeOffset? ClosedTo { get; init; }
    public bool Overdue { get; init; }
    public (DateTimeOffset ReportedAt, Guid Id)? Before { get; init; }
    public int Limit { get; init; } = 50;
    public bool OldestFirst { get; init; }
}

/// <summary>A step of a case's history.</summary>
/// <param name="Status">The status of the case after the step.</param>
public sealed record CaseHistoryItem(int Sequence, DateTimeOffset At, PersonId By, CaseStatus Status, CaseEvent Event)
{
    public CaseStep Step => Event.Step;
    public string? Text => Event is IHasText { Text: { Length: > 0 } text } ? text : null;
    public PersonId? To => (Event as CaseHandedOver)?.To;
    public PersonId? From => (Event as CaseReoffered)?.ReleasedFrom;
    public IReadOnlyList<string> Photos => Event is IHasPhotos { Photos: { IsDefault: false } photos } ? photos : [];
}

public sealed class CaseQueries(NpgsqlDataSource source)
{
    public async Task<IReadOnlyList<CaseRow>> List(CaseFilter filter, CancellationToken cancellationToken)
    {
        if (filter.Overdue)
            return []; // Nothing is overdue, because cases have no deadlines yet.
        await using var command = source.CreateCommand();
        var sql = new StringBuilder($"select {CaseRow.Columns} from case_file c");
        sql.Append(" join area a on a.key = c.area where a.pack = ")
            .Append(Add(Parameters.Of(filter.Under.Id.Pack)))
            .Append(" and a.lft between ")
            .Append(Add(Parameters.Of(filter.Under.Left)))
            .Append(" and ")
            .Append(Add(Parameters.Of(filter.Under.Right)));
        var viewer = Add(Parameters.Of(filter.Viewer.Key));
        sql.Append(
            CultureInfo.InvariantCulture,
            $" and (not c.confidential or c.reporter = {viewer} or c.claimant = {viewer} or {viewer} = any(c.offered_to))"
        );
        if (filter.Statuses.Count > 0)
            sql.Append(" and c.status = any(").Append(Add(Parameters.Smallints(filter.Statuses, s => (short)s))).Append(')');
        if (filter.Category is { } category)
            sql.Append(" and c.category = ").Append(Add(Parameters.Of(category)));
        if (filter.Claimant is { } claimant)
            sql.Append(" and c.claimant = ").Append(Add(Parameters.Of(claimant.Key)));
        if (filter.Reporter is { } reporter)
            sql.Append(" and c.reporter = ").Append(Add(Parameters.Of(reporter.Key)));
        if (filter.From is not null)
            sql.Append(" and c.reported_at >= ").Append(Add(Parameters.Of(filter.From)));
        if (filter.To is not null)
            sql.Append(" and c.reported_at < ").Append(Add(Parameters.Of(filter.To)));
        if (filter.ClosedFrom is not null)
            sql.Append(" and c.closed_at >= ").Append(Add(Parameters.Of(filter.ClosedFrom)));
        if (filter.ClosedTo is not null)
            sql.Append(" and c.closed_at < ").Append(Add(Parameters.Of(filter.ClosedTo)));
        if (!string.IsNullOrWhiteSpace(filter.Text))
        {
            var pattern = Add(Parameters.Of($"%{Escape(filter.Text.Trim())}%"));
            var number = Add(Parameters.Of(filter.Text.Trim().ToUpperInvariant()));
            sql.Append(CultureInfo.InvariantCulture, $" and (c.title ilike {pattern} or c.detail ilike {pattern} or c.number = {number})");
        }
        var (order, compare) = filter.OldestFirst ? ("asc", ">") : ("desc", "<");
        if (filter.Before is { } before)
        {
            var (reportedAt, id) = (Add(Parameters.Of(before.ReportedAt)), Add(Parameters.Of(before.Id)));
            sql.Append(CultureInfo.InvariantCulture, $" and (c.reported_at, c.id) {compare} ({reportedAt}, {id})");
        }
        sql.Append(CultureInfo.InvariantCulture, $" order by c.reported_at {order}, c.id {order} limit {Add(Parameters.Of(filter.Limit))}");

        command.CommandText = sql.ToString();
        return await Read(command, cancellationToken);

        string Add(NpgsqlParameter parameter)
        {
            command.Parameters.Add(parameter);
            return "$" + command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The steps of a case after one of them, oldest first.</summary>
    /// <param name="after">The sequence of the last step that is known; 0 from the beginning.</param>
    public async Task<IReadOnlyList<CaseHistoryItem>> History(Guid id, int after, int limit, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select sequence, at, by, status, kind, data from journal where stream = $1 and sequence > $2 order by sequence limit $3"
        );
        command.Bind(Parameters.Of(CaseEntry.StreamOf(id)), Parameters.Of(after), Parameters.Of(limit));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var items = new List<CaseHistoryItem>();
        while (await reader.ReadAsync(cancellationToken))
            items.Add(
                new(
                    reader.GetInt32(0),
                    reader.GetFieldValue<DateTimeOffset>(1),
                    new(reader.GetString(2)),
                    (CaseStatus)reader.GetInt16(3),
                    CaseEventJson.Read(reader.GetString(4), reader.GetString(5))
                )
            );
        return items;
    }

    internal static async Task<IReadOnlyList<CaseRow>> Read(NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var rows = new List<CaseRow>();
        while (await reader.ReadAsync(cancellationToken))
            rows.Add(CaseRow.Read(reader));
        return rows;
    }

    static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
