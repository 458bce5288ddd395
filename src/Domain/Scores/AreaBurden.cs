namespace GridActors.Domain.Scores;

/// <summary>What an area's workers were asked to do and to note in a month (基层负担).</summary>
/// <param name="Workers">Who noted something.</param>
/// <param name="Days">Days on which one of them did, each of them once a day.</param>
/// <param name="CheckIns">Sign-ins, sign-outs and check-ins.</param>
/// <param name="Checkpoints">Lines of checklists and key places that were noted on patrols.</param>
/// <param name="Tasks">To-dos that were sent down in the month.</param>
/// <param name="Notices">Of messages to be read and confirmed.</param>
/// <param name="Minutes">What the senders thought that the tasks take, where they said it.</param>
public readonly record struct AreaBurden(
    int Workers,
    int Days,
    int CheckIns,
    int Checkpoints,
    int Visits,
    int Reports,
    int Tasks,
    int Notices,
    int Minutes
)
{
    public static AreaBurden operator +(AreaBurden a, AreaBurden b) =>
        new(
            a.Workers + b.Workers,
            a.Days + b.Days,
            a.CheckIns + b.CheckIns,
            a.Checkpoints + b.Checkpoints,
            a.Visits + b.Visits,
            a.Reports + b.Reports,
            a.Tasks + b.Tasks,
            a.Notices + b.Notices,
            a.Minutes + b.Minutes
        );
}
