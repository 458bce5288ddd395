using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.WorkerDays;

namespace GridActors.Domain.WorkerDays;

/// <summary>The record of which a flag is cleared, as its row says.</summary>
/// <param name="Open">Its flags that nobody has cleared.</param>
/// <param name="MayClear">Whether the person oversees the area of the record.</param>
public sealed record FlaggedRecord(FieldRecordKind Kind, GradedFacts Facts, ImmutableArray<FlagKind> Open, bool MayClear);

/// <summary>How many records a day has now.</summary>
/// <param name="Late">How many came after it was closed.</param>
public sealed record DayRecords(int Records, int CheckIns, int Visits, int Patrols, int Late);

/// <summary>An event, or the code of a rejection. When there is neither, the command is accepted and changes nothing.</summary>
public readonly record struct WorkerDayOutcome(WorkerDayEvent? Event, string? Rejection)
{
    public static WorkerDayOutcome Accept(WorkerDayEvent? e = null) => new(e, null);

    public static WorkerDayOutcome Reject(string code) => new(null, code);
}

/// <summary>The rules of a worker's day (docs/field-work.md).</summary>
public static class WorkerDayDecider
{
    /// <param name="record">The one whose flag is cleared; null when there is no such record, or another command.</param>
    public static WorkerDayOutcome Decide(WorkerDayState state, WorkerDayCommand command, FlaggedRecord? record, FieldThresholds thresholds)
    {
        foreach (var earlier in state.Operations)
        {
            if (earlier == command.Operation)
                return WorkerDayOutcome.Accept();
            if (OperationIds.HaveOneKey(earlier, command.Operation))
                return WorkerDayOutcome.Reject(CaseRejections.KeyReused);
        }
        if (state.HasUnknown)
            return WorkerDayOutcome.Reject(CaseRejections.NewerVersion);
        return command switch
        {
            ClearFlag clear => Clear(state, clear, record, thresholds),
            WriteDiary diary => IsOwn(state, diary) ?? WorkerDayOutcome.Accept(new DiaryWritten(SealedWords.Of(diary.Text))),
            HandOver handOver => IsOwn(state, handOver)
                ?? WorkerDayOutcome.Accept(new HandedOver(SealedWords.Of(handOver.Text), handOver.To)),
            _ => throw new NotSupportedException($"No rule for {command.GetType().Name}."),
        };
    }

    /// <summary>What its time, or what came late, makes of a day; null when nothing is to be done.</summary>
    public static WorkerDayEvent? Settle(WorkerDayState state, DayRecords now)
    {
        if (state.HasUnknown)
            return null;
        if (state.View.ClosedAt is null)
            return new DayClosed(now.Records, now.CheckIns, now.Visits, now.Patrols);
        return now.Records == state.Records ? null : new DayCorrected(now.Records, now.Late);
    }

    static WorkerDayOutcome Clear(WorkerDayState state, ClearFlag command, FlaggedRecord? record, FieldThresholds thresholds)
    {
        if (record is null)
            return WorkerDayOutcome.Reject(CaseRejections.NotFound);
        if (command.By == state.View.Person)
            return WorkerDayOutcome.Reject(WorkerDayRejections.OwnFlag);
        if (!record.MayClear)
            return WorkerDayOutcome.Reject(CaseRejections.NotFound);
        if (!record.Open.Contains(command.Flag))
            return WorkerDayOutcome.Reject(WorkerDayRejections.NoFlag);
        var graded = EvidenceGrader.Grade(record.Kind, record.Facts, thresholds, record.Open.Remove(command.Flag));
        return WorkerDayOutcome.Accept(new FlagCleared(command.Record, command.Flag, command.Reason, graded.Grade, graded.Reasons));
    }

    static WorkerDayOutcome? IsOwn(WorkerDayState state, WorkerDayCommand command) =>
        command.By == state.View.Person ? null : WorkerDayOutcome.Reject(CaseRejections.NotFound);
}
