namespace GridActors.Grains.Areas;

/// <summary>The figures of an area that are counted with SQL beside its cases, each kind when it has changed.</summary>
/// <param name="count">Counts one kind with what it is given.</param>
sealed class OwnFigures(IGrainBase grain, TimeProvider clock, TallyReader tables, OwnFigures.Run count, Action<Exception> onFailed)
{
    public delegate Task Run(TallyReader.Count kind, CancellationToken cancellationToken);

    public FigureRecount Households { get; } = new(grain, clock, token => count(tables.CountHouseholds, token), onFailed);

    public FigureRecount Duty { get; } = new(grain, clock, token => count(tables.CountDuty, token), onFailed);

    public FigureRecount Tasks { get; } = new(grain, clock, token => count(tables.CountTasks, token), onFailed);

    /// <summary>Whom workers must visit depends on what is known of the households.</summary>
    public void MarkHouseholdsDirty()
    {
        Households.MarkDirty();
        Duty.MarkDirty();
    }

    /// <summary>Counts now what is in doubt.</summary>
    public async Task Settle(CancellationToken cancellationToken)
    {
        await Households.Run(cancellationToken);
        await Duty.Run(cancellationToken);
        await Tasks.Run(cancellationToken);
    }
}
