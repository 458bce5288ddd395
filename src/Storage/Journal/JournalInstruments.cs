using System.Diagnostics.Metrics;

namespace GridActors.Storage.Journal;

/// <summary>Metrics of the journal, meter <c>GridActors.Journal</c>.</summary>
public sealed class JournalInstruments
{
    public const string MeterName = "GridActors.Journal";

    readonly Counter<long> _entries;
    readonly Counter<long> _conflicts;
    readonly Counter<long> _refusals;
    readonly Histogram<double> _commits;

    public JournalInstruments(IMeterFactory meters)
    {
        var meter = meters.Create(MeterName);
        _entries = meter.CreateCounter<long>("gridactors.journal.entries", "{entry}", "Entries that became durable.");
        _conflicts = meter.CreateCounter<long>("gridactors.journal.conflicts", "{entry}", "Entries whose stream had moved on.");
        _refusals = meter.CreateCounter<long>("gridactors.journal.refusals", "{entry}", "Entries refused because the queue was full.");
        _commits = meter.CreateHistogram<double>("gridactors.journal.commit.duration", "s", "Time of one commit.");
    }

    public void Committed(int entries, TimeSpan duration)
    {
        _entries.Add(entries);
        _commits.Record(duration.TotalSeconds);
    }

    public void Conflicted() => _conflicts.Add(1);

    public void Refused() => _refusals.Add(1);
}
