using GridActors.Domain.Clocks;

namespace GridActors.Decisions.Tests.Packs;

/// <summary>The keys of the catalogue that limit returned work and reopening.</summary>
public sealed class ReturnKeysTests
{
    [Fact]
    public void Number_of_returns_is_the_packs_and_a_category_can_have_another()
    {
        using var files = new SmallPack();
        Assert.Equal((0, null, false), Read(files));

        files.Replace("catalogue.yaml", "categories:", "maxReturns: 3\ncategories:");
        files.Replace("catalogue.yaml", "    materials: [现场照片]", "    maxReturns: 1\n    explanationIsFinal: true");
        Assert.Equal((3, 1, true), Read(files));

        files.Replace("catalogue.yaml", "maxReturns: 3", "maxReturns: 10");
        Assert.Contains("catalogue.yaml:1: maxReturns of the catalogue: \"10\" must be a number from 1 to 9", files.Errors());
    }

    [Fact]
    public void Time_for_reopening_is_the_packs_and_a_category_can_have_another()
    {
        using var files = new SmallPack();
        files.Replace("catalogue.yaml", "categories:", "reopenWithin: 15wd\ncategories:");
        files.Replace("catalogue.yaml", "    materials: [现场照片]", "    reopenWithin: 48h");
        var pack = files.Read().Pack!;

        Assert.Equal((Term.Parse("15wd"), Term.Parse("48h")), (pack.ReopenWithin, pack.Categories[0].ReopenWithin));
    }

    static (int, int?, bool) Read(SmallPack files)
    {
        var pack = files.Read().Pack!;
        return (pack.MaxReturns, pack.Categories[0].MaxReturns, pack.Categories[0].ExplanationIsFinal);
    }
}
