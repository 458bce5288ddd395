using System.Collections.Immutable;
using System.Globalization;
using GridActors.Contracts.Households;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;
using GridActors.Domain.Surveys;

namespace GridActors.Domain.Packs.Files;

/// <summary>The content of <c>surveys.yaml</c>.</summary>
static class SurveysFile
{
    static readonly Dictionary<string, QuestionType> Types = new()
    {
        ["single"] = QuestionType.SingleChoice,
        ["multiple"] = QuestionType.MultipleChoice,
        ["yes-no"] = QuestionType.YesNo,
        ["number"] = QuestionType.Number,
        ["date"] = QuestionType.Date,
        ["text"] = QuestionType.Text,
    };

    static readonly Dictionary<string, SurveySubject> Subjects = new()
    {
        ["household"] = SurveySubject.Household,
        ["resident"] = SurveySubject.Resident,
    };

    static readonly Dictionary<string, ResidentKind> Kinds = new()
    {
        ["registered"] = ResidentKind.Registered,
        ["migrant"] = ResidentKind.Migrant,
        ["absent"] = ResidentKind.Absent,
    };

    /// <returns>Null when the pack defines no surveys; they can be defined in the console all the same.</returns>
    public static SurveyRules? Read(PackFiles files, PackHead? head, AreasFile? areas, HouseholdRules? households, PackErrors errors)
    {
        if (YamlMap.Load(files, PackFiles.Surveys, "the surveys", errors) is not { } map)
            return null;
        if (households is null)
            map.Wrong($"surveys need {PackFiles.Households}: they ask the households that are kept");
        var level = map.Optional(
            "smallCountsFrom",
            id => head?.Depth(id) is null && head is not null ? $"level {id} is not in {PackFiles.Pack}" : null
        );
        var surveys = ImmutableArray.CreateBuilder<PackSurvey>();
        foreach (var item in map.Maps("surveys", "a survey", required: true))
        {
            var survey = ReadSurvey(item, areas);
            if (surveys.Any(s => s.Id == survey.Id))
                item.Wrong($"survey {survey.Id} stands twice");
            foreach (var error in households is null ? [] : DefinitionRules.Check(survey.Definition, households))
                item.Wrong($"{error.Part} of survey {survey.Id} {error.English}");
            surveys.Add(survey);
        }
        map.Done();
        return new(level, surveys.ToImmutable());
    }

    static PackSurvey ReadSurvey(YamlMap item, AreasFile? areas)
    {
        var id = item.Text("id", Formats.Id);
        var area = item.Optional("area", code => areas?.Knows(code) == false ? $"{code} is not in {PackFiles.Areas}" : null);
        var definition = new SurveyDefinition(
            item.Text("title", Formats.Name),
            item.Optional("titleEn", Formats.Name) ?? "",
            item.Text("purpose"),
            Of(Subjects, item, "subject"),
            ReadFilter(item),
            Day(item, "from"),
            Day(item, "until"),
            [.. item.Maps("questions", "a question", required: true).Select(ReadQuestion)]
        );
        item.Done();
        return new(id, area, definition);
    }

    static SurveyFilter ReadFilter(YamlMap item)
    {
        if (item.Map("filter", "filter") is not { } map)
            return SurveyFilter.Everybody;
        var kinds = map.Texts("kinds", required: false);
        foreach (var kind in kinds.Where(k => !Kinds.ContainsKey(k)))
            map.Wrong($"\"{kind}\" must be one of {string.Join(", ", Kinds.Keys)}");
        var filter = new SurveyFilter(
            map.Texts("groups", required: false),
            [.. kinds.Where(Kinds.ContainsKey).Select(k => Kinds[k])],
            Age(map, "minAge"),
            Age(map, "maxAge")
        );
        map.Done();
        return filter;
    }

    static SurveyQuestion ReadQuestion(YamlMap item)
    {
        var question = new SurveyQuestion(
            item.Text("id"),
            item.Text("name"),
            item.Optional("nameEn") ?? "",
            Of(Types, item, "type"),
            [.. item.Maps("options", "an option", required: false).Select(ReadOption)],
            item.Flag("required"),
            ReadCondition(item),
            item.Optional("field"),
            IsPersonal: item.Optional("protection", Protection) != "open"
        );
        item.Done();
        return question;
    }

    static string? Protection(string text) => text is "open" or "personal" ? null : $"\"{text}\" must be open or personal";

    static QuestionOption ReadOption(YamlMap item)
    {
        var option = new QuestionOption(item.Text("id"), item.Text("name"), item.Optional("nameEn") ?? "");
        item.Done();
        return option;
    }

    static QuestionCondition? ReadCondition(YamlMap item)
    {
        if (item.Map("when", "when") is not { } map)
            return null;
        var condition = new QuestionCondition(map.Text("question"), map.Texts("is", required: true));
        map.Done();
        return condition;
    }

    static T Of<T>(Dictionary<string, T> names, YamlMap item, string key) =>
        names.GetValueOrDefault(
            item.Text(key, text => names.ContainsKey(text) ? null : $"\"{text}\" must be one of {string.Join(", ", names.Keys)}")
        )!;

    static DateOnly Day(YamlMap item, string key)
    {
        return WrittenDate.Read(item.Text(key, text => WrittenDate.Read(text) is null ? $"\"{text}\" is no date like 2026-12-31" : null))
            ?? default;
    }

    static int? Age(YamlMap map, string key)
    {
        var text = map.Optional(key, t => Number(t) is null ? $"\"{t}\" must be a number of years" : null);
        return text is null ? null : Number(text);

        static int? Number(string text) =>
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
    }
}
