using GridActors.Storage.Database;
using GridActors.Storage.Households;
using GridActors.Storage.Journal;
using Npgsql;

namespace GridActors.Storage.Places;

/// <summary>Writes <c>household_stay</c> when a household comes to live in a place, or leaves it.</summary>
public sealed class StayTable : IReadTable
{
    public void Write(NpgsqlBatch batch, IReadOnlyList<JournalEntry> entries)
    {
        List<HouseholdEntry>? moved = null;
        foreach (var entry in entries)
            if (entry is HouseholdEntry e && e.HomeBefore != e.Home)
                (moved ??= []).Add(e);
        if (moved is null)
            return;
        batch.BatchCommands.Add(
            new(
                """
                update household_stay s set until = t.at from unnest($1, $2) as t (household, at)
                where s.household = t.household and s.until is null
                """
            )
            {
                Parameters = { Parameters.Uuids(moved, m => m.Household.Id), Parameters.Times(moved, m => m.At) },
            }
        );
        batch.BatchCommands.Add(
            new(
                """
                insert into household_stay (household, since, place) select household, at, place
                from unnest($1, $2, $3) as t (household, at, place) where place is not null
                on conflict (household, since) do update set place = excluded.place, until = null
                """
            )
            {
                Parameters =
                {
                    Parameters.Uuids(moved, m => m.Household.Id),
                    Parameters.Times(moved, m => m.At),
                    Parameters.NullableUuids(moved, m => m.Home),
                },
            }
        );
    }
}
