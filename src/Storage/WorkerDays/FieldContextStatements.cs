using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.WorkerDays;

/// <summary>The statements that read the contexts of many questions, each only if one of them needs it.</summary>
static class FieldContextStatements
{
    /// <summary>
    /// Sources 0 and 1 are measured. Those between the items of a request are more than a handful only when a phone sends an old morning
    /// late.
    /// </summary>
    const string Nearby = """
        select q.n, r.id, r.at, r.lon, r.lat, r.accuracy
        from unnest($1, $2, $3, $4, $5, $6, $7) as q (n, person, first_day, first, last_day, last, before)
        cross join lateral (
            (select id, at, lon, lat, accuracy from field_record
                where person = q.person and (day, at) <= (q.first_day, q.first) and day >= q.first_day - 1 and source in (0, 1)
                order by day desc, at desc limit q.before)
            union all (select id, at, lon, lat, accuracy from field_record
                where q.first < q.last and person = q.person and (day, at) > (q.first_day, q.first)
                    and (day, at) <= (q.last_day, q.last) and source in (0, 1)
                order by day, at limit 2000)
            union all (select id, at, lon, lat, accuracy from field_record
                where person = q.person and (day, at) > (q.last_day, q.last) and day <= q.last_day + 1 and source in (0, 1)
                order by day, at limit 1)) r
        """;

    const string Users = """
        select q.n, d.day, d.person = q.person from unnest($1, $2, $3, $4, $5, $6) as q (n, person, first_day, last_day, pack, device)
        cross join lateral (select day, person from field_device
            where pack = q.pack and device = q.device and day >= q.first_day - 1 and day <= q.last_day + 1 limit 1000) d
        """;

    /// <summary>Kinds 1 to 6 say whether somebody is on duty, as <c>DutyStates</c> says.</summary>
    const string Duty = """
        select q.n, r.day, r.kind, r.at, r.sequence from unnest($1, $2, $3, $4) as q (n, person, first_day, last_day)
        cross join lateral (select day, kind, at, sequence from field_record
            where person = q.person and day >= q.first_day - 1 and day <= q.last_day + 1 and kind in (1, 2, 3, 4, 5, 6)
            order by day, at limit 2000) r
        """;

    const string Households = """
        select q.n, h.id, h.area, h.worker, h.place from unnest($1, $2) as q (n, id) join household h on h.id = q.id
        """;

    const string Places = "select q.n, p.id, p.area from unnest($1, $2) as q (n, id) join place p on p.id = q.id";

    const string NotUploaded = """
        select q.n, q.photo from unnest($1, $2, $3) as q (n, person, photo)
        where not exists (select from photo_upload u where u.photo = q.photo and u.uploader = q.person)
        and not (exists (select from photo_promise r where r.photo = q.photo and r.uploader = q.person)
            and not exists (select from photo p where p.id = q.photo))
        """;

    /// <returns>What takes the rows of each result.</returns>
    public static IReadOnlyList<Action<NpgsqlDataReader>> Add(NpgsqlBatch batch, IReadOnlyList<FieldContextBuilder> contexts)
    {
        var reads = new List<Action<NpgsqlDataReader>>();
        var records = Asking(q => !q.IsTracks);
        if (records.Count > 0)
            Read(
                Users,
                (c, row) => c.AddUser(row),
                Numbers(records),
                Persons(records),
                FirstDays(records),
                LastDays(records),
                Parameters.Texts(records, r => r.Question.Person.Pack),
                Parameters.Texts(records, r => r.Question.Device)
            );
        var measured = Asking(q => q.IsMeasured);
        if (measured.Count > 0)
            Read(
                Nearby,
                (c, row) => c.AddNearby(row),
                Numbers(measured),
                Persons(measured),
                FirstDays(measured),
                Parameters.Times(measured, m => m.Question.First.At),
                LastDays(measured),
                Parameters.Times(measured, m => m.Question.Last.At),
                Parameters.Integers(measured, m => m.Question.Before)
            );
        var tracks = Asking(q => q.IsTracks);
        if (tracks.Count > 0)
            Read(Duty, (c, row) => c.AddDuty(row), Numbers(tracks), Persons(tracks), FirstDays(tracks), LastDays(tracks));
        var households = All(q => q.Households);
        if (households.Count > 0)
            Read(Households, (c, row) => c.AddHousehold(row), Numbers(households), Parameters.Uuids(households, h => h.Value));
        var places = All(q => q.Places);
        if (places.Count > 0)
            Read(Places, (c, row) => c.AddPlace(row), Numbers(places), Parameters.Uuids(places, p => p.Value));
        var photos = All(q => q.Photos);
        if (photos.Count > 0)
            Read(NotUploaded, (c, row) => c.AddNotUploaded(row), Numbers(photos), Persons(photos), Parameters.Texts(photos, p => p.Value));
        return reads;

        FieldContextBuilder Of(NpgsqlDataReader row) => contexts[row.GetInt32(0)];

        List<Asked<bool>> Asking(Func<FieldQuestion, bool> asks) => All<bool>(q => asks(q) ? [true] : []);

        List<Asked<T>> All<T>(Func<FieldQuestion, IReadOnlyList<T>> values) =>
            [.. contexts.SelectMany((c, n) => values(c.Question).Select(v => new Asked<T>(n, c.Question, v)))];

        void Read(string sql, Action<FieldContextBuilder, NpgsqlDataReader> read, params ReadOnlySpan<NpgsqlParameter> parameters)
        {
            Add(batch, sql, parameters);
            reads.Add(row => read(Of(row), row));
        }
    }

    static NpgsqlParameter Numbers<T>(List<Asked<T>> asked) => Parameters.Integers(asked, a => a.Number);

    static NpgsqlParameter FirstDays<T>(List<Asked<T>> asked) => Parameters.Dates(asked, a => a.Question.First.Day);

    static NpgsqlParameter LastDays<T>(List<Asked<T>> asked) => Parameters.Dates(asked, a => a.Question.Last.Day);

    static NpgsqlParameter Persons<T>(List<Asked<T>> asked) => Parameters.Texts(asked, a => a.Question.Person.Key);

    static void Add(NpgsqlBatch batch, string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
        batch.BatchCommands.Add(command);
    }

    /// <summary>A value that a question asks for, with the question's number among those that are asked together.</summary>
    readonly record struct Asked<T>(int Number, FieldQuestion Question, T Value);
}
