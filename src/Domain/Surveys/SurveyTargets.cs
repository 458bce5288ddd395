using GridActors.Contracts.Households;
using GridActors.Contracts.Surveys;
using GridActors.Domain.Households;

namespace GridActors.Domain.Surveys;

/// <summary>Whom a survey asks.</summary>
public static class SurveyTargets
{
    public static bool IsAsked(SurveyDefinition definition, HouseholdView household, Guid subject, DateOnly today)
    {
        if (household.Status != HouseholdStatus.Living)
            return false;
        if (definition.Subject == SurveySubject.Household)
            return subject == household.Id && IsAsked(definition.Filter, household.Living);
        return household.Resident(subject) is { IsLiving: true } resident
            && IsAsked(definition.Filter, [resident])
            && IsOfAge(definition.Filter, resident.Fields.GetValueOrDefault(StandardFields.BirthDate), today);
    }

    /// <summary>Nothing can be sealed any more for somebody who was erased.</summary>
    public static bool IsErased(HouseholdView household, Guid subject) =>
        subject != household.Id && household.Resident(subject) is null or { IsErased: true };

    /// <param name="birthDate">Null when it isn't known: then nobody can say that they are of that age.</param>
    public static bool IsOfAge(SurveyFilter filter, string? birthDate, DateOnly today)
    {
        if (!filter.HasAge)
            return true;
        if (WrittenDate.Read(birthDate ?? "") is not { } born)
            return false;
        var age = AgeOn(born, today);
        return age >= (filter.MinAge ?? 0) && age <= (filter.MaxAge ?? int.MaxValue);
    }

    static int AgeOn(DateOnly born, DateOnly day) => day.Year - born.Year - (day < born.AddYears(day.Year - born.Year) ? 1 : 0);

    static bool IsAsked(SurveyFilter filter, IEnumerable<ResidentView> residents) =>
        (filter.Groups.IsEmpty || residents.Any(r => r.Groups.Any(g => filter.Groups.Contains(g))))
        && (filter.Kinds.IsEmpty || residents.Any(r => filter.Kinds.Contains(r.Kind)));
}
