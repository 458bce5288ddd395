using System.ComponentModel;
using GridActors.Domain.Packs;
using GridActors.Storage.Places;
using GridActors.Web.Households;
using GridActors.Web.Problems;
using GridActors.Web.Sessions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace GridActors.Web.Places;

/// <summary>The filters of a list of places, as a request gives them.</summary>
public sealed record PlaceListQuery
{
    [Description("Code of the area; by default the caller's home.")]
    public string? Area { get; init; }

    [Description("Only of this kind: `building`, `unit`, `dwelling`, `key-place` or `organisation`.")]
    public string? Kind { get; init; }

    [Description("Only key places of this type, one of the pack's `keyPlaces`.")]
    public string? Type { get; init; }

    [Description("Only what belongs to this building or unit itself.")]
    public string? Parent { get; init; }

    [Description("`in-use` ones, as by default, or those that are `gone`.")]
    public string? State { get; init; }

    [Description("Only key places that must be looked at, and weren't in time.")]
    public bool? Overdue { get; init; }

    [Description(
        "A name or a part of it, initials of its pinyin, a door, a credit code: answers one page. Owners aren't searched for, because this "
            + "stands in an address."
    )]
    public string? Text { get; init; }

    const int MaxText = 70;

    /// <returns>The filter and the text to look for, or why there is none.</returns>
    public (PlaceFilter? Filter, string Text, ProblemHttpResult? Problem) Read(
        Caller caller,
        string? cursor,
        IReadOnlyList<VisitCutoff> cutoffs,
        HttpContext context
    )
    {
        var fields = Fields.Of(context);
        if (!Paging.TryRead(cursor, out var after))
            Paging.Wrong(fields);
        var kind = Kind is null ? null : PlaceNames.Kind(Kind);
        if (Kind is not null && kind is null)
            fields.Wrong(
                "kind",
                "应为 building、unit、dwelling、key-place 或 organisation",
                "must be building, unit, dwelling, key-place or organisation"
            );
        if (State is not (null or "in-use" or "gone"))
            fields.Wrong("state", "应为 in-use 或 gone", "must be in-use or gone");
        Guid? parent = null;
        if (Parent is not null)
            if (Guid.TryParseExact(Parent, "N", out var id))
                parent = id;
            else
                fields.Wrong("parent", "不是编号", "is no id");
        var text = fields.Text("text", Text, MaxText, required: false);
        if (!fields.AreValid)
            return (null, "", fields.Problem(context));
        var (under, problem) = HouseholdListQuery.Under(Area, caller, context);
        if (under is null)
            return (null, "", problem);
        return (
            new([.. under.Downwards().SelectMany(a => a.WithFormer).Select(a => a.Key)])
            {
                Kind = kind,
                Type = Type,
                Parent = parent,
                IsGone = State == "gone",
                Overdue = Overdue == true ? cutoffs : null,
                After = after,
            },
            text,
            null
        );
    }

    /// <summary>From when on key places are overdue: as long ago as the pack says for their type.</summary>
    public static IReadOnlyList<VisitCutoff> Cutoffs(LoadedPack pack, DateTimeOffset now) =>
        [
            .. from type in pack.Pack.Households?.KeyPlaces ?? []
            where type.VisitEvery is not null
            select new VisitCutoff(type.Id, pack.Start(type.VisitEvery.GetValueOrDefault().Before(pack.Day(now)))),
        ];
}
