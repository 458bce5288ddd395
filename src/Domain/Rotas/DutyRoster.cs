using System.Collections.Frozen;
using System.Collections.Immutable;
using GridActors.Contracts.People;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;

namespace GridActors.Domain.Rotas;

/// <summary>Who is on duty where, by the shifts of a pack. Immutable.</summary>
public sealed class DutyRoster
{
    /// <summary>For so long a change is looked for.</summary>
    const int MaxDays = 366;

    readonly string _pack;
    readonly WorkingTime _time;
    readonly FrozenDictionary<(string Rota, string Area), ImmutableArray<Shift>> _shifts;
    readonly FrozenDictionary<string, ImmutableArray<Shift>> _ofPeople;
    readonly ImmutableArray<TimesOfDay> _times;

    public DutyRoster(Pack pack, WorkingTime time)
    {
        (_pack, _time) = (pack.Id, time);
        _shifts = pack.Shifts.GroupBy(s => (s.Rota, s.Area)).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray());
        _ofPeople = pack.Shifts.GroupBy(s => s.Person).ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray());
        var rules = pack.Categories.SelectMany(c => c.Recipients).ToList();
        _times = [.. rules.Select(r => r.When).OfType<TimesOfDay>().Distinct()];
        FollowedRotas = [.. rules.Select(r => r.Rota).OfType<string>().Distinct()];
    }

    /// <summary>The rotas by which cases are offered.</summary>
    ImmutableArray<string> FollowedRotas { get; }

    /// <summary>The shifts of a rota in an area, whenever they are.</summary>
    public ImmutableArray<Shift> Of(string rota, AreaNode area) => _shifts.TryGetValue((rota, area.Code), out var shifts) ? shifts : [];

    /// <summary>The shifts of a person, whenever and wherever they are.</summary>
    public ImmutableArray<Shift> OfPerson(string person) => _ofPeople.TryGetValue(person, out var shifts) ? shifts : [];

    /// <summary>Who is on duty in an area itself at a moment; each once.</summary>
    public IReadOnlyList<PersonId> OnDuty(string rota, AreaNode area, DateTimeOffset at)
    {
        var shifts = Of(rota, area);
        if (shifts.IsEmpty)
            return [];
        var today = _time.DayOf(at);
        return [.. shifts.Where(s => s.Covers(at, today, _time)).Select(s => new PersonId(_pack, s.Person)).Distinct()];
    }

    /// <summary>The nearest area, going up the tree, in which somebody is on duty; null where nobody is.</summary>
    public AreaNode? NearestArea(string rota, string? level, AreaNode place, DateTimeOffset at)
    {
        for (var node = level is null ? place : place.AtLevel(level); node is not null; node = node.Parent)
            if (OnDuty(rota, node, at).Count > 0)
                return node;
        return null;
    }

    /// <summary>Everybody who is on duty at some time in an area or above it.</summary>
    public IEnumerable<PersonId> AtAnyTime(string rota, string? level, AreaNode place)
    {
        for (var node = level is null ? place : place.AtLevel(level); node is not null; node = node.Parent)
            foreach (var shift in Of(rota, node))
                yield return new(_pack, shift.Person);
    }

    /// <summary>
    /// When cases can next go to other people only because time passes: a shift or the office hours begin or end. Null when the rules name
    /// no times. When nothing changes within a year, it is in a year, so that somebody looks again.
    /// </summary>
    public DateTimeOffset? NextChange(DateTimeOffset after)
    {
        if (_times.IsEmpty && FollowedRotas.IsEmpty)
            return null;
        var shifts = _shifts.Where(s => FollowedRotas.Contains(s.Key.Rota)).SelectMany(s => s.Value).ToList();
        var today = _time.DayOf(after);
        var next = after.AddDays(MaxDays);
        // What begins on a later day changes nothing before that day.
        for (var day = today.AddDays(-1); day <= today || _time.StartOf(day) < next; day = day.AddDays(1))
            foreach (var change in Changes(day).Where(c => after < c && c < next))
                next = change;
        return next;

        IEnumerable<DateTimeOffset> Changes(DateOnly day)
        {
            foreach (var shift in shifts.Where(s => s.BeginsOn(day, _time)))
            foreach (var change in Both(shift.On(day, _time)))
                yield return change;
            foreach (var times in _times)
                if (times.On(day, _time) is { } on)
                    foreach (var change in Both(on))
                        yield return change;
        }

        static IEnumerable<DateTimeOffset> Both((DateTimeOffset Begins, DateTimeOffset Ends) times) => [times.Begins, times.Ends];
    }
}
