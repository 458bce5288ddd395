using System.Collections.Immutable;
using System.Text.Json;
using NetTopologySuite.Geometries;
using NetTopologySuite.Operation.Valid;

namespace GridActors.Domain.Packs.Files;

/// <summary>What <c>boundaries.geojson</c> says: a FeatureCollection in WGS 84 with a code on every feature.</summary>
static class BoundariesFile
{
    static readonly GeometryFactory Geometries = new();

    /// <param name="areas">Null when the areas could not be read; the codes are not checked then.</param>
    public static (ImmutableArray<Boundary> Boundaries, bool Schematic) Read(PackFiles files, AreasFile? areas, PackErrors errors)
    {
        var bytes = files.Bytes(PackFiles.Boundaries);
        if (bytes.IsEmpty)
            return ([], false);
        var reading = new Reading(areas, errors);
        try
        {
            reading.Run(bytes);
        }
        catch (JsonException e)
        {
            errors.Add(PackFiles.Boundaries, (int)(e.LineNumber ?? 0) + 1, "this is not JSON");
        }
        catch (InvalidOperationException)
        {
            errors.Add(PackFiles.Boundaries, reading.Line, "a text has half of a character (a lone surrogate), so it can't be read");
        }
        return (reading.Boundaries.ToImmutable(), reading.Schematic);
    }

    /// <summary>Reads the file token by token, because a parsed document has no line numbers.</summary>
    sealed class Reading(AreasFile? areas, PackErrors errors)
    {
        readonly Dictionary<string, int> _lines = [];
        int _counted;
        int _line = 1;

        /// <summary>The line that was reached.</summary>
        public int Line => _line;

        public ImmutableArray<Boundary>.Builder Boundaries { get; } = ImmutableArray.CreateBuilder<Boundary>();
        public bool Schematic { get; private set; }

        public void Run(ReadOnlySpan<byte> bytes)
        {
            var json = new Utf8JsonReader(bytes);
            json.Read();
            if (json.TokenType != JsonTokenType.StartObject)
            {
                Wrong(1, "the file must be a GeoJSON FeatureCollection");
                return;
            }
            string? type = null;
            var features = false;
            while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
            {
                var name = json.GetString();
                var line = LineOf(bytes, json.TokenStartIndex);
                json.Read();
                if (name == "features" && json.TokenType == JsonTokenType.StartArray)
                {
                    features = true;
                    while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                    {
                        var at = LineOf(bytes, json.TokenStartIndex);
                        Feature(JsonElement.ParseValue(ref json), at);
                    }
                    continue;
                }
                var value = JsonElement.ParseValue(ref json);
                if (name == "type")
                    type = value.ValueKind == JsonValueKind.String ? value.GetString() : "";
                else if (name == "schematic")
                    ReadSchematic(value, line);
                else if (name == "crs")
                    CheckCrs(value, line);
            }
            // One more read reports anything that follows the object.
            json.Read();
            if (type != "FeatureCollection" || !features)
                Wrong(1, "the file must be a GeoJSON FeatureCollection with features");
        }

        void ReadSchematic(JsonElement value, int line)
        {
            if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
                Schematic = value.GetBoolean();
            else
                Wrong(line, "schematic must be true or false");
        }

        /// <summary>
        /// GeoJSON has one coordinate system. A file that names another one (GCJ-02, a projection) would be drawn in the wrong place.
        /// </summary>
        void CheckCrs(JsonElement value, int line)
        {
            var text = value.GetRawText();
            if (!text.Contains("CRS84", StringComparison.Ordinal) && !text.Contains("4326", StringComparison.Ordinal))
                Wrong(line, "the coordinates must be WGS 84, longitude first (CRS84)");
        }

        void Feature(JsonElement feature, int line)
        {
            if (Member(Member(feature, "properties"), "code") is not { ValueKind: JsonValueKind.String } codeElement)
            {
                Wrong(line, "the feature has no properties.code that is a text");
                return;
            }
            var code = codeElement.GetString()!;
            if (!_lines.TryAdd(code, line))
                Wrong(line, $"area {code} has two shapes; the first is in line {_lines[code]}");
            if (areas is not null && !areas.Knows(code))
                Wrong(line, $"area {code} is not in {PackFiles.Areas}");
            if (Member(feature, "geometry") is not { ValueKind: JsonValueKind.Object } geometry)
                Wrong(line, $"area {code} has no geometry");
            else if (Complaint(geometry) is { } complaint)
                Wrong(line, $"the shape of area {code} {complaint}");
            else
                Boundaries.Add(new Boundary(code, geometry.GetRawText()));
        }

        void Wrong(int line, string message) => errors.Add(PackFiles.Boundaries, line, message);

        int LineOf(ReadOnlySpan<byte> bytes, long index)
        {
            _line += bytes[_counted..(int)index].Count((byte)'\n');
            _counted = (int)index;
            return _line;
        }
    }

    static JsonElement? Member(JsonElement? parent, string name) =>
        parent is { ValueKind: JsonValueKind.Object } p && p.TryGetProperty(name, out var value) ? value : null;

    static string? Complaint(JsonElement geometry)
    {
        var coordinates = Member(geometry, "coordinates");
        var type = Member(geometry, "type") is { ValueKind: JsonValueKind.String } t ? t.GetString() : null;
        try
        {
            Geometry shape = type switch
            {
                "Polygon" => ToPolygon(coordinates),
                "MultiPolygon" => Geometries.CreateMultiPolygon([.. Items(coordinates).Select(p => ToPolygon(p))]),
                _ => throw new FormatException("must be a Polygon or a MultiPolygon"),
            };
            if (shape.IsEmpty)
                return "is empty";
            var valid = new IsValidOp(shape);
            if (valid.IsValid)
                return null;
            var error = valid.ValidationError;
            return FormattableString.Invariant($"is invalid near {error.Coordinate.X}, {error.Coordinate.Y}: {error.Message}");
        }
        catch (FormatException e)
        {
            return e.Message;
        }
    }

    static Polygon ToPolygon(JsonElement? rings)
    {
        LinearRing[] closed = [.. Items(rings).Select(ToRing)];
        if (closed.Length == 0)
            throw new FormatException("has a polygon without a ring");
        return Geometries.CreatePolygon(closed[0], closed[1..]);
    }

    static LinearRing ToRing(JsonElement ring)
    {
        Coordinate[] points = [.. Items(ring).Select(ToCoordinate)];
        if (points.Length < 4)
            throw new FormatException("has a ring of fewer than four positions");
        if (!points[0].Equals2D(points[^1]))
            throw new FormatException("has a ring that is not closed: its last position must be its first");
        return Geometries.CreateLinearRing(points);
    }

    static Coordinate ToCoordinate(JsonElement position)
    {
        if (
            position.ValueKind != JsonValueKind.Array
            || position.GetArrayLength() is < 2 or > 3
            || !position.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number)
        )
            throw new FormatException("has a position that is not [longitude, latitude]");
        var (longitude, latitude) = (position[0].GetDouble(), position[1].GetDouble());
        if (longitude is >= -180 and <= 180 && latitude is >= -90 and <= 90)
            return new Coordinate(longitude, latitude);
        var hint = latitude is >= -180 and <= 180 && longitude is >= -90 and <= 90 ? "; longitude comes first" : "";
        throw new FormatException(FormattableString.Invariant($"has a position out of range, [{longitude}, {latitude}]{hint}"));
    }

    static JsonElement.ArrayEnumerator Items(JsonElement? array) =>
        array is { ValueKind: JsonValueKind.Array } a
            ? a.EnumerateArray()
            : throw new FormatException("has coordinates that are not nested lists");
}
