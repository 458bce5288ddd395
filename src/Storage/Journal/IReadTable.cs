using Npgsql;

namespace GridActors.Storage.Journal;

/// <summary>A read table that is written in the transaction that appends the events, with set-based statements.</summary>
public interface IReadTable
{
    /// <summary>Adds the statements for those entries that concern the table. No stream occurs twice in one call.</summary>
    void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries);
}
