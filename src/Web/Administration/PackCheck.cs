using System.Text.Json;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using GridActors.Storage.Cases;
using GridActors.Storage.Packs;
using GridActors.Storage.Time;

namespace GridActors.Web.Administration;

/// <summary>Says what publishing a draft would do: its errors, what it changes, whom it reaches, and which open cases it touches.</summary>
public sealed class PackCheck(
    PackVersions versions,
    PackPublisher publisher,
    PackWarnings warnings,
    RoutedCases routed,
    OpenCases open,
    ServiceTime clock
)
{
    public async Task<PackResult> Read(string pack, IReadOnlyDictionary<string, string> files, CancellationToken cancellationToken) =>
        PackReader.Read(pack, await versions.Sources(files, cancellationToken));

    public async Task<PackCheckJson> Run(LoadedPack inForce, PackVersion current, PackDraft draft, CancellationToken cancellationToken)
    {
        var id = inForce.Pack.Id;
        var read = await Read(id, draft.Files, cancellationToken);
        if (read.Pack is not { } pack)
            return new(draft.Revision, current.Number, [.. read.Errors.Select(PackCheckJson.Of)], null, [], [], [], null);
        var before = (await Read(id, current.Files, cancellationToken)).Pack;
        var next = LoadedPack.Build(pack).With(inForce.Leaves.All, []);
        return new(
            draft.Revision,
            current.Number,
            [],
            await publisher.Conflict(pack, cancellationToken),
            before is null ? [] : [.. PackComparison.Of(before, pack).Select(PackCheckJson.Of)],
            [.. Reach.Of(next, inForce, clock.GetUtcNow()).Select(PackCheckJson.Of)],
            await warnings.Of(inForce, pack, inForce.Day(clock.GetUtcNow()), cancellationToken),
            await Touched(inForce, next, cancellationToken)
        );
    }

    /// <summary>An open case keeps its terms, so only another calendar or other office hours make it due at another time.</summary>
    async Task<TouchedCasesJson> Touched(LoadedPack inForce, LoadedPack next, CancellationToken cancellationToken)
    {
        var (now, cases, rerouted) = (clock.GetUtcNow(), 0, 0);
        await foreach (var one in routed.Of(inForce.Pack.Id, cancellationToken))
        {
            cases++;
            if (CaseRouting.IsOutdated(next, one, now))
                rerouted++;
        }
        var moves = new DueTimeMoves();
        if (!WorkAlike(inForce.Pack, next.Pack))
            await foreach (var state in open.Of(inForce.Pack.Id, cancellationToken))
                moves.Add(state, next.WorkingTime, now);
        return new(cases, rerouted, moves.Earlier, moves.Later, moves.Overdue);
    }

    static bool WorkAlike(Pack a, Pack b) =>
        a.TimeZone == b.TimeZone && JsonSerializer.Serialize(a.WorkSchedule) == JsonSerializer.Serialize(b.WorkSchedule);
}
