using System.Text.Json;

namespace GridActors.Harness.Fuzz;

sealed record ApiParameter(string Name, string In, JsonElement Schema);

/// <summary>One operation of the service's OpenAPI document.</summary>
/// <param name="Body">The schema of the JSON body; null when it has none.</param>
sealed record ApiOperation(string Method, string Path, IReadOnlyList<ApiParameter> Parameters, JsonElement? Body, bool IsUpload)
{
    public string Name { get; } = $"{Method} {Path}";

    public static IReadOnlyList<ApiOperation> Of(JsonElement document)
    {
        var operations = new List<ApiOperation>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        foreach (var method in path.Value.EnumerateObject().Where(m => m.Value.ValueKind == JsonValueKind.Object))
        {
            var content = Member(Member(method.Value, "requestBody"), "content");
            operations.Add(
                new(
                    method.Name.ToUpperInvariant(),
                    path.Name,
                    [
                        .. Items(Member(path.Value, "parameters"))
                            .Concat(Items(Member(method.Value, "parameters")))
                            .Select(p => Resolve(document, p))
                            .Select(p => new ApiParameter(
                                p.GetProperty("name").GetString()!,
                                p.GetProperty("in").GetString()!,
                                Resolve(document, Member(p, "schema") ?? p)
                            )),
                    ],
                    Member(Member(content, "application/json"), "schema") is { } schema ? Resolve(document, schema) : null,
                    Member(content, "multipart/form-data") is not null
                )
            );
        }
        return operations;
    }

    /// <summary>Follows a reference within the document.</summary>
    public static JsonElement Resolve(JsonElement document, JsonElement schema)
    {
        while (Member(schema, "$ref") is { } reference)
        {
            var target = document;
            foreach (var step in reference.GetString()!.Split('/').Skip(1))
                target = target.GetProperty(step);
            schema = target;
        }
        return schema;
    }

    public static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } p && p.TryGetProperty(name, out var value) ? value : null;

    public static IEnumerable<JsonElement> Items(JsonElement? array) =>
        array is { ValueKind: JsonValueKind.Array } a ? a.EnumerateArray() : [];
}
