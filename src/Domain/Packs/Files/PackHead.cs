using System.Collections.Immutable;
using System.Text.Json;
using GridActors.Domain.Clocks;
using GridActors.Domain.Rotas;

namespace GridActors.Domain.Packs.Files;

/// <summary>The content of <c>pack.yaml</c>. Line numbers are kept for checks that need other files.</summary>
sealed class PackHead
{
    static readonly Dictionary<string, Permission> Permissions = Enum.GetValues<Permission>()
        .ToDictionary(p => JsonNamingPolicy.KebabCaseLower.ConvertName(p.ToString()));

    static readonly Dictionary<string, BoardRank> Ranks = Enum.GetValues<BoardRank>()
        .ToDictionary(r => JsonNamingPolicy.CamelCase.ConvertName(r.ToString()));

    const int DefaultDelayDays = 1;

    readonly Dictionary<string, int> _depths = [];
    readonly OrderedDictionary<string, Post> _posts = [];
    readonly OrderedDictionary<string, (Department Department, int Line)> _departments = [];

    readonly OrderedDictionary<string, OtherSystem> _systems = [];
    readonly OrderedDictionary<string, Rota> _rotas = [];

    public string Id { get; private init; } = "";
    public string Name { get; private init; } = "";
    public string NameEn { get; private init; } = "";
    public string TimeZone { get; private init; } = "";
    public WorkSchedule WorkSchedule { get; private init; } = WorkSchedule.Default;
    public string RegisterPrefix { get; private init; } = "";
    public string FallbackPost { get; private init; } = "";
    public ImmutableArray<string> Demo { get; private init; } = [];
    public string? ConfidentialFrom { get; private set; }
    public int ConfidentialDelayDays { get; private set; }
    public BoardRank RankBy { get; private init; }
    public int Line { get; private init; }
    public ImmutableArray<Level> Levels { get; private set; } = [];
    public IReadOnlyDictionary<string, Post> Posts => _posts;
    public IReadOnlyDictionary<string, (Department Department, int Line)> Departments => _departments;

    public IReadOnlyDictionary<string, OtherSystem> Systems => _systems;
    public IReadOnlyDictionary<string, Rota> Rotas => _rotas;
    public ImmutableArray<(GroupRobot Robot, int Line)> Robots { get; private set; } = [];

    /// <returns>Null when the file could not be read at all.</returns>
    public static PackHead? Read(PackFiles files, string folderName, PackErrors errors)
    {
        if (YamlMap.Load(files, PackFiles.Pack, "the pack", errors) is not { } map)
            return null;
        var head = new PackHead
        {
            Line = map.Line,
            Id = map.Text(
                "id",
                text => Formats.Id(text) ?? (text == folderName ? null : $"\"{text}\" must be the name of the folder, {folderName}")
            ),
            Name = map.Text("name", Formats.Name),
            NameEn = map.Optional("nameEn", Formats.Name) ?? "",
            TimeZone = map.Text("timeZone", Formats.TimeZone),
            WorkSchedule = WorkScheduleKeys.Read(map, files.Calendars, errors),
            RegisterPrefix = map.Text("registerPrefix", Formats.RegisterPrefix),
            FallbackPost = map.Text("fallbackPost"),
            Demo = map.Texts("demo", required: false),
            RankBy = map.Optional("rankBy", RankComplaint) is { } rank ? Ranks.GetValueOrDefault(rank) : default,
        };
        map.Optional("origin");
        map.Optional("licence");
        head.ReadLevels(map);
        head.ConfidentialFrom = map.Optional(
            "confidentialFrom",
            level => head.Depth(level) is null ? $"level {level} is not in the list of levels" : null
        );
        head.ConfidentialDelayDays = Formats.Days(map.Optional("confidentialDelayDays", Formats.DelayDays)) ?? DefaultDelayDays;
        head.ReadPosts(map);
        head.ReadDepartments(map);
        head.ReadSystems(map);
        head.ReadRotas(map);
        head.Robots = RobotKeys.Read(map);
        map.Done();
        return head;
    }

    /// <summary>0 for the root's level; null for a level the pack doesn't have.</summary>
    public int? Depth(string level) => _depths.TryGetValue(level, out var depth) ? depth : null;

    /// <summary>What is wrong with a rule "the holders of a post, at or above a level". Only what this file shows is checked.</summary>
    public string? Complaint(string post, string? at)
    {
        if (!_posts.TryGetValue(post, out var found))
            return $"post {post} is not in {PackFiles.Pack}";
        if (at is null)
            return null;
        if (Depth(at) is not { } start)
            return $"level {at} is not in {PackFiles.Pack}";
        return found.Levels.Any(l => Depth(l) <= start) ? null : $"post {post} is never held at level {at} or above";
    }

    void ReadLevels(YamlMap map)
    {
        var levels = ImmutableArray.CreateBuilder<Level>();
        foreach (var item in map.Maps("levels", "a level", required: true))
        {
            var level = new Level(
                item.Text("id", Formats.Id),
                item.Text("name", Formats.Name),
                item.Optional("nameEn", Formats.Name) ?? ""
            );
            item.Done();
            if (_depths.TryAdd(level.Id, levels.Count))
                levels.Add(level);
            else
                item.Wrong($"level {level.Id} stands twice");
        }
        Levels = levels.ToImmutable();
    }

    void ReadPosts(YamlMap map)
    {
        var deputies = new List<(YamlMap Item, string Post, string Deputy)>();
        foreach (var item in map.Maps("posts", "a post", required: true))
        {
            var id = item.Text("id", Formats.Id);
            var levels = item.Texts("levels", required: true);
            foreach (var level in levels.Where(l => Depth(l) is null))
                item.Wrong($"level {level} of post {id} is not in the list of levels");
            var may = ImmutableArray.CreateBuilder<Permission>();
            foreach (var word in item.Texts("may", required: false))
            {
                if (Permissions.TryGetValue(word, out var permission))
                    may.Add(permission);
                else
                    item.Wrong($"\"{word}\" of post {id} is no permission; there are {string.Join(", ", Permissions.Keys)}");
            }
            var post = new Post(id, item.Text("name", Formats.Name), item.Optional("nameEn", Formats.Name) ?? "", levels, may.ToImmutable())
            {
                SecondFactor = item.Flag("secondFactor"),
                Deputy = item.Optional("deputy"),
            };
            item.Done();
            if (post.Deputy is { } deputy)
                deputies.Add((item, id, deputy));
            if (!_posts.TryAdd(id, post))
                item.Wrong($"post {id} stands twice");
        }
        foreach (var (item, id, deputy) in deputies.Where(d => !_posts.ContainsKey(d.Deputy)))
            item.Wrong($"deputy {deputy} of post {id} is not in the list of posts");
    }

    static string? RankComplaint(string text) =>
        Ranks.ContainsKey(text) ? null : $"\"{text}\" must be one of {string.Join(", ", Ranks.Keys)}";

    void ReadDepartments(YamlMap map)
    {
        foreach (var item in map.Maps("departments", "a department", required: false))
        {
            var department = new Department(
                item.Text("id", Formats.Id),
                item.Text("name", Formats.Name),
                item.Optional("nameEn", Formats.Name) ?? "",
                item.Text("post"),
                item.Optional("at")
            );
            item.Done();
            if (!_departments.TryAdd(department.Id, (department, item.Line)))
                item.Wrong($"department {department.Id} stands twice");
            else if (department.Post.Length > 0 && Complaint(department.Post, department.At) is { } complaint)
                item.Wrong($"department {department.Id}: {complaint}");
        }
    }

    void ReadSystems(YamlMap map)
    {
        foreach (var item in map.Maps("systems", "a system", required: false))
        {
            var system = new OtherSystem(
                item.Text("id", Formats.Id),
                item.Text("name", Formats.Name),
                item.Optional("nameEn", Formats.Name) ?? "",
                ClockTerm.Parse(item.Optional("answer", ClockTerm.Complaint))
            );
            item.Done();
            if (!_systems.TryAdd(system.Id, system))
                item.Wrong($"system {system.Id} stands twice");
        }
    }

    void ReadRotas(YamlMap map)
    {
        foreach (var item in map.Maps("rotas", "a rota", required: false))
        {
            var rota = new Rota(
                item.Text("id", Formats.Id),
                item.Text("name", Formats.Name),
                item.Optional("nameEn", Formats.Name) ?? "",
                OfficeInterval.Minute(item.Text("begins", TimeComplaint)) ?? 0,
                OfficeInterval.Minute(item.Text("ends", TimeComplaint)) ?? 0
            );
            item.Done();
            if (!_rotas.TryAdd(rota.Id, rota))
                item.Wrong($"rota {rota.Id} stands twice");
        }

        static string? TimeComplaint(string text) =>
            OfficeInterval.Minute(text) is null ? $"\"{text}\" must be a time of the day like \"17:30\"" : null;
    }
}
