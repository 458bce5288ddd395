using System.Collections.Frozen;
using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Domain.Clocks;
using GridActors.Domain.Leaves;
using GridActors.Domain.Rotas;

namespace GridActors.Domain.Packs;

/// <summary>
/// One pack as a tree: where an area is, who holds which post, who receives a case. It is immutable; a changed pack is a new object.
/// </summary>
public sealed partial class LoadedPack
{
    LoadedPack() { }

    FrozenDictionary<string, string> _formerNames = FrozenDictionary<string, string>.Empty;
    FrozenDictionary<string, Category> _formerCategories = FrozenDictionary<string, Category>.Empty;
    FrozenDictionary<string, Department> _formerDepartments = FrozenDictionary<string, Department>.Empty;
    FrozenDictionary<string, FormerArea> _formerAreas = FrozenDictionary<string, FormerArea>.Empty;

    /// <summary>
    /// The pack's settings and catalogue. Its lists of areas, people, holdings and boundaries are empty, because the nodes have them.
    /// </summary>
    public required Pack Pack { get; init; }
    public required TimeZoneInfo TimeZone { get; init; }

    /// <summary>The calendar and office hours by which clocks are due.</summary>
    public required WorkingTime WorkingTime { get; init; }
    public required AreaNode Root { get; init; }
    public required FrozenDictionary<string, AreaNode> Areas { get; init; }
    public required FrozenDictionary<string, PersonEntry> People { get; init; }
    public required FrozenDictionary<string, Category> Categories { get; init; }
    public required FrozenDictionary<string, Department> Departments { get; init; }

    /// <summary>Who is on duty.</summary>
    public required DutyRoster Duty { get; init; }

    /// <summary>Who is on leave, and will be.</summary>
    public LeaveList Leaves { get; private init; } = LeaveList.Empty;

    /// <summary>Who took over from somebody who gave up posts not long ago, by who gave them up.</summary>
    public FrozenDictionary<PersonId, PersonId> Successors { get; private init; } = FrozenDictionary<PersonId, PersonId>.Empty;

    /// <summary>
    /// The pack with the leave and the people who took over that there are now. It is the same object when it has them already, so that
    /// nothing is computed anew, and shares its areas and people with this one otherwise.
    /// </summary>
    public LoadedPack With(IReadOnlyCollection<Leave> leaves, IReadOnlyCollection<(PersonId Person, PersonId Successor)> successions)
    {
        var areSuccessions =
            successions.Count == Successors.Count && successions.All(s => Successors.GetValueOrDefault(s.Person) == s.Successor);
        if (areSuccessions && Leaves.Has(leaves))
            return this;
        return new()
        {
            Pack = Pack,
            TimeZone = TimeZone,
            WorkingTime = WorkingTime,
            Root = Root,
            Areas = Areas,
            People = People,
            Categories = Categories,
            Departments = Departments,
            Duty = Duty,
            Leaves = new(leaves),
            Successors = successions.ToFrozenDictionary(s => s.Person, s => s.Successor),
            _formerNames = _formerNames,
            _formerCategories = _formerCategories,
            _formerDepartments = _formerDepartments,
            _formerAreas = _formerAreas,
        };
    }

    /// <summary>
    /// Whether another one differs from this in who is on leave or took over, at most: it has the same areas, posts and rules.
    /// </summary>
    public bool HasRulesOf(LoadedPack other) => ReferenceEquals(Areas, other.Areas);

    /// <summary>Builds the tree of a pack that was read from its files or from the tables.</summary>
    public static LoadedPack Build(Pack pack)
    {
        var areas = BuildTree(pack);
        var people = pack.People.ToDictionary(
            p => p.Id,
            p => new PersonEntry { Id = new(string.Intern($"{pack.Id}/{p.Id}")), Name = p.Name }
        );
        var posts = pack.Posts.ToDictionary(p => p.Id);
        foreach (var holding in pack.Holdings)
        {
            var (area, post, person) = (areas[holding.Area], posts[holding.Post], people[holding.Person]);
            area.Add(post, person.Id);
            person.Add(post, area);
        }
        var time = new WorkingTime(pack.WorkSchedule, pack.TimeZone);
        return new()
        {
            Pack = pack with { Areas = [], People = [], FormerAreas = [], FormerPeople = [], Holdings = [], Boundaries = [], Sources = [] },
            TimeZone = TimeZoneInfo.FindSystemTimeZoneById(pack.TimeZone),
            WorkingTime = time,
            Duty = new(pack, time),
            Root = areas[pack.Areas[0].Code],
            Areas = areas.ToFrozenDictionary(),
            People = people.ToFrozenDictionary(),
            Categories = pack.Categories.ToFrozenDictionary(c => c.Code),
            Departments = pack.Departments.ToFrozenDictionary(d => d.Id),
            _formerNames = pack.FormerPeople.ToFrozenDictionary(p => p.Id, p => p.Name),
            _formerCategories = pack.FormerCategories.ToFrozenDictionary(c => c.Code),
            _formerDepartments = pack.FormerDepartments.ToFrozenDictionary(d => d.Id),
            _formerAreas = FormerArea.Resolve(pack, areas),
        };
    }

    /// <summary>
    /// A person's name, also of one who is no longer in the pack. The service acts in the name of the system, as the place calls it.
    /// </summary>
    public string NameOf(PersonId person) =>
        People.GetValueOrDefault(person.Id)?.Name
        ?? _formerNames.GetValueOrDefault(person.Id)
        ?? (person == PersonId.Service(Pack.Id) ? Pack.Name : null)
        ?? (person == PersonId.Clock(Pack.Id) ? "时钟" : null)
        ?? Pack.Systems.FirstOrDefault(s => PersonId.System(Pack.Id, s.Id) == person)?.Name
        ?? person.Id;

    public OtherSystem? SystemOf(string id) => Pack.Systems.FirstOrDefault(s => s.Id == id);

    public GroupRobot? RobotOf(string id) => Pack.Robots.FirstOrDefault(r => r.Id == id);

    /// <summary>The system, when cases of the category may be handed over to it.</summary>
    public OtherSystem? SystemFor(string category, string id) => CategoryOf(category)?.ForwardTo.Contains(id) == true ? SystemOf(id) : null;

    /// <summary>How far a level is below the root's, which is 0; null for a level that the pack doesn't have.</summary>
    public int? DepthOf(string level)
    {
        for (var i = 0; i < Pack.Levels.Length; i++)
            if (Pack.Levels[i].Id == level)
                return i;
        return null;
    }

    /// <summary>A level; one that the pack no longer has is named by its id.</summary>
    public Level LevelOf(string id) => DepthOf(id) is { } depth ? Pack.Levels[depth] : new(id, id, id);

    /// <summary>A category, also one that the pack no longer has: for reading a case, not for a new report.</summary>
    public Category? CategoryOf(string code) => Categories.GetValueOrDefault(code) ?? _formerCategories.GetValueOrDefault(code);

    /// <summary>The categories of a class, also those that the pack no longer has.</summary>
    public IReadOnlyList<string> CategoriesOf(string name) =>
        [.. Categories.Values.Concat(_formerCategories.Values).Where(c => c.Class == name).Select(c => c.Code).Distinct()];

    /// <summary>A department, also one that the pack no longer has: for reading a case, not for a transfer.</summary>
    public Department? DepartmentOf(string id) => Departments.GetValueOrDefault(id) ?? _formerDepartments.GetValueOrDefault(id);

    public PersonEntry? Person(PersonId person) => person.Pack == Pack.Id ? People.GetValueOrDefault(person.Id) : null;

    /// <summary>Who took over from somebody who gave up their posts, or, when that one has left, too, from them; null for nobody.</summary>
    /// <param name="isMeant">Whether somebody can be the successor; null for anybody who holds a post.</param>
    public PersonId? SuccessorOf(PersonId person, Func<PersonId, bool>? isMeant = null)
    {
        var seen = new HashSet<PersonId>();
        for (var gone = person; seen.Add(gone) && Successors.TryGetValue(gone, out var next); gone = next)
            if (Person(next) is { Posts.Count: > 0 } && isMeant?.Invoke(next) != false)
                return next;
        return null;
    }

    public DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, TimeZone).DateTime);

    /// <summary>The moment when a day of the pack begins.</summary>
    public DateTimeOffset Start(DateOnly day)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        while (TimeZone.IsInvalidTime(local))
            local = local.AddMinutes(30); // Some zones skip midnight.
        return new(local, TimeZone.GetUtcOffset(local));
    }

    /// <summary>
    /// On a day, boards count the confidential cases that were reported before this moment. They change at the beginning of a day alone,
    /// and by all the cases of an earlier day together: if each case appeared after a time of its own, that moment would tell when it was
    /// reported. A pack without a delay has no such moment.
    /// </summary>
    public DateTimeOffset ConfidentialBefore(DateOnly day) =>
        Pack.ConfidentialDelayDays == 0 ? DateTimeOffset.MaxValue : Start(day.AddDays(-Pack.ConfidentialDelayDays));

    /// <summary>Whether the board of an area counts, on a day, a confidential case that happened in it or below.</summary>
    public bool CountsConfidential(AreaNode area, DateTimeOffset reportedAt, DateOnly day) =>
        area.CountsConfidential && reportedAt < ConfidentialBefore(day);

    /// <summary>Everyone who is offered a case of a category that happened in an area.</summary>
    /// <param name="at">When; null for everybody whom the rules reach at any time.</param>
    /// <remarks>
    /// Where all posts that the category names are vacant, the next level up has the case; where no level has anybody, the fallback post at
    /// the root.
    /// </remarks>
    public ImmutableArray<PersonId> Recipients(Category category, AreaNode area, DateTimeOffset? at)
    {
        ImmutableArray<PersonId> found = [.. NearestHolders(category, area, at)];
        if (found.IsEmpty && NextLevel(category, area) is var (step, above))
            found = above.HoldersOf(step.Posts);
        return found.IsEmpty ? Fallback() : found;
    }

    /// <summary>The lowest level of a category's ladder that isn't vacant.</summary>
    /// <param name="from">It must be of this level or a higher one; null for any.</param>
    public (LadderStep Step, AreaNode At)? NextLevel(Category category, AreaNode area, string? from = null)
    {
        foreach (var step in LadderOf(category))
            if ((from is null || DepthOf(step.Level) <= DepthOf(from)) && area.AtLevel(step.Level) is { } at && at.HasHolder(step.Posts))
                return (step, at);
        return null;
    }

    /// <summary>How cases of a category climb. Confidential ones have a ladder of their category alone, or none.</summary>
    public ImmutableArray<LadderStep> LadderOf(Category category) => category.Ladder ?? (category.Confidential ? [] : Pack.Ladder);

    /// <summary>How often a settled case of a category can be returned; 0 for no limit.</summary>
    public int MaxReturnsOf(Category? category) => category?.MaxReturns ?? Pack.MaxReturns;

    /// <summary>Until when a closed case can be reopened; null for always, and for a case that isn't closed.</summary>
    public DateTimeOffset? ReopenUntil(string category, DateTimeOffset? closedAt) =>
        closedAt is { } at && (CategoryOf(category)?.ReopenWithin ?? Pack.ReopenWithin) is { } term ? WorkingTime.Due(at, term).At : null;

    public SupervisionRule SupervisionOf(string category) => CategoryOf(category)?.Supervision ?? Pack.Supervision;

    /// <summary>How an area meets; null when it doesn't.</summary>
    public MeetingRule? MeetingOf(AreaNode area)
    {
        foreach (var rule in Pack.Meetings)
            if (rule.Level == area.Level.Id)
                return rule;
        return null;
    }

    /// <summary>Everyone who is offered a case that is transferred to a department from an area.</summary>
    /// <remarks>Where the department's post is vacant, the next level up has the case, by the ladder of its category.</remarks>
    public ImmutableArray<PersonId> Recipients(Department department, Category? category, AreaNode area)
    {
        ImmutableArray<PersonId> found = [.. NearestHolders(department.Post, department.At, area).Distinct()];
        if (found.IsEmpty && category is not null && NextLevel(category, area, department.At) is var (step, above))
            found = above.HoldersOf(step.Posts);
        return found.IsEmpty ? Fallback() : found;
    }

    /// <summary>Everyone whom a category's rules find from a place; each once.</summary>
    /// <param name="at">When; null for everybody whom they find at any time.</param>
    public IEnumerable<PersonId> NearestHolders(Category category, AreaNode place, DateTimeOffset? at) =>
        category.Recipients.Where(rule => Applies(rule, place, at)).SelectMany(rule => NearestHolders(rule, place, at)).Distinct();

    /// <summary>Whether a rule is there for a place, and at a moment; without one, at any time.</summary>
    public bool Applies(RecipientRule rule, AreaNode place, DateTimeOffset? at) =>
        (rule.Within is not { } within || (Areas.GetValueOrDefault(within) is { } area && area.Contains(place)))
        && (at is not { } moment || rule.When?.Contain(moment, WorkingTime) != false);

    /// <summary>Whoever is on duty by the rule's rota; without a rota, or while nobody is, the holders of its post.</summary>
    IEnumerable<PersonId> NearestHolders(RecipientRule rule, AreaNode place, DateTimeOffset? at)
    {
        var holders = NearestHolders(rule.Post, rule.At, place);
        if (rule.Rota is not { } rota)
            return holders;
        if (at is not { } moment)
            return Duty.AtAnyTime(rota, rule.At, place).Concat(holders);
        return Duty.NearestArea(rota, rule.At, place, moment) is { } area ? Duty.OnDuty(rota, area, moment) : holders;
    }

    /// <summary>
    /// The holders of a post in the nearest area that has one, going up the tree from a place, or from the place's ancestor of level
    /// <paramref name="at"/>. Nobody when the post is vacant all the way up, or when the place lies above that level.
    /// </summary>
    public static IReadOnlyList<PersonId> NearestHolders(string post, string? at, AreaNode place)
    {
        for (var node = at is null ? place : place.AtLevel(at); node is not null; node = node.Parent)
        {
            List<PersonId>? holders = null;
            foreach (var (held, person) in node.Holders)
                if (held.Id == post)
                    (holders ??= []).Add(person);
            if (holders is not null)
                return holders;
        }
        return [];
    }

    /// <summary>Where <see cref="NearestHolders(string, string?, AreaNode)"/> finds somebody; null where it finds nobody.</summary>
    public static AreaNode? NearestArea(string post, string? at, AreaNode place)
    {
        for (var node = at is null ? place : place.AtLevel(at); node is not null; node = node.Parent)
            if (node.HasHolder(post))
                return node;
        return null;
    }

    /// <summary>Who has a case when the rules find nobody; never empty in a valid pack.</summary>
    ImmutableArray<PersonId> Fallback() => [.. NearestHolders(Pack.FallbackPost, null, Root).Distinct()];

    static Dictionary<string, AreaNode> BuildTree(Pack pack)
    {
        var levels = pack.Levels.ToDictionary(l => l.Id);
        var counting = CountingLevels(pack);
        var areas = new Dictionary<string, AreaNode>(pack.Areas.Length);
        foreach (var area in pack.Areas)
        {
            var parent = area.Parent is null ? null : areas[area.Parent];
            var node = new AreaNode
            {
                Id = new(string.Intern($"{pack.Id}/{area.Code}")),
                Code = area.Code,
                Name = area.Name,
                Level = levels[area.Level],
                Kind = string.Intern(area.Kind),
                Generated = area.Generated,
                Parent = parent,
                Predecessors = area.Predecessors,
                CountsConfidential = parent is null || counting.Contains(area.Level),
            };
            areas.Add(area.Code, node);
            parent?.Add(node);
        }
        Number(areas[pack.Areas[0].Code], 1);
        return areas;
    }

    /// <summary>The levels whose boards count confidential cases, from the root's down.</summary>
    static HashSet<string> CountingLevels(Pack pack)
    {
        var ids = pack.Levels.Select(l => l.Id).ToList();
        var lowest = ids.IndexOf(pack.ConfidentialFrom ?? "town");
        return [.. ids.Take(Math.Max(lowest, 0) + 1)];
    }

    /// <returns>The next free number.</returns>
    static int Number(AreaNode node, int next)
    {
        node.Left = next++;
        foreach (var child in node.Children)
            next = Number(child, next);
        node.Right = next++;
        return next;
    }
}
