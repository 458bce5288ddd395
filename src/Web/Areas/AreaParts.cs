using GridActors.Contracts.Areas;
using GridActors.Domain.Packs;

namespace GridActors.Web.Areas;

/// <summary>The areas of which figures are counted, each with the child of the area as which it counts.</summary>
static class AreaParts
{
    /// <summary>What is in the area itself, and not below it.</summary>
    public const int Own = -1;

    public static IReadOnlyList<(AreaId Area, int Part)> Of(AreaNode root) =>
        [
            .. root.WithFormer.Select(a => (a, Own)),
            .. root.Children.SelectMany((c, i) => c.Downwards().SelectMany(a => a.WithFormer).Select(a => (a, i))),
        ];
}
