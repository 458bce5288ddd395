using System.Collections.Immutable;
using GridActors.Contracts.FieldTasks;
using GridActors.Contracts.People;
using GridActors.Domain.FieldTasks;

namespace GridActors.Decisions.Tests.FieldTasks;

/// <summary>A task to three grids of the made-up county, step by step.</summary>
sealed class GivenTask
{
    public static readonly DateTimeOffset Morning = new(2026, 11, 24, 8, 0, 0, TimeSpan.FromHours(8));
    public static readonly PersonId Leader = new("qinghe", "dispatcher-1");
    public static readonly PersonId Worker = new("qinghe", "worker-1");
    public static readonly TargetKey One = new("C-A1-1");
    public static readonly TargetKey Two = new("C-A1-2");
    public static readonly TargetKey Three = new("C-A2-1");

    public static readonly TaskDefinition Patrol = new(
        "河道巡查",
        "River patrol",
        "沿河走一遍",
        TaskKind.Work,
        new(["grid"], ["worker"]),
        [new("litter", "垃圾"), new("bank", "堤岸")],
        [],
        "",
        TaskProof.Photo,
        "",
        null,
        "1h"
    );

    public Guid Id { get; } = Guid.NewGuid();

    public FieldTaskState? State { get; private set; }

    public FieldTaskView View => State!.View;

    public static SendTask Sending(TaskDefinition? definition = null) =>
        new()
        {
            Operation = Guid.NewGuid(),
            By = Leader,
            Area = new("qinghe/C"),
            Definition = definition ?? Patrol,
        };

    public static DoTarget Doing(TargetKey target, DateTimeOffset? takenAt = null) =>
        new()
        {
            Operation = Guid.NewGuid(),
            By = Worker,
            Area = target.Area,
            Note = "",
            Photos = ["a"],
            Ticked = ["litter", "bank"],
            TakenAt = takenAt,
        };

    public static FieldTaskContext At(
        DateTimeOffset now,
        TargetKey? own = null,
        bool maySend = true,
        DateTimeOffset? due = null,
        DateTimeOffset? remind = null
    ) => new(now, maySend, [One, Two, Three], due, remind, own);

    /// <returns>The task after it was sent in the morning, due at noon, with a reminder an hour before.</returns>
    public static GivenTask Sent(TaskDefinition? definition = null)
    {
        var given = new GivenTask();
        given.Take(Sending(definition), At(Morning, due: Morning.AddHours(4), remind: Morning.AddHours(3)));
        return given;
    }

    public string? Take(FieldTaskCommand command, FieldTaskContext context)
    {
        var outcome = FieldTaskDecider.Decide(State, command, context);
        if (outcome.Event is { } e)
            Apply(e, context.Now, command.By, command.Operation);
        return outcome.Rejection;
    }

    public FieldTaskEvent? Settle(DateTimeOffset now)
    {
        var e = FieldTaskDecider.Settle(State, now);
        if (e is not null)
            Apply(e, now, PersonId.Clock("qinghe"), Guid.NewGuid());
        return e;
    }

    public string? Do(TargetKey target, DateTimeOffset now, DateTimeOffset? takenAt = null) =>
        Take(Doing(target, takenAt), At(now, target));

    public string? Recall(DateTimeOffset now) =>
        Take(
            new RecallTask
            {
                Operation = Guid.NewGuid(),
                By = Leader,
                Reason = "改期",
            },
            At(now)
        );

    /// <summary>As it is written and read again.</summary>
    void Apply(FieldTaskEvent e, DateTimeOffset at, PersonId by, Guid operation)
    {
        var (kind, data) = FieldTaskEventJson.Write(e);
        State = FieldTaskState.Evolve(State, Id, FieldTaskEventJson.Read(kind, data), at, by, operation);
        var counted = State.Targets.Values.ToImmutableArray();
        Assert.Equal(counted.Count(t => t.Status == TargetStatus.Open), View.Tally.Open);
        Assert.Equal(counted.Count(t => t is { Status: TargetStatus.Open, IsLate: true }), View.Tally.Late);
        Assert.Equal(counted.Count(t => t.Status == TargetStatus.Done), View.Tally.Done);
        Assert.Equal(counted.Count(t => t.IsRead), View.Tally.Read);
    }
}
