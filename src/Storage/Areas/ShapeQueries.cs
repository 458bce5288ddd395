using GridActors.Storage.Database;
using Npgsql;

namespace GridActors.Storage.Areas;

public sealed class ShapeQueries(NpgsqlDataSource source)
{
    /// <summary>The GeoJSON geometry of every active area of a pack that has one, by code. Read once for each loaded pack.</summary>
    public IReadOnlyDictionary<string, string> Of(string pack)
    {
        using var command = source.CreateCommand(
            "select a.code, s.geometry from area_shape s join area a on a.key = s.area where a.pack = $1 and a.active"
        );
        command.Bind(Parameters.Of(pack));
        using var reader = command.ExecuteReader();
        var shapes = new Dictionary<string, string>();
        while (reader.Read())
            shapes.Add(reader.GetString(0), reader.GetString(1));
        return shapes;
    }
}
