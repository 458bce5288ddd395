using GridActors.Contracts.Cases;
using GridActors.Contracts.Surveys;

namespace GridActors.Domain.Surveys;

/// <summary>What the decision about a survey needs from outside.</summary>
/// <param name="MaySee">Whether the person may see surveys of the area.</param>
/// <param name="MayManage">Whether they may define, publish and close them.</param>
public sealed record SurveyContext(bool MaySee, bool MayManage);

/// <summary>An event, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct SurveyOutcome(SurveyEvent? Event, string? Rejection)
{
    public static SurveyOutcome Accept(SurveyEvent? e = null) => new(e, null);

    public static SurveyOutcome Reject(string code) => new(null, code);
}

/// <summary>
/// The rules of a survey (docs/surveys.md): what is published stays as it is, and a change is a new edition. Whether a definition makes
/// sense is checked before (<see cref="DefinitionRules"/>).
/// </summary>
public static class SurveyDecider
{
    /// <summary>More than anybody publishes, and as many as one row should hold.</summary>
    public const int MaxEditions = 50;

    /// <param name="state">Null for a survey that isn't there yet.</param>
    public static SurveyOutcome Decide(SurveyState? state, SurveyCommand command, SurveyContext context)
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
        if (command is ProclaimSurvey proclaim)
            return Proclaim(state?.View, proclaim);
        if (state is not null && !context.MaySee)
            return SurveyOutcome.Reject(CaseRejections.NotFound);
        if (!context.MayManage)
            return SurveyOutcome.Reject(
                state is null && command is not DraftSurvey ? CaseRejections.NotFound : CaseRejections.NotPermitted
            );
        if (state is null)
            return command is DraftSurvey first
                ? SurveyOutcome.Accept(new SurveyDrafted(first.Area, first.Definition))
                : SurveyOutcome.Reject(CaseRejections.NotFound);
        if (command.IfVersions is { } versions && !versions.Contains(state.View.Version))
            return SurveyOutcome.Reject(CaseRejections.StaleVersion);
        return state.View.Status == SurveyStatus.Closed ? SurveyOutcome.Reject(SurveyRejections.Closed) : Change(state.View, command);
    }

    static SurveyOutcome Change(SurveyView view, SurveyCommand command) =>
        command switch
        {
            DraftSurvey draft => SurveyOutcome.Accept(
                SurveyEventJson.AreSame(view.Draft ?? view.Definition, draft.Definition) ? null : new SurveyDrafted(null, draft.Definition)
            ),
            PublishSurvey when view.Draft is null || view.Editions.Length >= MaxEditions => SurveyOutcome.Reject(SurveyRejections.NoDraft),
            PublishSurvey => SurveyOutcome.Accept(new SurveyPublished(null, view.Draft)),
            CloseSurvey close => SurveyOutcome.Accept(new SurveyClosed(close.Reason)),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };

    /// <summary>
    /// The pack's definition is asked from now on; one that was asked before, or a survey that was closed, stays as it is.
    /// </summary>
    static SurveyOutcome Proclaim(SurveyView? view, ProclaimSurvey command)
    {
        if (view is null)
            return SurveyOutcome.Accept(new SurveyPublished(command.Area, command.Definition));
        var isKnown = view.Editions.Any(e => SurveyEventJson.AreSame(e, command.Definition));
        return SurveyOutcome.Accept(
            isKnown || view.Status == SurveyStatus.Closed || view.Editions.Length >= MaxEditions
                ? null
                : new SurveyPublished(null, command.Definition)
        );
    }
}
