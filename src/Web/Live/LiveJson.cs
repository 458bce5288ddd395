using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Inbox;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using GridActors.Web.Areas;
using GridActors.Web.Cases;
using GridActors.Web.Sessions;

namespace GridActors.Web.Live;

/// <summary>What changed on a board, or with <paramref name="Full"/> all of it.</summary>
public sealed record AreaFrameJson(
    string Area,
    long Epoch,
    long Previous,
    long Sequence,
    bool Full,
    DateTimeOffset AsOf,
    DateOnly Day,
    CountsJson Counts,
    IReadOnlyList<ChildJson> Children,
    IReadOnlyList<TickerJson> Ticker
)
{
    public static AreaFrameJson Of(BoardFrame frame, LoadedPack pack) =>
        new(
            frame.Area.Code,
            frame.Cursor.Epoch,
            frame.Previous,
            frame.Cursor.Sequence,
            false,
            frame.AsOf,
            frame.Day,
            CountsJson.Of(frame.Counts, pack),
            [.. frame.Children.Select(c => ChildJson.Of(c, pack))],
            [.. frame.Ticker.Select(t => TickerJson.Of(t, pack))]
        );

    /// <summary>The frame as it is for a caller: who may not read households there isn't told how many there are.</summary>
    /// <param name="masked">The frame without households, made once for all who may not read them.</param>
    public AreaFrameJson For(Caller caller, ref AreaFrameJson? masked)
    {
        if (Counts.Households is null || caller.ReadsHouseholds(Area))
            return this;
        return masked ??= this with
        {
            Counts = Counts.WithoutLedger(),
            Children = [.. Children.Select(c => c with { Counts = c.Counts.WithoutLedger() })],
        };
    }

    /// <summary>A frame that replaces whatever the browser has.</summary>
    public static AreaFrameJson Of(Board board, LoadedPack pack) =>
        new(
            board.Area.Code,
            board.Cursor.Epoch,
            board.Cursor.Sequence,
            board.Cursor.Sequence,
            true,
            board.AsOf,
            board.Day,
            CountsJson.Of(board.Counts, pack),
            [.. board.Children.Select(c => ChildJson.Of(c, pack))],
            [.. board.Ticker.Select(t => TickerJson.Of(t, pack))]
        );
}

public sealed record CaseChangedJson(string Id, int Version, string Step, string By, string ByName, CaseSummaryJson Case)
{
    public static CaseChangedJson Of(CaseView view, LoadedPack pack) =>
        new(
            view.Id.ToString("N"),
            view.Version,
            ApiNames.Of(view.LastStep),
            view.UpdatedBy.Id,
            pack.NameOf(view.UpdatedBy),
            CaseSummaryJson.Of(view, pack)
        );
}

/// <param name="CaseId">The id of the case, also when nothing else is told of it.</param>
/// <param name="Case">Null, as are the step and who took it, when the case is gone and the owner may not see it any more.</param>
public sealed record InboxChangedJson(
    string Role,
    bool Unread,
    string CaseId,
    string? Step,
    string? By,
    string? ByName,
    CaseSummaryJson? Case,
    [property: JsonIgnore] int Version
)
{
    /// <param name="maySee">Whether the owner may see the case as it is now.</param>
    public static InboxChangedJson Of(CaseView view, PersonId owner, bool maySee, LoadedPack pack) =>
        maySee
            ? new(
                ApiNames.Of(InboxRoles.Of(owner, view)),
                view.UpdatedBy != owner,
                view.Id.ToString("N"),
                ApiNames.Of(view.LastStep),
                view.UpdatedBy.Id,
                pack.NameOf(view.UpdatedBy),
                CaseSummaryJson.Of(view, pack),
                view.Version
            )
            : new(ApiNames.Of(InboxRole.Gone), false, view.Id.ToString("N"), null, null, null, null, view.Version);
}

public sealed record BeatJson(DateTimeOffset At);
