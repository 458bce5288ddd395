using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;
using GridActors.Domain.Surveys;
using GridActors.Storage.Database;
using GridActors.Storage.Households;
using GridActors.Storage.Vault;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.Surveys;

/// <summary>Where somebody lives whom a survey may ask.</summary>
/// <param name="Subject">A resident, or the household itself.</param>
public sealed record SubjectPlace(Guid Subject, Guid Household, AreaId Area, PersonId? Worker);

/// <summary>Somebody whom a survey asks, with what has become of it. Nothing of it is masked yet.</summary>
/// <param name="Sheet">Null while they haven't answered.</param>
public sealed record SurveyTarget(
    Guid Subject,
    Guid Household,
    AreaId Area,
    PersonId? Worker,
    ImmutableSortedDictionary<string, string> Resident,
    ImmutableSortedDictionary<string, string> HouseholdFields,
    SheetRow? Sheet
);

/// <param name="Version">More than 1 says that it was corrected.</param>
public sealed record SheetRow(
    SheetStatus Status,
    int Edition,
    int Version,
    DateTimeOffset At,
    PersonId By,
    ImmutableSortedDictionary<string, string> Answers
);

/// <param name="Step"><c>answered</c>, <c>corrected</c> or <c>refused</c>.</param>
public sealed record SheetStep(string Step, DateTimeOffset At, PersonId By);

/// <summary>The figures of one lowest area.</summary>
public sealed record AreaProgress(int Asked, int Answered, int Refused);

/// <param name="Total">The sum of numbers.</param>
public readonly record struct ChoiceCount(string Area, string Question, string Choice, int Count, decimal Total);

/// <summary>Reads surveys, whom they ask, and what was answered.</summary>
public sealed class SurveyQueries(NpgsqlDataSource source, HouseholdSealer households, SheetSealer sheets, SubjectKeys subjects)
{
    /// <summary>The surveys of a pack, the newest first. A place has dozens in all its years.</summary>
    public Task<IReadOnlyList<SurveyView>> List(string pack, CancellationToken cancellationToken) =>
        Read("where pack = $1 order by created_at desc, id desc", Parameters.Of(pack), cancellationToken);

    public async Task<SurveyView?> Find(Guid id, CancellationToken cancellationToken) =>
        (await Read("where id = $1", Parameters.Of(id), cancellationToken)) is [var found] ? found : null;

    /// <summary>Whom a survey asks in some areas, with names and answers, opened.</summary>
    /// <param name="areas">The keys of the areas; those below aren't included.</param>
    /// <param name="linkedTo">
    /// Only households that aren't linked to somebody else, and those elsewhere that are linked to this person alone.
    /// </param>
    public async Task<IReadOnlyList<SurveyTarget>> Targets(
        SurveyView survey,
        IReadOnlyList<string> areas,
        PersonId? linkedTo,
        DateOnly today,
        int limit,
        CancellationToken cancellationToken
    )
    {
        var filter = survey.Definition.Filter;
        var isHousehold = survey.Definition.Subject == SurveySubject.Household;
        var rows = new List<Row>();
        await using (var command = source.CreateCommand(isHousehold ? OfHouseholds : OfResidents))
        {
            command.Bind(
                Parameters.Of(survey.Id),
                Parameters.Texts(areas, a => a),
                Parameters.Texts(filter.Groups, g => g),
                Kinds(filter),
                Parameters.Of(linkedTo?.Key),
                Parameters.Of(limit)
            );
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(Row.Of(reader));
        }
        var keys = await subjects.OfRows(
            [.. rows.SelectMany(r => new[] { r.Subject, r.Household, r.Resident ?? r.Subject }).Distinct()],
            cancellationToken
        );
        var found = new List<SurveyTarget>(rows.Count);
        foreach (var row in rows)
        {
            var resident = row.Resident is { } id ? households.OpenResident(keys.GetValueOrDefault(id), row.ResidentFields) : Facts.None;
            if (
                !isHousehold
                && row.Sheet is null
                && !SurveyTargets.IsOfAge(filter, resident.GetValueOrDefault(StandardFields.BirthDate), today)
            )
                continue;
            found.Add(
                new(
                    row.Subject,
                    row.Household,
                    row.Area,
                    row.Worker,
                    resident,
                    households.OpenHousehold(keys.GetValueOrDefault(row.Household), row.HouseholdFields),
                    row.Sheet is { } sheet ? sheet with { Answers = sheets.Open(keys.GetValueOrDefault(row.Subject), row.Answers) } : null
                )
            );
        }
        return found;
    }

    /// <summary>The households of residents, or households themselves, with where they live; what isn't there isn't named.</summary>
    public async Task<IReadOnlyList<SubjectPlace>> PlacesOf(IReadOnlyList<Guid> subjects, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select r.id, h.id, h.area, h.worker from resident r join household h on h.id = r.household where r.id = any($1)
            union all select id, id, area, worker from household where id = any($1)
            """
        );
        command.Bind(Parameters.Uuids(subjects, s => s));
        await using var r = await command.ExecuteReaderAsync(cancellationToken);
        var places = new List<SubjectPlace>();
        while (await r.ReadAsync(cancellationToken))
            places.Add(new(r.GetGuid(0), r.GetGuid(1), new(r.GetString(2)), r.IsDBNull(3) ? null : new PersonId(r.GetString(3))));
        return places;
    }

    /// <summary>The household of a subject, which may be the household itself; null when there is none.</summary>
    public async Task<Guid?> HouseholdOf(Guid subject, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            "select household from resident where id = $1 union all select id from household where id = $1"
        );
        command.Bind(Parameters.Of(subject));
        return await command.ExecuteScalarAsync(cancellationToken) is Guid household ? household : null;
    }

    /// <summary>What happened to a sheet; not what was answered.</summary>
    public async Task<IReadOnlyList<SheetStep>> Steps(Guid sheet, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand("select kind, at, by from journal where stream = $1 order by sequence");
        command.Bind(Parameters.Of(SheetEntry.StreamOf(sheet)));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var steps = new List<SheetStep>();
        while (await reader.ReadAsync(cancellationToken))
            steps.Add(new(StepOf(reader.GetString(0)), reader.GetFieldValue<DateTimeOffset>(1), new(reader.GetString(2))));
        return steps;
    }

    static string StepOf(string kind) =>
        kind.Split('/')[0] switch
        {
            "sheet.corrected" => "corrected",
            "sheet.refused" => "refused",
            _ => "answered",
        };

    /// <summary>
    /// How far a survey is in each lowest area, by the area's key. Only the age of residents can't be counted in the clear: their dates of
    /// birth are opened, of those who haven't answered.
    /// </summary>
    public async Task<IReadOnlyDictionary<string, AreaProgress>> Progress(
        SurveyView survey,
        string pack,
        int left,
        int right,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        var progress = new Dictionary<string, AreaProgress>();
        await using (var command = source.CreateCommand(CountSheets))
        {
            command.Bind(Parameters.Of(survey.Id), Parameters.Of(pack), Parameters.Of(left), Parameters.Of(right));
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                progress[reader.GetString(0)] = new(0, reader.GetInt32(1), reader.GetInt32(2));
        }
        foreach (var (area, count) in await Open(survey, pack, left, right, today, cancellationToken))
            progress[area] = progress.GetValueOrDefault(area) is { } known ? known with { Asked = count } : new(count, 0, 0);
        return progress.ToDictionary(p => p.Key, p => p.Value with { Asked = p.Value.Asked + p.Value.Answered + p.Value.Refused });
    }

    /// <summary>How often each answer was given in each lowest area of a subtree.</summary>
    public async Task<IReadOnlyList<ChoiceCount>> Counts(Guid survey, string pack, int left, int right, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(
            """
            select c.area, c.question, c.choice, c.count, c.total from survey_count c join area a on a.key = c.area
            where c.survey = $1 and a.pack = $2 and a.lft between $3 and $4 and c.count > 0
            """
        );
        command.Bind(Parameters.Of(survey), Parameters.Of(pack), Parameters.Of(left), Parameters.Of(right));
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var counts = new List<ChoiceCount>();
        while (await reader.ReadAsync(cancellationToken))
            counts.Add(new(reader.GetString(0), reader.GetString(1), reader.GetString(2), reader.GetInt32(3), reader.GetDecimal(4)));
        return counts;
    }

    /// <summary>How many are asked and haven't answered, by area.</summary>
    async Task<Dictionary<string, int>> Open(
        SurveyView survey,
        string pack,
        int left,
        int right,
        DateOnly today,
        CancellationToken cancellationToken
    )
    {
        var filter = survey.Definition.Filter;
        var isHousehold = survey.Definition.Subject == SurveySubject.Household;
        await using var command = source.CreateCommand(
            isHousehold ? CountHouseholds
            : filter.HasAge ? ResidentsToOpen
            : CountResidents
        );
        command.Bind(
            Parameters.Of(survey.Id),
            Parameters.Of(pack),
            Parameters.Of(left),
            Parameters.Of(right),
            Parameters.Texts(filter.Groups, g => g),
            Kinds(filter)
        );
        var counts = new Dictionary<string, int>();
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        while (await reader.ReadAsync(cancellationToken))
        {
            var area = reader.GetString(0);
            if (!filter.HasAge || isHousehold)
                counts[area] = reader.GetInt32(1);
            else if (IsOfAge(filter, reader, today))
                counts[area] = counts.GetValueOrDefault(area) + 1;
        }
        return counts;
    }

    /// <summary>The key comes with the row: there are too many to be remembered, and each is needed once.</summary>
    bool IsOfAge(SurveyFilter filter, NpgsqlDataReader reader, DateOnly today)
    {
        var key = new SubjectKey(reader.GetGuid(2), reader.GetString(3), reader.GetInt32(4), reader.GetFieldValue<byte[]>(5));
        var fields = households.OpenResident(key, reader.GetFieldValue<byte[]>(1));
        return SurveyTargets.IsOfAge(filter, fields.GetValueOrDefault(StandardFields.BirthDate), today);
    }

    async Task<IReadOnlyList<SurveyView>> Read(string where, NpgsqlParameter parameter, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand($"select view from survey {where}");
        command.Bind(parameter);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var surveys = new List<SurveyView>();
        while (await reader.ReadAsync(cancellationToken))
            surveys.Add(SurveyEventJson.ReadView(reader.GetString(0)));
        return surveys;
    }

    static NpgsqlParameter Kinds(SurveyFilter filter) =>
        new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Smallint, Value = filter.Kinds.Select(k => (short)k).ToArray() };

    const string IsAskedHousehold = """
        h.status = 0 and (cardinality($G) = 0 or h.groups && $G) and (cardinality($K) = 0 or exists (select from resident k
            where k.household = h.id and k.status = 0 and k.kind = any($K)))
        """;

    const string IsAskedResident =
        "r.status = 0 and not r.erased and (cardinality($G) = 0 or r.groups && $G) and (cardinality($K) = 0 or r.kind = any($K))";

    const string SheetColumns = "s.status, s.edition, s.version, s.at, s.by, s.answers";

    const string Linked = "(h.area = any($2) and ($5::text is null or coalesce(h.worker, $5) = $5) or h.worker = $5)";

    static readonly string OfHouseholds = Numbered(
        $"""
        select h.id, h.id, h.area, h.worker, h.fields, p.id, p.fields, {SheetColumns} from household h
        left join resident p on p.id = h.head left join survey_sheet s on s.survey = $1 and s.subject = h.id
        where {Linked} and h.status = 0 and (s.id is not null or {IsAskedHousehold}) order by h.created_at, h.id limit $6
        """,
        3
    );

    static readonly string OfResidents = Numbered(
        $"""
        select r.id, h.id, h.area, h.worker, h.fields, r.id, r.fields, {SheetColumns} from household h
        join resident r on r.household = h.id left join survey_sheet s on s.survey = $1 and s.subject = r.id
        where {Linked} and r.status = 0 and not r.erased and (s.id is not null or {IsAskedResident})
        order by h.created_at, h.id, r.id limit $6
        """,
        3
    );

    const string Below = "a.pack = $2 and a.lft between $3 and $4";

    const string CountSheets = $"""
        select s.area, count(*) filter (where s.status = 0)::integer, count(*) filter (where s.status = 1)::integer
        from survey_sheet s join area a on a.key = s.area where s.survey = $1 and {Below} group by s.area
        """;

    static readonly string CountHouseholds = Numbered(
        $"""
        select h.area, count(*)::integer from household h join area a on a.key = h.area where {Below} and {IsAskedHousehold}
            and not exists (select from survey_sheet s where s.survey = $1 and s.subject = h.id) group by h.area
        """,
        5
    );

    static readonly string CountResidents = Numbered(
        $"""
        select r.area, count(*)::integer from resident r join area a on a.key = r.area where {Below} and {IsAskedResident}
            and not exists (select from survey_sheet s where s.survey = $1 and s.subject = r.id) group by r.area
        """,
        5
    );

    static readonly string ResidentsToOpen = Numbered(
        $"""
        select r.area, r.fields, k.subject, k.pack, k.version, k.wrapped
        from resident r join area a on a.key = r.area join subject_key k on k.subject = r.id where {Below} and {IsAskedResident}
            and not exists (select from survey_sheet s where s.survey = $1 and s.subject = r.id)
        """,
        5
    );

    /// <summary>Puts in the numbers of the parameters of groups and kinds, which come after the others.</summary>
    static string Numbered(string sql, int groups) =>
        sql.Replace("$G", $"${groups}", StringComparison.Ordinal).Replace("$K", $"${groups + 1}", StringComparison.Ordinal);

    /// <summary>A row whose values are still sealed.</summary>
    sealed record Row(
        Guid Subject,
        Guid Household,
        AreaId Area,
        PersonId? Worker,
        byte[] HouseholdFields,
        Guid? Resident,
        byte[] ResidentFields,
        SheetRow? Sheet,
        byte[] Answers
    )
    {
        public static Row Of(NpgsqlDataReader r) =>
            new(
                r.GetGuid(0),
                r.GetGuid(1),
                new(r.GetString(2)),
                r.IsDBNull(3) ? null : new PersonId(r.GetString(3)),
                r.GetFieldValue<byte[]>(4),
                r.IsDBNull(5) ? null : r.GetGuid(5),
                r.IsDBNull(6) ? [] : r.GetFieldValue<byte[]>(6),
                r.IsDBNull(7)
                    ? null
                    : new(
                        (SheetStatus)r.GetInt16(7),
                        r.GetInt16(8),
                        r.GetInt32(9),
                        r.GetFieldValue<DateTimeOffset>(10),
                        new(r.GetString(11)),
                        Facts.None
                    ),
                r.IsDBNull(12) ? [] : r.GetFieldValue<byte[]>(12)
            );
    }
}
