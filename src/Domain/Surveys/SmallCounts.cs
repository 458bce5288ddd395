using GridActors.Contracts.Surveys;

namespace GridActors.Domain.Surveys;

/// <summary>
/// Which figures of a personal question may be shown. Where few people answer, a figure tells of whom it is, so none below five is shown
/// under the pack's level. When an area has one, its neighbours under the same parent aren't shown either: what is missing could be
/// computed from the parent's figure and theirs.
/// </summary>
public static class SmallCounts
{
    public const int Least = 5;

    /// <param name="countsOfSiblings">The counts of each area under the same parent, the area itself included.</param>
    public static bool AreHidden(SurveyQuestion question, bool isBelowLevel, IEnumerable<IEnumerable<int>> countsOfSiblings) =>
        question.IsPersonal && isBelowLevel && countsOfSiblings.Any(counts => counts.Any(c => c is > 0 and < Least));
}
