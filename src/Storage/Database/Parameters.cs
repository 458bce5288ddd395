using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace GridActors.Storage.Database;

/// <summary>Typed positional parameters. The arrays are arguments of <c>unnest</c>.</summary>
static class Parameters
{
    public static void Bind(this NpgsqlCommand command, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        foreach (var parameter in parameters)
            command.Parameters.Add(parameter);
    }

    public static NpgsqlParameter Of(string? value) => new() { NpgsqlDbType = NpgsqlDbType.Text, Value = (object?)value ?? DBNull.Value };

    public static NpgsqlParameter Of(short value) => new() { NpgsqlDbType = NpgsqlDbType.Smallint, Value = value };

    public static NpgsqlParameter Of(int value) => new() { NpgsqlDbType = NpgsqlDbType.Integer, Value = value };

    public static NpgsqlParameter Of(long value) => new() { NpgsqlDbType = NpgsqlDbType.Bigint, Value = value };

    public static NpgsqlParameter Of(double value) => new() { NpgsqlDbType = NpgsqlDbType.Double, Value = value };

    public static NpgsqlParameter Of(Guid value) => new() { NpgsqlDbType = NpgsqlDbType.Uuid, Value = value };

    public static NpgsqlParameter Of(DateOnly value) => new() { NpgsqlDbType = NpgsqlDbType.Date, Value = value };

    public static NpgsqlParameter Of(DateOnly? value) => new() { NpgsqlDbType = NpgsqlDbType.Date, Value = (object?)value ?? DBNull.Value };

    public static NpgsqlParameter Of(TimeSpan value) => new() { NpgsqlDbType = NpgsqlDbType.Interval, Value = value };

    public static NpgsqlParameter Of(bool value) => new() { NpgsqlDbType = NpgsqlDbType.Boolean, Value = value };

    public static NpgsqlParameter Of(byte[] value) => new() { NpgsqlDbType = NpgsqlDbType.Bytea, Value = value };

    public static NpgsqlParameter Of(int[] value) => new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Integer, Value = value };

    /// <summary>Npgsql takes only UTC for <c>timestamptz</c>.</summary>
    public static NpgsqlParameter Of(DateTimeOffset? value) =>
        new() { NpgsqlDbType = NpgsqlDbType.TimestampTz, Value = value is { } at ? at.UtcDateTime : DBNull.Value };

    public static NpgsqlParameter Texts<T>(IReadOnlyList<T> rows, Func<T, string?> value) => Array(rows, value, NpgsqlDbType.Text);

    /// <summary>A text[] that is null.</summary>
    public static NpgsqlParameter NoTexts => new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text, Value = DBNull.Value };

    public static NpgsqlParameter Jsons<T>(IReadOnlyList<T> rows, Func<T, string> value) => Array(rows, value, NpgsqlDbType.Jsonb);

    public static NpgsqlParameter Integers<T>(IReadOnlyList<T> rows, Func<T, int> value) => Array(rows, value, NpgsqlDbType.Integer);

    public static NpgsqlParameter NullableIntegers<T>(IReadOnlyList<T> rows, Func<T, int?> value) =>
        Array(rows, value, NpgsqlDbType.Integer);

    public static NpgsqlParameter Bigints<T>(IReadOnlyList<T> rows, Func<T, long> value) => Array(rows, value, NpgsqlDbType.Bigint);

    public static NpgsqlParameter Smallints<T>(IReadOnlyList<T> rows, Func<T, short> value) => Array(rows, value, NpgsqlDbType.Smallint);

    public static NpgsqlParameter NullableSmallints<T>(IReadOnlyList<T> rows, Func<T, short?> value) =>
        Array(rows, value, NpgsqlDbType.Smallint);

    public static NpgsqlParameter NullableDoubles<T>(IReadOnlyList<T> rows, Func<T, double?> value) =>
        Array(rows, value, NpgsqlDbType.Double);

    public static NpgsqlParameter Booleans<T>(IReadOnlyList<T> rows, Func<T, bool> value) => Array(rows, value, NpgsqlDbType.Boolean);

    public static NpgsqlParameter Uuids<T>(IReadOnlyList<T> rows, Func<T, Guid> value) => Array(rows, value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter NullableUuids<T>(IReadOnlyList<T> rows, Func<T, Guid?> value) => Array(rows, value, NpgsqlDbType.Uuid);

    public static NpgsqlParameter Bytes<T>(IReadOnlyList<T> rows, Func<T, byte[]> value) => Array(rows, value, NpgsqlDbType.Bytea);

    public static NpgsqlParameter NullableBytes<T>(IReadOnlyList<T> rows, Func<T, byte[]?> value) => Array(rows, value, NpgsqlDbType.Bytea);

    public static NpgsqlParameter Dates<T>(IReadOnlyList<T> rows, Func<T, DateOnly> value) => Array(rows, value, NpgsqlDbType.Date);

    public static NpgsqlParameter NullableDates<T>(IReadOnlyList<T> rows, Func<T, DateOnly?> value) =>
        Array(rows, value, NpgsqlDbType.Date);

    public static NpgsqlParameter Times<T>(IReadOnlyList<T> rows, Func<T, DateTimeOffset> value) =>
        Array(rows, r => value(r).UtcDateTime, NpgsqlDbType.TimestampTz);

    public static NpgsqlParameter NullableTimes<T>(IReadOnlyList<T> rows, Func<T, DateTimeOffset?> value) =>
        Array(rows, r => value(r)?.UtcDateTime, NpgsqlDbType.TimestampTz);

    /// <summary>
    /// One text[] for each row, written as literals because unnest would flatten an array of arrays. The query casts them with
    /// <c>::text[]</c>.
    /// </summary>
    public static NpgsqlParameter TextArrays<T>(IReadOnlyList<T> rows, Func<T, IEnumerable<string>> value) =>
        Texts(rows, r => "{" + string.Join(',', value(r).Select(Quote)) + "}");

    /// <summary>One integer[] for each row, as <see cref="TextArrays"/>; the query casts them with <c>::integer[]</c>.</summary>
    public static NpgsqlParameter IntegerArrays<T>(IReadOnlyList<T> rows, Func<T, IEnumerable<int>> value) =>
        Texts(rows, r => "{" + string.Join(',', value(r).Select(i => i.ToString(CultureInfo.InvariantCulture))) + "}");

    /// <summary>One bytea[] for each row, as <see cref="TextArrays"/>; the query casts them with <c>::bytea[]</c>.</summary>
    public static NpgsqlParameter ByteArrays<T>(IReadOnlyList<T> rows, Func<T, IEnumerable<byte[]>> value) =>
        Texts(rows, r => "{" + string.Join(',', value(r).Select(b => $"\"\\\\x{Convert.ToHexString(b)}\"")) + "}");

    /// <summary>Null stays null.</summary>
    public static NpgsqlParameter NullableTextArrays<T>(IReadOnlyList<T> rows, Func<T, IEnumerable<string>?> value) =>
        Texts(rows, r => value(r) is { } elements ? "{" + string.Join(',', elements.Select(Quote)) + "}" : null);

    static string Quote(string element) =>
        "\"" + element.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal) + "\"";

    static NpgsqlParameter Array<T, TValue>(IReadOnlyList<T> rows, Func<T, TValue> value, NpgsqlDbType type)
    {
        var values = new TValue[rows.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = value(rows[i]);
        return new NpgsqlParameter<TValue[]> { NpgsqlDbType = NpgsqlDbType.Array | type, TypedValue = values };
    }
}
