namespace GridActors.Simulator.Households;

/// <param name="Fields">Values by the id of the field.</param>
/// <param name="Home">Where it lives; null for a house that stands by itself.</param>
sealed record GeneratedHousehold(
    string Area,
    IReadOnlyDictionary<string, string> Fields,
    IReadOnlyList<GeneratedResident> Residents,
    GeneratedHome? Home
);

/// <param name="Building">Counts the buildings of the area, from 0.</param>
/// <param name="Unit">Its name, such as 1单元.</param>
/// <param name="Door">Such as 301.</param>
sealed record GeneratedHome(int Building, string Unit, string Door);

/// <param name="Kind"><c>registered</c>, <c>migrant</c> or <c>absent</c>.</param>
/// <param name="Relation">To the head, a code of GB/T 4761.</param>
/// <param name="Certificates">When each lapses, by its kind.</param>
sealed record GeneratedResident(
    string Kind,
    string Relation,
    IReadOnlyDictionary<string, string> Fields,
    IReadOnlyList<string> Groups,
    IReadOnlyDictionary<string, DateOnly> Certificates
)
{
    /// <summary>Says of everybody that a generator made them up.</summary>
    public const string Tag = "generated";
}
