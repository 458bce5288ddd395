namespace GridActors.Grains;

/// <summary>What the stored states of all actors have in common.</summary>
public static class GrainStorage
{
    /// <summary>The name of the grain storage that every actor with a persistent state uses.</summary>
    public const string Name = "gridactors";

    /// <summary>Orleans' service id. Part of the key of every row: never change it.</summary>
    public const string Service = "gridactors";
}
