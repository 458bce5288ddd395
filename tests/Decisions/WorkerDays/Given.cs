using GridActors.Contracts.People;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.WorkerDays;

namespace GridActors.Decisions.Tests.WorkerDays;

/// <summary>A worker's day, and what happens to it.</summary>
static class Given
{
    public static PersonId Worker { get; } = new("qinghe", "worker-1");
    public static PersonId Head { get; } = new("qinghe", "leader-a");
    public static DateTimeOffset Noon { get; } = new(2026, 11, 26, 4, 0, 0, TimeSpan.Zero);

    public static WorkerDayState Day() => WorkerDayState.Begin(Worker, new(2026, 11, 26));

    public static WorkerDayState After(this WorkerDayState state, WorkerDayEvent e, PersonId? by = null, Guid? operation = null) =>
        state.Evolve(e, Noon, by ?? Worker, operation ?? Guid.NewGuid());

    public static FlaggedRecord Record(bool mayClear = true, params FlagKind[] open) =>
        new(FieldRecordKind.Visit, new(10, true, false, false, false, false), [.. open], mayClear);

    public static ClearFlag Clear(PersonId? by = null, FlagKind flag = FlagKind.OutsideArea) =>
        new()
        {
            Operation = Guid.NewGuid(),
            By = by ?? Head,
            Record = Guid.NewGuid(),
            Flag = flag,
            Reason = "在社区开会",
        };
}
