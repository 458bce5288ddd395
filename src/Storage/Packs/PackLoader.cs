using System.Collections.Frozen;
using System.Text.Json;
using GridActors.Domain.Packs;
using Npgsql;

namespace GridActors.Storage.Packs;

/// <summary>Reads the packs' tables into memory, and again when a pack changed.</summary>
public sealed class PackLoader(NpgsqlDataSource source) : IPacks
{
    volatile LoadedPacks _current = LoadedPacks.Empty;

    public LoadedPacks Current => _current;

    public async Task Refresh(CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        // One picture: a pack that is being loaded is seen whole or not at all.
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellationToken);
        var packs = new List<LoadedPack>();
        var known = _current;
        foreach (var pack in await Packs(connection, cancellationToken))
            packs.Add(known.Pack(pack.Id) is { } same && same.Pack.Digest == pack.Digest ? same : await Load(connection, pack, cancellationToken));
        _current = new LoadedPacks(packs);
    }

    static async Task<List<Pack>> Packs(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("select document from pack order by id", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var packs = new List<Pack>();
        while (await reader.ReadAsync(cancellationToken))
            packs.Add(JsonSerializer.Deserialize<Pack>(reader.GetString(0), PackStore.Json)!);
        return packs;
    }

    static async Task<LoadedPack> Load(NpgsqlConnection connection, Pack pack, CancellationToken cancellationToken)
    {
        var levels = pack.Levels.ToDictionary(l => l.Id);
        var posts = pack.Posts.ToDictionary(p => p.Id);
        var areas = new Dictionary<string, AreaNode>();
        await using (var command = new NpgsqlCommand(
            "select code, name, level, parent, kind, generated, lft, rgt from area where pack = $1 and active order by lft", connection))
        {
            command.Parameters.Add(new() { Value = pack.Id });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var parent = reader.IsDBNull(3) ? null : areas[reader.GetString(3)];
                var node = new AreaNode
                {
                    Id = new(string.Intern($"{pack.Id}/{reader.GetString(0)}")),
                    Code = reader.GetString(0),
                    Name = reader.GetString(1),
                    Level = levels[reader.GetString(2)],
                    Parent = parent,
                    Kind = string.Intern(reader.GetString(4)),
                    Generated = reader.GetBoolean(5),
                    Left = reader.GetInt32(6),
                    Right = reader.GetInt32(7),
                };
                areas.Add(reader.GetString(0), node);
                parent?.Add(node);
            }
        }

        var people = new Dictionary<string, PersonEntry>();
        await using (var command = new NpgsqlCommand("select id, name from person where pack = $1 and active", connection))
        {
            command.Parameters.Add(new() { Value = pack.Id });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                var id = reader.GetString(0);
                people.Add(id, new() { Id = new(string.Intern($"{pack.Id}/{id}")), Name = reader.GetString(1) });
            }
        }

        await using (var command = new NpgsqlCommand(
            "select a.code, h.post, p.id from holding h join area a on a.key = h.area join person p on p.key = h.person where a.pack = $1 order by a.lft, h.post, p.id", connection))
        {
            command.Parameters.Add(new() { Value = pack.Id });
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
            {
                if (!areas.TryGetValue(reader.GetString(0), out var area) || !people.TryGetValue(reader.GetString(2), out var person)) continue;
                var post = posts[reader.GetString(1)];
                area.Add(post, person.Id);
                person.Add(post, area);
            }
        }

        return new()
        {
            Pack = pack,
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(pack.TimeZone),
            Root = areas.Values.First(a => a.Parent is null),
            Areas = areas.ToFrozenDictionary(),
            People = people.ToFrozenDictionary(),
            Categories = pack.Categories.ToFrozenDictionary(c => c.Code),
            Departments = pack.Departments.ToFrozenDictionary(d => d.Id),
        };
    }
}
