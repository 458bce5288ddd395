namespace GridActors.Domain.Scores;

/// <summary>
/// How many cases of an area went how in a month, of which the five rates are made (CJ/T 292): settled ÷ reported (结案率), on time ÷ closed
/// (按期处置率), returned ÷ closed (返工率), extended ÷ closed (延期率), and satisfied ÷ rated (满意率).
/// </summary>
/// <param name="Reported">In the month.</param>
/// <param name="Settled">Of those, closed by now.</param>
/// <param name="Closed">In the month, whenever they were reported.</param>
/// <param name="OnTime">Of the closed ones, without a broken promise.</param>
/// <param name="Returned">Of the closed ones, returned to be done again at least once.</param>
/// <param name="Extended">Of the closed ones, with a later due time at least once.</param>
public readonly record struct AreaRates(
    int Reported,
    int Settled,
    int Closed,
    int OnTime,
    int Returned,
    int Extended,
    int Rated,
    int Satisfied
)
{
    public static AreaRates operator +(AreaRates a, AreaRates b) =>
        new(
            a.Reported + b.Reported,
            a.Settled + b.Settled,
            a.Closed + b.Closed,
            a.OnTime + b.OnTime,
            a.Returned + b.Returned,
            a.Extended + b.Extended,
            a.Rated + b.Rated,
            a.Satisfied + b.Satisfied
        );
}
