using GridActors.Storage.Cases;
using GridActors.Storage.Database;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Photos;

/// <summary>Writes <c>photo_use</c> with the steps that bring photos.</summary>
public sealed class PhotoUse : IReadTable
{
    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<(string Photo, Guid Case)>? used = null;
        foreach (var entry in entries)
        {
            if (entry is not CaseEntry { Case: var now, Before: var before })
                continue;
            for (var i = before?.Photos.Length ?? 0; i < now.Photos.Length; i++)
                (used ??= []).Add((now.Photos[i].Id, now.Id));
        }
        if (used is null)
            return;
        batch.BatchCommands.Add(
            new("insert into photo_use (photo, case_id) select * from unnest($1, $2) on conflict do nothing")
            {
                Parameters = { Parameters.Texts(used, u => u.Photo), Parameters.Uuids(used, u => u.Case) },
            }
        );
    }
}
