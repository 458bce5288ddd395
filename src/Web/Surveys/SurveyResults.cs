using GridActors.Contracts.Surveys;
using GridActors.Domain.Packs;
using GridActors.Domain.Surveys;
using GridActors.Storage.Surveys;
using GridActors.Storage.Time;
using Microsoft.Extensions.Caching.Memory;

namespace GridActors.Web.Surveys;

/// <summary>How far a survey is in an area with everything below it.</summary>
/// <param name="Asked">How many are asked, with those who have answered.</param>
/// <param name="Open">How many haven't answered yet.</param>
public sealed record SurveyProgressJson(int Asked, int Answered, int Refused, int Open);

public sealed record AreaProgressJson(string Area, string AreaName, string Level, SurveyProgressJson Progress);

/// <param name="Choice">
/// The id of an option, <c>true</c> or <c>false</c>, or a year; empty for an answer that isn't counted by its value.
/// </param>
public sealed record ChoiceCountJson(string Choice, int Count);

/// <param name="Hidden">Too few have answered in the area, or in one beside it, for its figures to be shown.</param>
/// <param name="Average">Of numbers.</param>
public sealed record QuestionResultJson(
    string Question,
    bool Hidden,
    int Answered,
    IReadOnlyList<ChoiceCountJson> Choices,
    decimal? Average
);

/// <summary>The figures of a survey for an area, and its progress in each area below.</summary>
public sealed record SurveyResultsJson(
    string Survey,
    string Area,
    string AreaName,
    DateTimeOffset AsOf,
    SurveyProgressJson Progress,
    IReadOnlyList<AreaProgressJson> Children,
    IReadOnlyList<QuestionResultJson> Questions
);

/// <summary>
/// Sums up what a survey brought. Nothing is done for a survey that nobody looks at; those who look at the same area in the same moment
/// share one count.
/// </summary>
sealed class SurveyResults(SurveyQueries queries, ServiceTime clock) : IDisposable
{
    /// <summary>A count isn't older than this. So much is done however many look.</summary>
    static readonly TimeSpan SharedFor = TimeSpan.FromSeconds(1);

    readonly MemoryCache _shared = new(new MemoryCacheOptions());

    public void Dispose() => _shared.Dispose();

    public Task<SurveyResultsJson> Of(SurveyView survey, LoadedPack pack, AreaNode area)
    {
        var lazy = _shared.GetOrCreate(
            (survey.Id, survey.Version, area.Id),
            entry =>
            {
                entry.AbsoluteExpirationRelativeToNow = SharedFor;
                // Whoever began it may go away meanwhile: others wait for it, too.
                return new Lazy<Task<SurveyResultsJson>>(() => Count(survey, pack, area, CancellationToken.None));
            }
        );
        return lazy!.Value;
    }

    async Task<SurveyResultsJson> Count(SurveyView survey, LoadedPack pack, AreaNode area, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var progress = await queries.Progress(survey, pack.Pack.Id, area.Left, area.Right, pack.Day(now), cancellationToken);
        var isBelow = !pack.ShowsSmallCounts(area);
        // Small counts are hidden together with those of the areas beside.
        var around = isBelow && area.Parent is { } parent ? parent : area;
        var counts = await queries.Counts(survey.Id, pack.Pack.Id, around.Left, around.Right, cancellationToken);
        var own = CountsOf(counts, pack, area);
        var siblings = isBelow ? around.Children.Select(c => CountsOf(counts, pack, c)).ToList() : [own];
        return new(
            survey.Id.ToString("N"),
            area.Code,
            area.Name,
            now,
            Sum(progress, area),
            [.. area.Children.Select(c => new AreaProgressJson(c.Code, c.Name, c.Level.Id, Sum(progress, c)))],
            [.. survey.Definition.Questions.Select(q => Result(q, isBelow, own[q.Id], siblings.Select(s => s[q.Id])))]
        );
    }

    static QuestionResultJson Result(
        SurveyQuestion question,
        bool isBelow,
        IEnumerable<ChoiceCount> own,
        IEnumerable<IEnumerable<ChoiceCount>> siblings
    )
    {
        if (SmallCounts.AreHidden(question, isBelow, siblings.Select(s => s.GroupBy(c => c.Choice).Select(g => g.Sum(c => c.Count)))))
            return new(question.Id, true, 0, [], null);
        var choices = own.GroupBy(c => c.Choice).ToDictionary(g => g.Key, g => (Count: g.Sum(c => c.Count), Total: g.Sum(c => c.Total)));
        var isMultiple = question.Type == QuestionType.MultipleChoice;
        var answered = isMultiple ? choices.GetValueOrDefault("").Count : choices.Values.Sum(c => c.Count);
        // An option that nobody chose is a result, too.
        var names = question.Choices.Concat(choices.Keys.Where(k => !isMultiple || k.Length > 0).Order(StringComparer.Ordinal)).Distinct();
        return new(
            question.Id,
            false,
            answered,
            [.. names.Select(n => new ChoiceCountJson(n, choices.GetValueOrDefault(n).Count))],
            question.Type == QuestionType.Number && answered > 0 ? decimal.Round(choices.Values.Sum(c => c.Total) / answered, 2) : null
        );
    }

    static ILookup<string, ChoiceCount> CountsOf(IReadOnlyList<ChoiceCount> counts, LoadedPack pack, AreaNode area) =>
        counts.Where(c => pack.Areas.GetValueOrDefault(CodeOf(c.Area)) is { } place && area.Contains(place)).ToLookup(c => c.Question);

    static SurveyProgressJson Sum(IReadOnlyDictionary<string, AreaProgress> progress, AreaNode area)
    {
        var (asked, answered, refused) = (0, 0, 0);
        foreach (var below in area.Downwards())
            if (progress.TryGetValue(below.Id.Key, out var p))
                (asked, answered, refused) = (asked + p.Asked, answered + p.Answered, refused + p.Refused);
        return new(asked, answered, refused, asked - answered - refused);
    }

    static string CodeOf(string areaKey) => areaKey[(areaKey.IndexOf('/', StringComparison.Ordinal) + 1)..];
}
