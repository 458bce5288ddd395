using System.Globalization;
using System.Text;
using System.Text.Json;

namespace GridActors.Harness.Fuzz;

/// <summary>Bodies by schema: valid, nearly valid and hostile ones.</summary>
sealed class FuzzBodies(JsonElement document, KnownValues known)
{
    const int MaxDepth = 5;

    public byte[] Json(JsonElement schema, Random random)
    {
        if (random.Chance(0.02))
            return Encoding.UTF8.GetBytes(HostileValues.Json(random));
        var text = Value("", schema, random, random.Chance(0.5) ? 0 : 0.15, 0);
        var bytes = Encoding.UTF8.GetBytes(text);
        return random.Chance(0.9) ? bytes : Broken(text, bytes, random);
    }

    /// <summary>A value for a name of the API: a known one where there is one.</summary>
    public string Named(string name, Random random) =>
        name switch
        {
            "area" or "code" or "under" => known.Any("area", random),
            "category" => known.Any("category", random),
            "department" => known.Any("department", random),
            "to" or "claimant" or "reporter" or "account" or "person" => random.Chance(0.2) ? "me" : known.Any("person", random),
            "id" => known.Any("case", random),
            "photo" or "photos" => known.Any("photo", random),
            "cursor" => known.Any("cursor", random),
            "status" => random.Any(new[] { "open", "offered", "claimed", "on-site", "resolved", "closed", "claimed,closed" }),
            _ => null,
        } ?? random.Any(new[] { "路口井盖缺失", "占道垃圾", "done", "已处理", "a" });

    string Value(string name, JsonElement unresolved, Random random, double hostile, int depth)
    {
        var schema = ApiOperation.Resolve(document, unresolved);
        if (random.Chance(hostile) || depth > MaxDepth)
            return HostileValues.Json(random);
        foreach (var choice in new[] { "oneOf", "anyOf", "allOf" })
            if (ApiOperation.Items(ApiOperation.Member(schema, choice)).ToList() is { Count: > 0 } choices)
                return Value(name, random.Any(choices), random, hostile, depth);
        if (ApiOperation.Items(ApiOperation.Member(schema, "enum")).ToList() is { Count: > 0 } words)
            return random.Any(words).GetRawText();
        return TypeOf(schema, random) switch
        {
            "object" => Object(schema, random, hostile, depth),
            "array" => Array(name, schema, random, hostile, depth),
            "integer" => random.Chance(hostile) ? HostileValues.Number(random) : random.Next(1, 6).ToString(CultureInfo.InvariantCulture),
            "number" => random.Chance(hostile) ? HostileValues.Number(random) : Coordinate(name, random),
            "boolean" => random.Chance(0.5) ? "true" : "false",
            "null" => "null",
            _ => HostileValues.JsonText(random.Chance(hostile) ? HostileValues.Text(random) : Named(name, random), random),
        };
    }

    static string? TypeOf(JsonElement schema, Random random) =>
        ApiOperation.Member(schema, "type") switch
        {
            { ValueKind: JsonValueKind.Array } types => random.Any(types.EnumerateArray().ToList()).GetString(),
            { ValueKind: JsonValueKind.String } type => type.GetString(),
            _ => ApiOperation.Member(schema, "properties") is null ? null : "object",
        };

    string Object(JsonElement schema, Random random, double hostile, int depth)
    {
        var members = new List<string>();
        foreach (var property in ApiOperation.Member(schema, "properties")?.EnumerateObject().ToList() ?? [])
        {
            if (random.Chance(hostile == 0 ? 0.2 : 0.3) && hostile > 0)
                continue;
            members.Add($"\"{property.Name}\":{Value(property.Name, property.Value, random, hostile, depth + 1)}");
        }
        if (random.Chance(hostile))
            members.Add(HostileValues.JsonText(HostileValues.Text(random), random) + ":" + HostileValues.Json(random));
        if (members.Count > 0 && random.Chance(hostile))
            members.Add(random.Any(members));
        return "{" + string.Join(',', members) + "}";
    }

    string Array(string name, JsonElement schema, Random random, double hostile, int depth)
    {
        var count = random.Chance(hostile) ? random.Any(new[] { 10, 1000 }) : random.Next(3);
        var items = ApiOperation.Member(schema, "items") ?? schema;
        return "[" + string.Join(',', Enumerable.Range(0, count).Select(_ => Value(name, items, random, hostile, depth + 1))) + "]";
    }

    static string Coordinate(string name, Random random) =>
        ((name == "lat" ? 27.05 : 113.02) + random.NextDouble()).ToString(CultureInfo.InvariantCulture);

    /// <summary>The body as a bad client, a bad line or another encoding leaves it.</summary>
    static byte[] Broken(string text, byte[] bytes, Random random) =>
        random.Next(10) switch
        {
            0 => [],
            1 => bytes[..random.Next(bytes.Length)],
            2 => [0xEF, 0xBB, 0xBF, .. bytes],
            3 => Encoding.Unicode.GetBytes(text),
            4 => Encoding.BigEndianUnicode.GetBytes(text),
            5 => [.. bytes, .. bytes],
            6 => Encoding.UTF8.GetBytes(text.Replace("\"", "'", StringComparison.Ordinal)),
            7 => Encoding.UTF8.GetBytes("/* comment */" + text + ","),
            8 => Encoding.UTF8.GetBytes("{\"title\":\"" + new string('a', random.Any(new[] { 70_000, 1_100_000 })) + "\"}"),
            _ => FuzzFiles.Changed(bytes, random),
        };
}
