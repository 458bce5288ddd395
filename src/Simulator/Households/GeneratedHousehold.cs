namespace GridActors.Simulator.Households;

/// <param name="Fields">Values by the id of the field.</param>
sealed record GeneratedHousehold(string Area, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<GeneratedResident> Residents);

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
