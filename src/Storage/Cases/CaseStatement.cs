using System.Globalization;
using System.Text;
using GridActors.Contracts.Cases;
using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Cases;

/// <summary>
/// Makes the SQL of a <see cref="CaseFilter"/>, which a list, its count and an export share. Which index is best depends on the words and
/// the area, so each is planned for its own values: the plan for any value that PostgreSQL would use after a while can take seconds.
/// </summary>
sealed class CaseStatement
{
    /// <summary>
    /// Statements of a batch are one transaction, with which the settings end. Compiling a statement takes longer than it saves here.
    /// </summary>
    const string PlanEach = "select set_config('plan_cache_mode', 'force_custom_plan', true), set_config('jit', 'off', true)";

    /// <summary>
    /// So many areas are named, so that their index finds their cases among those that have a word. In more of them there are so many cases
    /// that reading the areas beside the cases is quicker.
    /// </summary>
    const int MaxAreasNamed = 200;

    /// <summary>Of more people their cases are so many that a list soon finds some of them in its order.</summary>
    const int MaxPeopleLookedUp = 20;

    /// <summary>What is never due comes after everything that is.</summary>
    internal const string DueAt = "coalesce(c.due_at, 'infinity')";

    readonly NpgsqlBatchCommand _command = new();
    readonly StringBuilder _sql = new();

    CaseStatement() { }

    /// <summary>
    /// How many cases there are, counted no further than a bound, and where there are no more than that one page of them. What is found is
    /// read once for both. Each row ends with the count; when the page has no row, there is one that says nothing else.
    /// </summary>
    public static void Find(NpgsqlBatch batch, string columns, CaseFilter filter, int bound)
    {
        var statement = new CaseStatement();
        var (order, compare) = filter.Order == CaseOrder.Newest ? ("desc", "<") : ("asc", ">");
        var key = filter.Order == CaseOrder.Due ? DueAt : "c.reported_at";
        statement.Add($"with found as materialized (select c.id, {key} as at");
        statement.From(filter);
        statement.Add($" limit {statement.Value(Parameters.Of(bound + 1))}), counted as (select count(*) as n from found),");
        statement.Add($" page as (select id, at from found where (select n from counted) <= {statement.Value(Parameters.Of(bound))}");
        if (filter.After is { } after)
            statement.Add(
                $" and (at, id) {compare} ({statement.Value(Parameters.Of(after.At))}, {statement.Value(Parameters.Of(after.Id))})"
            );
        statement.Add($" order by at {order}, id {order} limit {statement.Value(Parameters.Of(filter.Limit))})");
        statement.Add($" select {columns}, counted.n from counted left join page on true left join case_file c on c.id = page.id");
        statement.Add($" order by page.at {order}, page.id {order}");
        statement.AddTo(batch);
    }

    /// <summary>One page of the cases.</summary>
    /// <param name="areFew">
    /// True when all that are found can be sorted quickly: few cases can lie anywhere in the order, so following the order to them would
    /// mean to read most of the table. False when there are so many that the first ones in the order are near.
    /// </param>
    public static void Select(NpgsqlBatch batch, string columns, CaseFilter filter, bool areFew)
    {
        if (!areFew && filter.Order == CaseOrder.Due)
        {
            SelectDue(batch, columns, filter);
            return;
        }
        var statement = new CaseStatement();
        var (order, compare) = filter.Order == CaseOrder.Newest ? ("desc", "<") : ("asc", ">");
        var key = filter.Order == CaseOrder.Due ? DueAt : "c.reported_at";
        statement.Add(areFew ? $"with found as materialized (select c.id, {key} as at" : (FormattableString)$"select {columns}");
        var at = statement.From(filter);
        if (filter.After is { } after)
        {
            var (time, id) = (statement.Value(Parameters.Of(after.At)), statement.Value(Parameters.Of(after.Id)));
            statement.Add($" and ({at}, c.id) {compare} ({time}, {id})");
        }
        var limit = statement.Value(Parameters.Of(filter.Limit));
        if (areFew)
        {
            statement.Add($") select {columns} from (select id, at from found order by at {order}, id {order} limit {limit}) as page");
            statement.Add($" join case_file c on c.id = page.id order by page.at {order}, c.id {order}");
        }
        else
            statement.Add($" order by {at} {order}, c.id {order} limit {limit}");
        statement.AddTo(batch);
    }

    /// <summary>
    /// One page by what is due next, where there are many cases. A closed case is never due, so only the open ones are sorted; the
    /// closed ones follow in the order of their ids, by the index of the key.
    /// </summary>
    static void SelectDue(NpgsqlBatch batch, string columns, CaseFilter filter)
    {
        var statement = new CaseStatement();
        IReadOnlyList<CaseStatus> all = filter.Statuses.Count > 0 ? filter.Statuses : Enum.GetValues<CaseStatus>();
        var open = filter with { Statuses = [.. all.Where(s => s != CaseStatus.Closed)] };
        statement.Add($"select {columns} from (");
        if (open.Statuses.Count > 0)
            statement.Due(open, DueAt);
        if (open.Statuses.Count > 0 && open.Statuses.Count < all.Count)
            statement.Add($" union all ");
        if (open.Statuses.Count < all.Count)
            statement.Due(filter with { Statuses = [CaseStatus.Closed] }, "'infinity'::timestamptz");
        statement.Add($") as page join case_file c on c.id = page.id order by page.at, c.id");
        statement.Add($" limit {statement.Value(Parameters.Of(filter.Limit))}");
        statement.AddTo(batch);
    }

    void Due(CaseFilter filter, string at)
    {
        Add($"(select c.id, {at} as at");
        From(filter);
        if (filter.After is { } after)
        {
            var id = Value(Parameters.Of(after.Id));
            if (after.At < DateTimeOffset.MaxValue)
                Add($" and ({at}, c.id) > ({Value(Parameters.Of(after.At))}, {id})");
            else
                Add($" and {at} = 'infinity' and c.id > {id}");
        }
        Add($" order by {at}, c.id limit {Value(Parameters.Of(filter.Limit))})");
    }

    /// <summary>How many cases there are on all pages, counted no further than a bound.</summary>
    public static void Count(NpgsqlBatch batch, CaseFilter filter, int bound)
    {
        var statement = new CaseStatement();
        statement.Add($"select count(*) from (select");
        statement.From(filter);
        statement.Add($" limit {statement.Value(Parameters.Of(bound))}) as found");
        statement.AddTo(batch);
    }

    void AddTo(NpgsqlBatch batch)
    {
        _command.CommandText = _sql.ToString();
        batch.BatchCommands.Add(new(PlanEach));
        batch.BatchCommands.Add(_command);
    }

    /// <returns>
    /// The time of the order. That of the report is the column by whose index the cases can be read in their order. There is no index by
    /// what is due next, because every claim would write to it: all open cases are sorted.
    /// </returns>
    string From(CaseFilter filter)
    {
        var areOpen = filter.Statuses.Count > 0 && !filter.Statuses.Contains(CaseStatus.Closed);
        Add(areOpen ? $" from case_open o join case_file c on c.id = o.case_id" : (FormattableString)$" from case_file c");
        Where(filter);
        return filter.Order == CaseOrder.Due ? DueAt
            : areOpen ? "o.reported_at"
            : "c.reported_at";
    }

    void Where(CaseFilter filter)
    {
        if (filter.Under.Downwards().Take(MaxAreasNamed + 1).ToList() is { Count: <= MaxAreasNamed } areas)
            Add($" where c.area = any({Value(Parameters.Texts(areas, a => a.Id.Key))})");
        else
        {
            var pack = Value(Parameters.Of(filter.Under.Id.Pack));
            var (left, right) = (Value(Parameters.Of(filter.Under.Left)), Value(Parameters.Of(filter.Under.Right)));
            Add($" join area a on a.key = c.area where a.pack = {pack} and a.lft between {left} and {right}");
        }
        var viewer = Value(Parameters.Of(filter.Viewer.Key));
        Add($" and (not c.confidential or c.reporter = {viewer} or c.claimant = {viewer} or {viewer} = any(c.offered_to))");
        if (filter.Statuses.Count > 0)
            Add($" and c.status = any({Value(Parameters.Smallints(filter.Statuses, s => (short)s))})");
        if (filter.Category is { } category)
            Add($" and c.category = {Value(Parameters.Of(category))}");
        if (filter.Categories is { } categories)
            Add($" and c.category = any({Value(Parameters.Texts(categories, c => c))})");
        if (filter.Claimant is { } claimant)
        {
            var person = Value(Parameters.Of(claimant.Key));
            Add($" and c.claimant = {person} and c.id in ({Claimed($"= {person}")})");
        }
        if (filter.Reporter is { } reporter)
            Add($" and c.reporter = {Value(Parameters.Of(reporter.Key))}");
        if (filter.From is not null)
            Add($" and c.reported_at >= {Value(Parameters.Of(filter.From))}");
        if (filter.To is not null)
            Add($" and c.reported_at < {Value(Parameters.Of(filter.To))}");
        Closed(filter);
        if (filter.Urgency is { } urgency)
            Add($" and c.urgency = {Value(Parameters.Of((int)urgency))}");
        if (filter.Escalated)
            Add($" and c.level is not null");
        if (filter.Level is { } level)
            Add($" and c.level = {Value(Parameters.Of(level))}");
        if (filter.DueBefore is not null)
            Add($" and c.due_at < {Value(Parameters.Of(filter.DueBefore))}");
        foreach (var word in filter.Words)
            Has(word);
    }

    void Closed(CaseFilter filter)
    {
        if (filter.ClosedFrom is null && filter.ClosedTo is null)
            return;
        Add($" and c.id in (select case_id from case_closed where true");
        if (filter.ClosedFrom is not null)
            Add($" and closed_at >= {Value(Parameters.Of(filter.ClosedFrom))}");
        if (filter.ClosedTo is not null)
            Add($" and closed_at < {Value(Parameters.Of(filter.ClosedTo))}");
        Add($")");
        // A case is reported before it is closed, so this bound skips the newest cases. The day more is for clocks that were set back.
        if (filter.ClosedTo is not null)
            Add($" and c.reported_at < {Value(Parameters.Of(filter.ClosedTo))} + interval '1 day'");
    }

    /// <summary>
    /// What the pack names with the word comes first, because it is compared quickly. The database folds the word with the same function as
    /// the column, so that both agree on capitals.
    /// </summary>
    void Has(SearchWord word)
    {
        Add($" and (");
        if (word.Categories.Count > 0)
            Add($"c.category = any({Value(Parameters.Texts(word.Categories, c => c))}) or ");
        if (word.Areas.Count > 0)
            Add($"c.area = any({Value(Parameters.Texts(word.Areas, a => a))}) or ");
        if (word.People.Count > 0)
        {
            var people = Value(Parameters.Texts(word.People, p => p));
            Add($"c.reporter = any({people}) or c.claimant = any({people})");
            if (word.People.Count <= MaxPeopleLookedUp)
                Add($" and c.id = any(array({Claimed($"= any({people})")}))");
            Add($" or ");
        }
        HasText(word.Text);
        Add($")");
    }

    /// <summary>
    /// Trigrams can't find words of one or two characters, which most of Chinese consists of. They are the beginnings of the pairs that the
    /// database keeps of each text. One or two letters or digits are in so many numbers that the table itself is read: PostgreSQL would
    /// read all of the index before.
    /// </summary>
    void HasText(string word)
    {
        var isShort = word.EnumerateRunes().Count() <= 2;
        var (column, pattern) =
            !isShort ? ("c.search", $"%{Escape(word)}%")
            : word.EnumerateRunes().All(r => r.IsAscii) ? ("(c.search || '')", $"%{Escape(word)}%")
            : ("c.pairs", $"% {Escape(word)}%"); // What case_pairs makes of a text.
        Add($"{column} like lower({Value(Parameters.Of(pattern))})");
    }

    /// <summary>The cases that somebody may have claimed: an open case is in the inbox of whoever has claimed it.</summary>
    static string Claimed(string isPerson) =>
        $"select case_id from inbox_item where person {isPerson} union all select case_id from case_closed where claimant {isPerson}";

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
