namespace GridActors.Grains.Areas;

/// <summary>Up to which position of the journal every area has been told what it must have counted.</summary>
[GenerateSerializer, Alias("gridactors.Reconciled")]
public sealed class Reconciled
{
    [Id(0)]
    public long Position { get; set; }

    /// <summary>By the pack, the day on which its areas were last told to count their households because a day began.</summary>
    [Id(300)]
    public Dictionary<string, DateOnly> Days { get; set; } = [];
}
