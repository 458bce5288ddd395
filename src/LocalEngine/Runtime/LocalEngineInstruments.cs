using System.Diagnostics.Metrics;

namespace GridActors.LocalEngine.Runtime;

/// <summary>What the engine measures. Tags name grain types, never keys.</summary>
internal sealed class LocalEngineInstruments
{
    private readonly Counter<long> _timeouts;

    internal LocalEngineInstruments(IMeterFactory meters, GrainKind[] kinds)
    {
        var meter = meters.Create("GridActors.LocalEngine");
        _timeouts = meter.CreateCounter<long>(
            "gridactors.engine.timeouts", "{call}", "Calls whose caller waited for the response timeout in vain.");
        meter.CreateObservableUpDownCounter(
            "gridactors.engine.activations",
            () => kinds.Select(kind => new Measurement<int>(
                kind.ActivationCount, new KeyValuePair<string, object?>("grain.type", kind.GrainType.ToString()))),
            "{activation}",
            "Actors in memory.");
    }

    internal void OnTimeout() => _timeouts.Add(1);
}
