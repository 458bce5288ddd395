using GridActors.Contracts.Cases;

namespace GridActors.Contracts.Surveys;

/// <summary>The ids of answer sheets: whoever asks the same household twice comes to the same sheet.</summary>
public static class SheetIds
{
    public static Guid Of(Guid survey, Guid subject) => OperationIds.OfCreated(survey.ToString("N"), $"sheet {subject:N}");
}
