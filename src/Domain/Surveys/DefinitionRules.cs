using System.Text.RegularExpressions;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;

namespace GridActors.Domain.Surveys;

/// <summary>What is wrong with a definition: the name of the part, and why.</summary>
public sealed record DefinitionError(string Part, string Chinese, string English);

/// <summary>Checks the definition of a survey, in a pack or in the console.</summary>
public static partial class DefinitionRules
{
    public const int MaxQuestions = 50;
    public const int MaxOptions = 30;
    public const int MaxTitle = 60;
    public const int MaxPurpose = 200;
    public const int MaxName = 120;
    const int MaxAge = 130;

    [GeneratedRegex("^[a-zA-Z0-9][a-zA-Z0-9-]{0,39}\\z")]
    private static partial Regex Id();

    public static IReadOnlyList<DefinitionError> Check(SurveyDefinition definition, HouseholdRules rules)
    {
        var errors = new List<DefinitionError>();
        Text("title", definition.Title, MaxTitle);
        Text("titleEn", definition.TitleEn, MaxTitle, required: false);
        Text("purpose", definition.Purpose, MaxPurpose);
        if (definition.Until < definition.From)
            Add("until", "不能早于开始日期", "is before the first day");
        Filter(definition.Filter);
        if (definition.Questions.Length is 0 or > MaxQuestions)
            Add("questions", $"应有 1 至 {MaxQuestions} 个问题", $"must be 1 to {MaxQuestions}");
        for (var i = 0; i < definition.Questions.Length; i++)
            Question($"questions[{i}]", i);
        return errors;

        void Add(string part, string chinese, string english) => errors.Add(new(part, chinese, english));

        void Text(string part, string text, int maxLength, bool required = true)
        {
            if (required && string.IsNullOrWhiteSpace(text))
                Add(part, "必填", "is needed");
            else if (WrittenText.Length(text) > maxLength)
                Add(part, $"最多 {maxLength} 个字", $"has more than {maxLength} characters");
        }

        void Filter(SurveyFilter filter)
        {
            if (filter.Groups.Any(g => rules.Group(g) is null))
                Add("filter.groups", "没有这类人群", "has a group that the pack doesn't have");
            if (filter.HasAge && definition.Subject == SurveySubject.Household)
                Add("filter.minAge", "按户调查不能限定年龄", "is for surveys of residents alone");
            if (filter.MinAge is < 0 or > MaxAge || filter.MaxAge is < 0 or > MaxAge || filter.MaxAge < filter.MinAge)
                Add("filter.maxAge", "年龄范围不对", "is no range of ages");
        }

        void Question(string part, int index)
        {
            var question = definition.Questions[index];
            if (!Id().IsMatch(question.Id))
                Add($"{part}.id", "应为字母、数字和连字符", "must be letters, digits and hyphens, 40 at most");
            if (definition.Questions.Take(index).Any(q => q.Id == question.Id))
                Add($"{part}.id", "重复", "stands twice");
            Text($"{part}.name", question.Name, MaxName);
            Text($"{part}.nameEn", question.NameEn, MaxName, required: false);
            Options(part, question);
            if (question.When is { } when)
                Condition(part, when, definition.Questions.Take(index).FirstOrDefault(q => q.Id == when.Question));
            var subject = definition.Subject == SurveySubject.Household ? SubjectKind.Household : SubjectKind.Resident;
            if (question.Field is { } field && rules.Field(subject, field) is null)
                Add($"{part}.field", "没有这个字段", "is no field of the subject");
        }

        void Options(string part, SurveyQuestion question)
        {
            if (question.Type is not (QuestionType.SingleChoice or QuestionType.MultipleChoice))
            {
                if (!question.Options.IsEmpty)
                    Add($"{part}.options", "这种题型没有选项", "are for single and multiple choice alone");
                return;
            }
            if (question.Options.Length is < 2 or > MaxOptions)
                Add($"{part}.options", $"应有 2 至 {MaxOptions} 个选项", $"must be 2 to {MaxOptions}");
            if (question.Options.Any(o => !Id().IsMatch(o.Id)) || question.Options.DistinctBy(o => o.Id).Count() < question.Options.Length)
                Add(
                    $"{part}.options",
                    "选项编号应各不相同，由字母、数字和连字符组成",
                    "must have different ids of letters, digits and hyphens"
                );
            foreach (var option in question.Options)
            {
                Text($"{part}.options", option.Name, MaxName);
                Text($"{part}.options", option.NameEn, MaxName, required: false);
            }
        }

        void Condition(string part, QuestionCondition when, SurveyQuestion? earlier)
        {
            if (earlier is null)
                Add($"{part}.when", "只能依据前面的问题", "must name an earlier question");
            else if (when.Is.IsEmpty || when.Is.Any(value => !earlier.Choices.Contains(value)))
                Add($"{part}.when", "不是那个问题的选项", "has an answer that the question doesn't have");
        }
    }
}
