using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;

namespace GridActors.Domain.Surveys;

/// <summary>What the decision about an answer sheet needs from outside.</summary>
/// <param name="Survey">Null when there is none.</param>
/// <param name="Household">Null when there is none, or the person may not see it.</param>
/// <param name="IsInArea">Whether the household lies where the survey asks.</param>
/// <param name="MayFill">Whether the person may fill in sheets of the household.</param>
/// <param name="Today">In the pack's time zone.</param>
public sealed record SheetContext(SurveyView? Survey, HouseholdView? Household, bool IsInArea, bool MayFill, DateOnly Today);

/// <summary>
/// The rules of an answer sheet (docs/surveys.md): one for each household or resident, whoever fills it in; a correction says that it is
/// one, and what was answered before stays in the journal.
/// </summary>
public static class SheetDecider
{
    /// <param name="state">Null for a sheet that isn't there yet.</param>
    public static SurveyOutcome Decide(SheetState? state, SheetCommand command, SheetContext context)
    {
        foreach (var earlier in state?.Operations ?? [])
        {
            if (earlier == command.Operation)
                return SurveyOutcome.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return SurveyOutcome.Reject(CaseRejections.KeyReused);
        }
        if (state?.HasUnknown == true)
            return SurveyOutcome.Reject(CaseRejections.NewerVersion);
        if (context is not { Survey: { Status: not SurveyStatus.Draft } survey, Household: { } household })
            return SurveyOutcome.Reject(CaseRejections.NotFound);
        if (!context.MayFill)
            return SurveyOutcome.Reject(CaseRejections.NotPermitted);
        var definition = survey.Definition;
        if (survey.Status == SurveyStatus.Closed)
            return SurveyOutcome.Reject(SurveyRejections.Closed);
        if (!definition.IsOpenOn(context.Today))
            return SurveyOutcome.Reject(SurveyRejections.NotOpen);
        if (state is null && (!context.IsInArea || !SurveyTargets.IsAsked(definition, household, command.Subject, context.Today)))
            return SurveyOutcome.Reject(SurveyRejections.NotAsked);
        if (SurveyTargets.IsErased(household, command.Subject))
            return SurveyOutcome.Reject(SurveyRejections.NotAsked);
        var place = new SheetPlace(survey.Id, command.Subject, household.Id, household.Area);
        return command switch
        {
            FillSheet fill => Fill(state?.View, fill.Answers, fill.IsCorrection, survey, place, context.Today),
            AnswerInvitation answer => Fill(state?.View, answer.Answers, isCorrection: false, survey, place, context.Today),
            RefuseSheet refuse => state is null
                ? SurveyOutcome.Accept(new SheetRefused(place, survey.Editions.Length, Facts.OfText(command.Subject, refuse.Reason)))
                : SurveyOutcome.Reject(SurveyRejections.AlreadyAnswered),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    static SurveyOutcome Fill(
        SheetView? view,
        ImmutableSortedDictionary<string, string> given,
        bool isCorrection,
        SurveyView survey,
        SheetPlace place,
        DateOnly today
    )
    {
        // The survey may have a new edition since the page was opened, whose questions are others.
        var (answers, errors) = AnswerRules.Read(survey.Definition, given, today);
        if (errors.Count > 0)
            return SurveyOutcome.Reject(SurveyRejections.WrongAnswers);
        var (edition, facts) = (survey.Editions.Length, Facts.Of(place.Subject, answers));
        if (view is not { Status: SheetStatus.Answered })
            return SurveyOutcome.Accept(new SheetFilled(place, edition, facts));
        if (edition == view.Edition && answers.SequenceEqual(view.Answers))
            return SurveyOutcome.Accept();
        return isCorrection
            ? SurveyOutcome.Accept(new SheetCorrected(edition, facts))
            : SurveyOutcome.Reject(SurveyRejections.AlreadyAnswered);
    }
}
