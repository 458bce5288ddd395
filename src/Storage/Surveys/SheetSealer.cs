using System.Collections.Immutable;
using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using GridActors.Contracts.People;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;
using GridActors.Domain.Surveys;
using GridActors.Storage.Journal;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Surveys;

/// <summary>Seals answers with the key of who gave them, and opens them.</summary>
public sealed class SheetSealer(Vault.Vault vault, SubjectKeys subjects)
{
    const string InEvent = "survey-event";
    const string InSheet = "survey-sheet";

    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The key of a household or a resident; null for somebody who was erased.</summary>
    public async Task<SubjectKey?> KeyOf(Guid subject, CancellationToken cancellationToken) =>
        (await subjects.Of([subject], cancellationToken)).GetValueOrDefault(subject);

    /// <param name="before">Null before the first event.</param>
    /// <param name="definition">What was asked: it says what is counted.</param>
    public SheetEntry Of(SheetState? before, SheetState next, SurveyEvent e, SurveyDefinition definition, SubjectKey key, DateTimeOffset at)
    {
        var view = next.View;
        var (kind, data) = SurveyEventJson.Write(e.Map(f => f with { Sealed = vault.Seal(key, InEvent, Bytes(f.Clear)) }));
        return new()
        {
            Stream = SheetEntry.StreamOf(view.Id),
            After = view.Version - 1,
            Events = [new(kind, data, (short)view.Status)],
            At = at,
            By = view.By.Key,
            Area = view.Area.Key,
            Operation = next.Operations[^1],
            Sheet = view,
            Answers = vault.Seal(key, InSheet, Bytes(view.Answers)),
            Changes = [.. Counts(before?.View, definition, -1), .. Counts(view, definition, 1)],
        };
    }

    public SheetState? Fold(Guid id, IReadOnlyList<StoredEvent> stored, SubjectKey? key)
    {
        SheetState? state = null;
        foreach (var s in stored)
        {
            var e = SurveyEventJson.Read(s.Kind, s.Data).Map(f => f with { Clear = Open(key, InEvent, f.Sealed) });
            state = SheetState.Evolve(state, id, e, s.At, new PersonId(s.By), s.Operation);
        }
        return state;
    }

    /// <summary>The answers of a row; none when who gave them was erased.</summary>
    public ImmutableSortedDictionary<string, string> Open(SubjectKey? key, byte[] answers) => Open(key, InSheet, answers);

    ImmutableSortedDictionary<string, string> Open(SubjectKey? key, string use, byte[]? value)
    {
        if (value is not { Length: > 0 } || vault.Open(key, use, value) is not { } clear)
            return Facts.None;
        return JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(clear, Json) ?? Facts.None;
    }

    static byte[] Bytes(ImmutableSortedDictionary<string, string> fields) => JsonSerializer.SerializeToUtf8Bytes(fields, Json);

    /// <summary>An answer to a question that a later edition no longer has was counted once, and stays counted.</summary>
    static IEnumerable<CountChange> Counts(SheetView? view, SurveyDefinition definition, int count)
    {
        foreach (var (id, answer) in view?.Answers ?? Facts.None)
            if (definition.Question(id) is { } question)
                foreach (var choice in AnswerRules.Counted(question, answer))
                    yield return new(view!.Area.Key, id, choice, count, count * Number(question, answer));
    }

    static decimal Number(SurveyQuestion question, string answer) =>
        question.Type == QuestionType.Number && decimal.TryParse(answer, NumberStyles.Number, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;
}
