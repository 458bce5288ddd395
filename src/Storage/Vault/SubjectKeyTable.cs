using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Vault;

/// <summary>Stores the keys of new subjects, and deletes those of erased ones, with the events that say so.</summary>
public sealed class SubjectKeyTable : IReadTable
{
    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<SubjectKey> added = [.. entries.OfType<IHasNewKeys>().SelectMany(e => e.NewKeys)];
        if (added.Count > 0)
            batch.BatchCommands.Add(
                new("insert into subject_key (subject, pack, version, wrapped) select * from unnest($1, $2, $3, $4)")
                {
                    Parameters =
                    {
                        Parameters.Uuids(added, k => k.Subject),
                        Parameters.Texts(added, k => k.Pack),
                        Parameters.Integers(added, k => k.DataKeyVersion),
                        Parameters.Bytes(added, k => k.Wrapped),
                    },
                }
            );
        List<Guid> erased = [.. entries.OfType<IErasesSubjects>().SelectMany(e => e.Erased)];
        if (erased.Count > 0)
            batch.BatchCommands.Add(
                new("delete from subject_key where subject = any($1)") { Parameters = { Parameters.Uuids(erased, s => s) } }
            );
    }
}
