using System.Globalization;
using GridActors.Domain.Packs;
using GridActors.Domain.WorkerDays;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace GridActors.Web.Catalogue;

public sealed record CatalogueJson(
    IReadOnlyList<Level> Levels,
    IReadOnlyList<CataloguePostJson> Posts,
    IReadOnlyList<DepartmentJson> Departments,
    IReadOnlyList<CategoryJson> Categories,
    IReadOnlyList<LadderRuleJson> Ladder,
    IReadOnlyList<SystemJson> Systems,
    IReadOnlyList<ChecklistItem> Checklist,
    FieldJson Field
);

/// <summary>Something that a worker chooses on a visit.</summary>
public sealed record FieldChoiceJson(string Id, string Name, string NameEn);

/// <summary>One of the services that are done for residents.</summary>
/// <param name="DoorToDoor">It is done at the resident's door.</param>
public sealed record FieldServiceJson(string Id, string Name, string NameEn, bool DoorToDoor);

/// <summary>What workers do in the field, for the forms of the phone.</summary>
/// <param name="Purposes">For what households are visited; empty where the pack has no list.</param>
/// <param name="Settle">What must be settled on a visit.</param>
/// <param name="SignIn">When workers sign in, as <c>08:00</c>; null where the pack doesn't say.</param>
public sealed record FieldJson(
    IReadOnlyList<FieldChoiceJson> Purposes,
    IReadOnlyList<FieldChoiceJson> Settle,
    IReadOnlyList<FieldServiceJson> Services,
    string? SignIn
)
{
    public static FieldJson Of(FieldRules rules) =>
        new(
            [.. rules.Purposes.Select(p => new FieldChoiceJson(p.Id, p.Name, p.NameEn))],
            [.. rules.Settle.Select(s => new FieldChoiceJson(s.Id, s.Name, s.NameEn))],
            [.. rules.Services.Select(s => new FieldServiceJson(s.Id, s.Name, s.NameEn, s.IsDoorToDoor))],
            rules.SignIn is { } minute ? new TimeOnly(minute / 60, minute % 60).ToString("HH:mm", CultureInfo.InvariantCulture) : null
        );
}

/// <summary>A step of the ladder.</summary>
/// <param name="ClimbsOn">The clocks whose breach makes a case climb to this step.</param>
/// <param name="Respond">The terms of the level, as the pack writes them; null where the category's holds, or there is none.</param>
public sealed record LadderRuleJson(
    string Level,
    IReadOnlyList<string> Posts,
    string? Respond,
    string? Step,
    string? Idle,
    IReadOnlyList<string> ClimbsOn,
    bool KeepsClaim
)
{
    public static LadderRuleJson Of(LadderStep step) =>
        new(
            step.Level,
            step.Posts,
            step.Clocks.Respond?.ToString(),
            step.Clocks.Step?.ToString(),
            step.Clocks.Idle?.ToString(),
            [.. step.ClimbsOn.Select(ApiNames.Of)],
            step.KeepsClaim
        );
}

public sealed record CataloguePostJson(string Id, string Name, string NameEn, IReadOnlyList<string> Levels, IReadOnlyList<string> May);

/// <summary>Another system to which cases can be handed over.</summary>
/// <param name="Answer">How soon its answer is expected, as the pack writes it; null for no term.</param>
public sealed record SystemJson(string Id, string Name, string NameEn, string? Answer);

public sealed record DepartmentJson(string Id, string Name, string NameEn);

/// <summary>A rule of recipients.</summary>
/// <param name="Rota">The duty rota: the holders of the post have a case only while nobody is on duty. Null for none.</param>
/// <param name="When"><c>office</c>, <c>outside-office</c>, or hours like <c>22:00-06:00</c>; null for always.</param>
/// <param name="Within">The code of the area within which the rule applies; null for everywhere.</param>
/// <param name="OfClass">It is a rule of the category's class.</param>
public sealed record RecipientJson(
    string Post,
    string PostName,
    string PostNameEn,
    string? At,
    string? Rota,
    string? When,
    string? Within,
    bool OfClass
)
{
    public static RecipientJson Of(RecipientRule rule, Post post) =>
        new(post.Id, post.Name, post.NameEn, rule.At, rule.Rota, rule.When?.ToString(), rule.Within, rule.OfClass);
}

/// <summary>
/// Times a category allows, as the pack writes them: <c>30m</c>, <c>24h</c>, <c>4wh</c>, <c>3wd</c>, each also with a warning before:
/// <c>7wd warn 1wd</c>. Null: none.
/// </summary>
/// <param name="Pause">The longest pause.</param>
/// <param name="Extension">The longest extension.</param>
public sealed record ClocksJson(
    string? Respond,
    string? OnSite,
    string? Solve,
    string? Reply,
    string? Idle,
    string? Close,
    string? Pause,
    string? Extension
)
{
    public static ClocksJson Of(CategoryClocks clocks) =>
        new(
            clocks.Respond?.ToString(),
            clocks.OnSite?.ToString(),
            clocks.Solve?.ToString(),
            clocks.Reply?.ToString(),
            clocks.Idle?.ToString(),
            clocks.Close?.ToString(),
            clocks.Pause?.ToString(),
            clocks.Extension?.ToString()
        );
}

/// <param name="ForwardTo">The other systems to which cases of the category can be handed over.</param>
/// <param name="Mediation">Whoever solves a case says how it was settled by mediation.</param>
/// <param name="Ladder">The category's own ladder; null where it is the pack's, or, for a confidential category, none.</param>
public sealed record CategoryJson(
    string Code,
    string Name,
    string NameEn,
    string Class,
    string ClassEn,
    string? Department,
    bool Confidential,
    ClocksJson Clocks,
    IReadOnlyList<RecipientJson> Recipients,
    IReadOnlyList<string> Materials,
    IReadOnlyList<LadderRuleJson>? Ladder,
    IReadOnlyList<string> ForwardTo,
    bool Mediation
);

/// <summary>The catalogue of the caller's pack.</summary>
public static class CatalogueEndpoints
{
    public static void MapCatalogue(this IEndpointRouteBuilder routes) =>
        routes
            .MapGet("/api/catalogue", Get)
            .RequireAuthorization()
            .WithTags("Catalogue")
            .WithName("getCatalogue")
            .WithSummary("Get the levels, posts, departments and categories of your pack")
            .WithProblems(Problem.NotSignedIn);

    static CatalogueJson Get(Caller caller)
    {
        var pack = caller.Pack.Pack;
        var posts = pack.Posts.ToDictionary(p => p.Id);
        return new(
            pack.Levels,
            [.. pack.Posts.Select(p => new CataloguePostJson(p.Id, p.Name, p.NameEn, p.Levels, [.. p.May.Select(ApiNames.Of)]))],
            [.. pack.Departments.Select(d => new DepartmentJson(d.Id, d.Name, d.NameEn))],
            [
                .. pack.Categories.Select(c => new CategoryJson(
                    c.Code,
                    c.Name,
                    c.NameEn,
                    c.Class,
                    c.ClassEn,
                    c.Department,
                    c.Confidential,
                    ClocksJson.Of(c.Clocks),
                    [.. c.Recipients.Select(r => RecipientJson.Of(r, posts[r.Post]))],
                    c.Materials,
                    c.Ladder is { } ladder ? [.. ladder.Select(LadderRuleJson.Of)] : null,
                    c.ForwardTo,
                    c.Mediation
                )),
            ],
            [.. pack.Ladder.Select(LadderRuleJson.Of)],
            [.. pack.Systems.Select(s => new SystemJson(s.Id, s.Name, s.NameEn, s.Answer?.ToString()))],
            pack.Checklist,
            FieldJson.Of(pack.Field ?? FieldRules.Default)
        );
    }
}
