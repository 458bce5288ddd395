using System.Globalization;
using System.Text;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>Makes the SQL of a <see cref="CaseFilter"/>, which a list, its count and an export share.</summary>
sealed class CaseStatement
{
    readonly NpgsqlCommand _command;
    readonly StringBuilder _sql = new();

    CaseStatement(NpgsqlCommand command) => _command = command;

    /// <summary>One page of the cases.</summary>
    public static void Select(NpgsqlCommand command, string columns, CaseFilter filter)
    {
        var statement = new CaseStatement(command);
        statement.Add($"select {columns} from case_file c");
        statement.Where(filter);
        var (order, compare) = filter.OldestFirst ? ("asc", ">") : ("desc", "<");
        if (filter.Before is { } before)
        {
            var (reportedAt, id) = (statement.Value(Parameters.Of(before.ReportedAt)), statement.Value(Parameters.Of(before.Id)));
            statement.Add($" and (c.reported_at, c.id) {compare} ({reportedAt}, {id})");
        }
        statement.Add($" order by c.reported_at {order}, c.id {order} limit {statement.Value(Parameters.Of(filter.Limit))}");
        command.CommandText = statement._sql.ToString();
    }

    /// <summary>How many cases there are on all pages, counted no further than a bound.</summary>
    public static void Count(NpgsqlCommand command, CaseFilter filter, int bound)
    {
        var statement = new CaseStatement(command);
        statement.Add($"select count(*) from (select from case_file c");
        statement.Where(filter);
        statement.Add($" limit {statement.Value(Parameters.Of(bound))}) as found");
        command.CommandText = statement._sql.ToString();
    }

    void Where(CaseFilter filter)
    {
        var pack = Value(Parameters.Of(filter.Under.Id.Pack));
        var (left, right) = (Value(Parameters.Of(filter.Under.Left)), Value(Parameters.Of(filter.Under.Right)));
        Add($" join area a on a.key = c.area where a.pack = {pack} and a.lft between {left} and {right}");
        var viewer = Value(Parameters.Of(filter.Viewer.Key));
        Add($" and (not c.confidential or c.reporter = {viewer} or c.claimant = {viewer} or {viewer} = any(c.offered_to))");
        if (filter.Statuses.Count > 0)
            Add($" and c.status = any({Value(Parameters.Smallints(filter.Statuses, s => (short)s))})");
        if (filter.Category is { } category)
            Add($" and c.category = {Value(Parameters.Of(category))}");
        if (filter.Claimant is { } claimant)
            Add($" and c.claimant = {Value(Parameters.Of(claimant.Key))}");
        if (filter.Reporter is { } reporter)
            Add($" and c.reporter = {Value(Parameters.Of(reporter.Key))}");
        if (filter.From is not null)
            Add($" and c.reported_at >= {Value(Parameters.Of(filter.From))}");
        if (filter.To is not null)
            Add($" and c.reported_at < {Value(Parameters.Of(filter.To))}");
        if (filter.ClosedFrom is not null)
            Add($" and c.closed_at >= {Value(Parameters.Of(filter.ClosedFrom))}");
        if (filter.ClosedTo is not null)
            Add($" and c.closed_at < {Value(Parameters.Of(filter.ClosedTo))}");
        foreach (var word in filter.Words)
            Has(word);
    }

    /// <summary>The database folds the word with the same function as the column, so that both agree on capitals.</summary>
    void Has(SearchWord word)
    {
        Add($" and (c.search like lower({Value(Parameters.Of($"%{Escape(word.Text)}%"))})");
        if (word.Categories.Count > 0)
            Add($" or c.category = any({Value(Parameters.Texts(word.Categories, c => c))})");
        if (word.Areas.Count > 0)
            Add($" or c.area = any({Value(Parameters.Texts(word.Areas, a => a))})");
        if (word.People.Count > 0)
        {
            var people = Value(Parameters.Texts(word.People, p => p));
            Add($" or c.reporter = any({people}) or c.claimant = any({people})");
        }
        Add($")");
    }

    void Add(FormattableString sql) => _sql.Append(sql.ToString(CultureInfo.InvariantCulture));

    string Value(NpgsqlParameter parameter)
    {
        _command.Parameters.Add(parameter);
        return "$" + _command.Parameters.Count.ToString(CultureInfo.InvariantCulture);
    }

    static string Escape(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("%", @"\%", StringComparison.Ordinal)
            .Replace("_", @"\_", StringComparison.Ordinal);
}
