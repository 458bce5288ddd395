using GridActors.Contracts.Cases;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Packs.Files;

/// <summary>The key <c>supervision</c> of the catalogue and of a category.</summary>
static class SupervisionKeys
{
    static readonly ClockName[] Clocks =
    [
        ClockName.Respond,
        ClockName.OnSite,
        ClockName.Solve,
        ClockName.Reply,
        ClockName.Idle,
        ClockName.Step,
        ClockName.Forward,
    ];

    /// <returns>Null when the key is missing.</returns>
    public static SupervisionRule? Read(YamlMap map, string what)
    {
        if (map.Map("supervision", what) is not { } item)
            return null;
        var on = LadderKeys.ReadClockNames(item, "on", what, "supervise", Clocks);
        var rule = new SupervisionRule(on, ClockTerm.Parse(item.Optional("answer", ClockTerm.Complaint)));
        item.Done();
        return rule;
    }
}
