using System.Collections.Immutable;
using System.Text.Json.Serialization;
using GridActors.Contracts.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.FieldTasks;
using GridActors.Domain.Households;
using GridActors.Domain.Rotas;
using GridActors.Domain.Scores;
using GridActors.Domain.Surveys;
using GridActors.Domain.WorkerDays;

namespace GridActors.Domain.Packs;

/// <summary>
/// One county (or town) as its pack describes it: the tree, the posts, the people and the catalogue. A pack of this type has been checked:
/// every reference resolves, and every category reaches somebody in every grid. docs/packs.md describes the files.
/// </summary>
public sealed record Pack
{
    /// <summary>
    /// Lower-case letters, digits and hyphens; the folder's name. It is the first part of the key of every area and person of the pack.
    /// </summary>
    public required string Id { get; init; }
    public required string Name { get; init; }
    public string NameEn { get; init; } = "";

    /// <summary>IANA name, e.g. <c>Asia/Shanghai</c>. "Today" on the pack's boards is the day in this zone.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The official calendar and the office hours by which clocks run.</summary>
    public WorkSchedule WorkSchedule { get; init; } = WorkSchedule.Default;

    /// <summary>Two to four capital letters that begin every register number of the pack.</summary>
    public required string RegisterPrefix { get; init; }

    /// <summary>From the root down.</summary>
    public required ImmutableArray<Level> Levels { get; init; }
    public required ImmutableArray<Post> Posts { get; init; }

    /// <summary>Parents before children, the root first.</summary>
    public required ImmutableArray<Area> Areas { get; init; }
    public required ImmutableArray<Person> People { get; init; }
    public required ImmutableArray<PostHolding> Holdings { get; init; }
    public required ImmutableArray<Department> Departments { get; init; }
    public required ImmutableArray<Category> Categories { get; init; }

    /// <summary>How a case climbs that isn't solved where it is, the lowest level first. A category can have another ladder.</summary>
    public ImmutableArray<LadderStep> Ladder { get; init; } = [];

    /// <summary>The rule of supervision notices. A category can have another one.</summary>
    public SupervisionRule Supervision { get; init; } = SupervisionRule.None;

    /// <summary>How often a settled case can be returned to be done again; 0 for no limit. A category can have another number.</summary>
    public int MaxReturns { get; init; }

    /// <summary>How long after its closing a case can be reopened; null for always. A category can have another term.</summary>
    public Term? ReopenWithin { get; init; }

    /// <summary>The other systems to which cases can be handed over.</summary>
    public ImmutableArray<OtherSystem> Systems { get; init; } = [];

    /// <summary>What boards rank their areas by, unless somebody chooses something else.</summary>
    public BoardRank RankBy { get; init; }

    /// <summary>The robots of group chats (群机器人) that tell what happens to cases.</summary>
    public ImmutableArray<GroupRobot> Robots { get; init; } = [];

    /// <summary>Who is heard in a consultation; no parties where the place has none.</summary>
    public ConsultationRule Consultation { get; init; } = ConsultationRule.None;

    /// <summary>Which areas meet over their ledgers, how often, and who is expected.</summary>
    public ImmutableArray<MeetingRule> Meetings { get; init; } = [];

    /// <summary>The duty rotas (值班表) that rules of recipients can name.</summary>
    public ImmutableArray<Rota> Rotas { get; init; } = [];

    /// <summary>Who is on duty when.</summary>
    public ImmutableArray<Shift> Shifts { get; init; } = [];

    /// <summary>The daily-patrol checklist (日巡查清单).</summary>
    public ImmutableArray<ChecklistItem> Checklist
    {
        get;
        // Lines that are written without an id, and those of packs that were stored before lines had one, are known by their place.
        init => field = [.. value.Select((line, at) => line.Id.Length > 0 ? line : line with { Id = $"item-{at + 1}" })];
    } = [];

    /// <summary>What is kept about households; null where the place keeps nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public HouseholdRules? Households { get; init; }

    /// <summary>The surveys that the pack defines; null where it defines none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public SurveyRules? Surveys { get; init; }

    /// <summary>What the pack says of its workers' days; null where it says nothing, and the defaults hold.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public FieldRules? Field { get; init; }

    /// <summary>How the pack scores its workers; null where it doesn't.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ScoreRules? Scores { get; init; }

    /// <summary>The tasks that the pack has ready to be sent down.</summary>
    public ImmutableArray<TaskTemplate> Tasks { get; init; } = [];

    /// <summary>Categories of earlier versions of the pack, for reading the cases that have them. Nothing is reported in them.</summary>
    public ImmutableArray<Category> FormerCategories { get; init; } = [];

    /// <summary>Departments of earlier versions of the pack, for reading. Nothing is transferred to them any more.</summary>
    public ImmutableArray<Department> FormerDepartments { get; init; } = [];

    /// <summary>Areas of earlier versions of the pack, because households may still be registered there.</summary>
    [JsonIgnore]
    public ImmutableArray<Area> FormerAreas { get; init; } = [];

    /// <summary>People of earlier versions of the pack, for reading. They hold no post.</summary>
    public ImmutableArray<Person> FormerPeople { get; init; } = [];

    /// <summary>
    /// The lowest level at which boards count confidential cases. Null: the level <c>town</c>, or the root's where there is none.
    /// </summary>
    public string? ConfidentialFrom { get; init; }

    /// <summary>
    /// How many days boards tell nothing of a confidential case. 0: they count it at once, as packs do that were loaded before there was a
    /// delay.
    /// </summary>
    public int ConfidentialDelayDays { get; init; }

    /// <summary>Who is offered a case when a rule of the catalogue finds nobody: a post that is held at the root.</summary>
    public required string FallbackPost { get; init; }

    /// <summary>The ids of the people that a demo's sign-in page offers: a few with different posts.</summary>
    public ImmutableArray<string> Demo { get; init; } = [];

    /// <summary>The shapes of the areas that have one. Empty when the pack has no <c>boundaries.geojson</c>.</summary>
    public ImmutableArray<Boundary> Boundaries { get; init; } = [];

    /// <summary>True when the shapes were drawn by a generator and stand for no real border.</summary>
    public bool BoundariesAreSchematic { get; init; }

    /// <summary>The files as they were read; empty for a pack that wasn't read from files.</summary>
    [JsonIgnore]
    public ImmutableArray<PackSource> Sources { get; init; } = [];

    /// <summary>SHA-256 over the files of the pack and of the official calendars, hex; an unchanged pack is not loaded twice.</summary>
    public required string Digest { get; init; }
}

/// <summary>A line of the daily-patrol checklist: what is looked at.</summary>
/// <param name="Group">Under which heading it stands; empty for none.</param>
/// <param name="Category">The category in which a find is reported; null for none.</param>
public sealed record ChecklistItem(string Name, string NameEn, string Group, string GroupEn, string? Category)
{
    /// <summary>By which a patrol says what it has seen: <c>item-1</c> for the first line, and so on, where the pack gives none.</summary>
    public string Id { get; init; } = "";

    /// <summary>Whoever looks at it takes a photo.</summary>
    public bool Photo { get; init; }
}

public sealed record Level(string Id, string Name, string NameEn);

/// <param name="Levels">The levels at which the post can be held.</param>
/// <param name="May">What its holder may do in the area it is held for and everything below.</param>
public sealed record Post(string Id, string Name, string NameEn, ImmutableArray<string> Levels, ImmutableArray<Permission> May)
{
    /// <summary>Its holders sign in with a code of an authenticator app, too.</summary>
    public bool SecondFactor { get; init; }

    /// <summary>The post whose nearest holders stand in for a holder on leave that names no deputy; null for none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Deputy { get; init; }
}

/// <param name="Employment">A word that the pack chooses, e.g. <c>full-time</c>; empty when it has none.</param>
public sealed record Person(string Id, string Name, string Employment, bool Generated);

public sealed record PostHolding(string Area, string Post, string Person);

/// <summary>
/// A unit that a case can be transferred to: the holders of <see cref="Post"/> nearest to the case, at or above level <see cref="At"/>.
/// </summary>
public sealed record Department(string Id, string Name, string NameEn, string Post, string? At);

/// <param name="Class">The class (大类) the category belongs to, as the pack names it; in English, <paramref name="ClassEn"/>.</param>
/// <param name="Department">The department that answers for the category; a key of <see cref="Pack.Departments"/>, or null.</param>
/// <param name="Confidential">
/// Only the recipients, the claimant and the reporter may see such a case. Boards count it from <see cref="Pack.ConfidentialFrom"/>
/// upwards, and don't show it.
/// </param>
/// <param name="Materials">What the reporter is asked to bring or attach.</param>
public sealed record Category(
    string Code,
    string Name,
    string NameEn,
    string Class,
    ImmutableArray<RecipientRule> Recipients,
    string? Department,
    bool Confidential,
    CategoryClocks Clocks,
    ImmutableArray<string> Materials,
    string ClassEn = ""
)
{
    /// <summary>Whether its recipients change only because time passes.</summary>
    [JsonIgnore]
    public bool FollowsTime => Recipients.Any(r => r.When is not null || r.Rota is not null);

    /// <summary>The category's own ladder; null where it is the pack's.</summary>
    public ImmutableArray<LadderStep>? Ladder { get; init; }

    /// <summary>Whether somebody else than who solved a case must strike it off.</summary>
    public bool ClosedByAnother { get; init; }

    /// <summary>Whether whoever solves a case says how it was settled by mediation.</summary>
    public bool Mediation { get; init; }

    /// <summary>How often a settled case can be returned; null where it is the pack's number.</summary>
    public int? MaxReturns { get; init; }

    /// <summary>How long after its closing a case can be reopened; null where it is the pack's term.</summary>
    public Term? ReopenWithin { get; init; }

    /// <summary>Whether an explained case can't be returned.</summary>
    public bool ExplanationIsFinal { get; init; }

    /// <summary>The systems of the pack to which cases of the category may be handed over. Without this, none is.</summary>
    public ImmutableArray<string> ForwardTo { get; init; } = [];

    /// <summary>The category's own rule of supervision notices; null where it is the pack's.</summary>
    public SupervisionRule? Supervision { get; init; }
}

/// <summary>
/// Another system to which cases can be handed over, e.g. the 12345 hotline. Its address and its keys are settings, because they differ
/// from deployment to deployment.
/// </summary>
/// <param name="Answer">How soon its answer is expected; null for no term.</param>
public sealed record OtherSystem(string Id, string Name, string NameEn, ClockTerm? Answer);

/// <summary>When a case gets a supervision notice by itself, and how soon a notice must be answered.</summary>
/// <param name="On">The clocks whose breach issues a notice.</param>
/// <param name="Answer">The term of every notice's answer, also of one that somebody issues; null for none.</param>
public sealed record SupervisionRule(ImmutableArray<ClockName> On, ClockTerm? Answer)
{
    public static SupervisionRule None { get; } = new([], null);
}

/// <summary>The rule of consultations: who is heard, and by when.</summary>
/// <param name="Opinion">How soon the opinions are owed; null when no term is set.</param>
/// <param name="Quorum">How many opinions a decision needs before their time is over; null for those of all parties.</param>
public sealed record ConsultationRule(ImmutableArray<PartyRule> Parties, ClockTerm? Opinion, int? Quorum)
{
    public static ConsultationRule None { get; } = new([], null, null);
}

/// <summary>A party of a consultation: the holders of the posts that are nearest to the case, at or above level <see cref="At"/>.</summary>
/// <param name="IsDepartment">It is the department that has the case or answers for its category, and names no posts.</param>
public sealed record PartyRule(string Id, string Name, string NameEn, ImmutableArray<string> Posts, string? At, bool IsDepartment);

/// <summary>When the areas of a level meet over their ledgers (民情台账): on a weekday of every week, or on a day of every month.</summary>
/// <param name="DayOfMonth">In a shorter month it is the last day.</param>
/// <param name="Posts">Whose holders in the area are expected.</param>
public sealed record MeetingRule(string Level, DayOfWeek? Weekday, int? DayOfMonth, TimeOnly At, ImmutableArray<string> Posts);

/// <summary>A step of the ladder: the level to which a case climbs, and who has it there.</summary>
/// <param name="Posts">Everybody who holds one of them for the area of that level is offered the case.</param>
/// <param name="ClimbsOn">The clocks whose breach makes the case climb to this step by itself.</param>
/// <param name="KeepsClaim">Whether the claimant goes on with it. Otherwise somebody of the higher level has to claim it.</param>
public sealed record LadderStep(
    string Level,
    ImmutableArray<string> Posts,
    StepClocks Clocks,
    ImmutableArray<ClockName> ClimbsOn,
    bool KeepsClaim
);

/// <summary>The terms of a step of the ladder; null where the category's term holds, or there is none.</summary>
public sealed record StepClocks(ClockTerm? Respond, ClockTerm? Step, ClockTerm? Idle)
{
    public static StepClocks None { get; } = new(null, null, null);

    public ClockTerm? Of(ClockName clock) =>
        clock switch
        {
            ClockName.Respond => Respond,
            ClockName.Step => Step,
            ClockName.Idle => Idle,
            _ => null,
        };
}

/// <summary>
/// The holders of <see cref="Post"/> in the nearest area at or above the place of the case. With <see cref="At"/>, the search starts at the
/// ancestor of that level. Where the post is vacant, the search goes on above.
/// </summary>
public sealed record RecipientRule(string Post, string? At)
{
    /// <summary>The duty rota: whoever is on duty by it has the case, and the holders of the post only while nobody is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Rota { get; init; }

    /// <summary>The times at which the rule applies; null for always.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TimesOfDay? When { get; init; }

    /// <summary>The code of the area within which the rule applies; null for everywhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Within { get; init; }

    /// <summary>It is a rule of the category's class.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OfClass { get; init; }
}

/// <summary>The clocks of a category's cases; null where there is no such clock. docs/clocks.md says what each waits for.</summary>
public sealed record CategoryClocks
{
    public static CategoryClocks None { get; } = new();

    public ClockTerm? Respond { get; init; }
    public ClockTerm? OnSite { get; init; }
    public ClockTerm? Solve { get; init; }
    public ClockTerm? Reply { get; init; }
    public ClockTerm? Idle { get; init; }
    public ClockTerm? Close { get; init; }

    /// <summary>How long a pause lasts at most; null when the clocks can't be paused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public ClockTerm? Pause { get; init; }

    /// <summary>How often a run of the clocks can be paused; 0 stands for once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MaxPauses { get; init; }

    /// <summary>The longest extension; null when the due time can't be extended.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public Term? Extension { get; init; }

    /// <summary>How often a due time can be extended; 0 stands for once.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int MaxExtensions { get; init; }

    /// <summary>
    /// Whether the promises start again when the case is transferred to another department. Otherwise the time that was used stays used.
    /// </summary>
    public bool RestartOnTransfer { get; init; }

    public ClockTerm? Of(ClockName clock) =>
        clock switch
        {
            ClockName.Respond => Respond,
            ClockName.OnSite => OnSite,
            ClockName.Solve => Solve,
            ClockName.Reply => Reply,
            ClockName.Idle => Idle,
            ClockName.Close => Close,
            ClockName.Pause => Pause,
            _ => null,
        };
}

/// <param name="Area">The area's code.</param>
/// <param name="GeometryJson">A GeoJSON Polygon or MultiPolygon in WGS 84, longitude first.</param>
public sealed record Boundary(string Area, string GeometryJson);
