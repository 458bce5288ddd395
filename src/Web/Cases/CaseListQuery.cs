using System.ComponentModel;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Storage.Cases;
using GridActors.Web.Areas;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;

namespace GridActors.Web.Cases;

/// <summary>Which cases a list or an export has, and in which order.</summary>
public sealed record CaseListQuery
{
    [FromQuery(Name = "area")]
    [Description("Code of the area; by default the caller's home.")]
    public string? Area { get; init; }

    [FromQuery(Name = "status")]
    [Description("A status or `open` (every status but closed); may be repeated.")]
    public string[]? Status { get; init; }

    [FromQuery(Name = "category")]
    [Description("Code of a category.")]
    public string? Category { get; init; }

    [FromQuery(Name = "class")]
    [Description("Name of a class of categories.")]
    public string? Class { get; init; }

    [FromQuery(Name = "claimant")]
    [Description("Id of the person who has claimed the case, or `me`.")]
    public string? Claimant { get; init; }

    [FromQuery(Name = "reporter")]
    [Description("Id of the person who reported the case, or `me`.")]
    public string? Reporter { get; init; }

    [FromQuery(Name = "text")]
    [Description(
        "Words, of which the case has each: in its number (with its hyphen or without), title or detail, or in the name of its category, "
            + "of its area or an area above, of its reporter or claimant."
    )]
    public string? Text { get; init; }

    [FromQuery(Name = "from")]
    [Description("Reported at this time or later: RFC 3339 with an offset, or a date, which begins in the pack's zone.")]
    public string? From { get; init; }

    [FromQuery(Name = "to")]
    [Description("Reported before this time or date.")]
    public string? To { get; init; }

    [FromQuery(Name = "closedFrom")]
    [Description("Closed at this time or later, or since this date began.")]
    public string? ClosedFrom { get; init; }

    [FromQuery(Name = "closedTo")]
    [Description("Closed before this time or date.")]
    public string? ClosedTo { get; init; }

    [FromQuery(Name = "overdue")]
    [Description("Only cases that are overdue.")]
    public bool? Overdue { get; init; }

    [FromQuery(Name = "dueSoon")]
    [Description("Only cases of which a clock has warned, and none has run out.")]
    public bool? DueSoon { get; init; }

    [FromQuery(Name = "dueBefore")]
    [Description("Something was promised before this time or date.")]
    public string? DueBefore { get; init; }

    [FromQuery(Name = "level")]
    [Description("Only cases that climbed to this level of the pack and stand there.")]
    public string? Level { get; init; }

    [FromQuery(Name = "escalated")]
    [Description("Only cases that climbed to a level of the ladder and stand there.")]
    public bool? Escalated { get; init; }

    [FromQuery(Name = "order")]
    [Description("By the time of the report: `newest` first (the default) or `oldest`.")]
    public string? Order { get; init; }

    [FromQuery(Name = "sort")]
    [Description(
        "`reported` (the default), or `due`: what is overdue longest and then what is due next, and at the end what isn't due at all."
    )]
    public string? Sort { get; init; }

    const int MaxWords = 8;

    /// <returns>The filter, or why the query has none.</returns>
    internal (CaseFilter? Filter, ProblemHttpResult? Problem) Read(Caller caller, HttpContext context, string? cursor = null)
    {
        var fields = Fields.Of(context);
        if (!Paging.TryRead(cursor, out var after))
            Paging.Wrong(fields);
        var text = fields.Filter("text", Text);
        var category = fields.Filter("category", Category);
        var ofClass = fields.Filter("class", Class);
        var claimant = fields.Filter("claimant", Claimant);
        var reporter = fields.Filter("reporter", Reporter);
        var code = fields.Filter("area", Area);
        var level = fields.Filter("level", Level);
        if (level is not null && caller.Pack.DepthOf(level) is null)
            fields.Wrong("level", "没有这个层级", "is no level of the pack");
        var (from, to) = (fields.Time("from", From, caller.Pack), fields.Time("to", To, caller.Pack));
        var (closedFrom, closedTo) = (fields.Time("closedFrom", ClosedFrom, caller.Pack), fields.Time("closedTo", ClosedTo, caller.Pack));
        var dueBefore = fields.Time("dueBefore", DueBefore, caller.Pack);
        var statuses = ApiNames.StatusFilter(Status ?? []);
        if (statuses is null)
            fields.Wrong("status", "没有这个状态", "is no status of a case");
        if (Order is not (null or "" or "newest" or "oldest"))
            fields.Wrong("order", "应为 newest 或 oldest", "is newest or oldest");
        if (Sort is not (null or "" or "reported" or "due"))
            fields.Wrong("sort", "应为 reported 或 due", "is reported or due");
        if (Sort == "due" && !string.IsNullOrEmpty(Order))
            fields.Wrong("order", "按到期时间排序时不能再选", "can't be chosen with sort=due");
        var words = Words(text);
        if (words.Length > MaxWords)
            fields.Wrong("text", $"最多 {MaxWords} 个词", $"has more than {MaxWords} words");
        if (!fields.AreValid)
            return (null, fields.Problem(context));

        var area = code is null ? caller.Person.Home : caller.Area(code);
        if (area is null)
            return (null, Problem.Of(CaseRejections.NotFound, context));
        if (!caller.Reads(area))
            return (null, Problem.Of(CaseRejections.NotYourArea, context));
        return (
            new(area, caller.Id)
            {
                Statuses = statuses!,
                Category = category,
                Categories = ofClass is null ? null : caller.Pack.CategoriesOf(ofClass),
                Claimant = Person(claimant, caller),
                Reporter = Person(reporter, caller),
                Words = [.. words.Select(w => Find(w, area, caller.Pack))],
                From = from,
                To = to,
                ClosedFrom = closedFrom,
                ClosedTo = closedTo,
                Urgency =
                    Overdue == true ? Urgency.Overdue
                    : DueSoon == true ? Urgency.DueSoon
                    : null,
                DueBefore = dueBefore,
                Level = level,
                Escalated = Escalated == true,
                Order =
                    Sort == "due" ? CaseOrder.Due
                    : Order == "oldest" ? CaseOrder.Oldest
                    : CaseOrder.Newest,
                After = after,
            },
            null
        );
    }

    static string[] Words(string? text) =>
        text is null
            ? []
            : PackNames.Fold(text).Split(default(char[]), StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>
    /// What the pack names with a word. An area's name stands for the areas below it too; that of the area of the list or of one above it
    /// would stand for every case of the list, and says nothing.
    /// </summary>
    static SearchWord Find(string word, AreaNode under, LoadedPack pack)
    {
        var names = PackNames.Of(pack);
        var named = names.AreasNamed(word).Where(a => a != under && under.Contains(a));
        return new(word)
        {
            Categories = [.. names.CategoriesNamed(word)],
            Areas = [.. named.SelectMany(AndBelow).Select(a => a.Id.Key).Distinct()],
            People = [.. names.PeopleNamed(word).Select(p => p.Key)],
        };
    }

    static IEnumerable<AreaNode> AndBelow(AreaNode area) => area.Children.SelectMany(AndBelow).Prepend(area);

    static PersonId? Person(string? id, Caller caller) =>
        id is null ? null
        : id == "me" ? caller.Id
        : new PersonId(caller.Id.Pack, id);
}
