using System.Collections.Immutable;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;
using GridActors.Domain.Identifiers;

namespace GridActors.Domain.Surveys;

/// <summary>
/// Reads the answers of a sheet by the questions. What a question asks depends on earlier answers: one that isn't asked has no answer, even
/// when somebody sends one, because it was typed before an earlier answer changed.
/// </summary>
public static class AnswerRules
{
    /// <summary>Separates the options of a question with several.</summary>
    public const char Separator = ',';

    /// <returns>The answers as they are kept, and what is wrong by the id of the question: a code of <see cref="ValueErrors"/>.</returns>
    public static (ImmutableSortedDictionary<string, string> Answers, IReadOnlyDictionary<string, string> Errors) Read(
        SurveyDefinition definition,
        IReadOnlyDictionary<string, string> given,
        DateOnly today
    )
    {
        var answers = Facts.None;
        var errors = new Dictionary<string, string>();
        foreach (var question in definition.Questions)
        {
            if (!IsAsked(question, answers))
                continue;
            var read = Read(question, given.GetValueOrDefault(question.Id, ""), today);
            if (read.Error is { } error)
                errors[question.Id] = error;
            else if (read.Value.Length > 0)
                answers = answers.Add(question.Id, read.Value);
            else if (question.IsRequired)
                errors[question.Id] = ValueErrors.Required;
        }
        foreach (var id in given.Keys)
            if (definition.Question(id) is null)
                errors[id] = ValueErrors.UnknownCode;
        return (answers, errors);
    }

    public static bool IsAsked(SurveyQuestion question, IReadOnlyDictionary<string, string> answers) =>
        question.When is not { } when
        || (answers.TryGetValue(when.Question, out var answer) && answer.Split(Separator).Any(a => when.Is.Contains(a)));

    /// <summary>
    /// The parts of an answer that are counted: each chosen option, the year of a date; of the others only that there is one.
    /// </summary>
    public static IEnumerable<string> Counted(SurveyQuestion question, string answer) =>
        question.Type switch
        {
            QuestionType.SingleChoice or QuestionType.YesNo => [answer],
            // Who chose several counts once among those who answered.
            QuestionType.MultipleChoice => answer.Split(Separator).Append(""),
            QuestionType.Date => [answer[..4]],
            _ => [""],
        };

    static FieldValue Read(SurveyQuestion question, string text, DateOnly today) =>
        question.Type switch
        {
            QuestionType.SingleChoice => Option(question, text.Trim()),
            QuestionType.MultipleChoice => Options(question, text),
            QuestionType.YesNo => FieldValues.Read(FieldType.Boolean, text, NoCode, "", today),
            QuestionType.Number => FieldValues.Read(FieldType.Number, text, NoCode, "", today),
            QuestionType.Date => FieldValues.Read(FieldType.Date, text, NoCode, "", today, mayBeLater: true),
            _ => FieldValues.Read(FieldType.Text, text, NoCode, "", today),
        };

    static string? NoCode(string typed) => null;

    static FieldValue Option(SurveyQuestion question, string id) =>
        id.Length == 0 || question.Options.Any(o => o.Id == id) ? new(id, null) : new(id, ValueErrors.UnknownCode);

    /// <summary>In the order of the question, so that the same choice is the same text.</summary>
    static FieldValue Options(SurveyQuestion question, string text)
    {
        var chosen = text.Split(Separator, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return chosen.All(c => question.Options.Any(o => o.Id == c))
            ? new(string.Join(Separator, question.Options.Select(o => o.Id).Where(chosen.Contains)), null)
            : new(text, ValueErrors.UnknownCode);
    }
}
