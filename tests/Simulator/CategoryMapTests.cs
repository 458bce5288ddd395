using GridActors.Simulator.Client;
using GridActors.Simulator.Replay;

namespace GridActors.Simulator.Tests;

public sealed class CategoryMapTests
{
    [Fact]
    public void Every_type_of_the_file_has_a_category_and_no_other_does()
    {
        var map = CategoryMap.Read(CommittedData.Categories);

        Assert.Equal(141, map.Codes.Count);
        Assert.Equal(CommittedData.Rows.Select(r => r.Type).Distinct().Order(), map.Codes.Keys.Order());
        Assert.All(map.Codes.Values, code => Assert.Matches("^[a-z][a-z-]*$", code));
    }

    [Fact]
    public void A_category_the_pack_lacks_goes_to_its_general_one_and_is_counted()
    {
        var map = new CategoryMap(new Dictionary<string, string> { ["Pothole"] = "pothole", ["Lead"] = "hazardous-waste" });
        var choice = new CategoryChoice(
            map,
            Catalogue(
                ("lead", "其他线索", true),
                ("unsafe", "其他危险情形", false),
                ("other", "其他诉求", false),
                ("pothole", "坑洞", false)
            )
        );

        Assert.Equal("pothole", choice.Of("Pothole"));
        Assert.Equal("other", choice.Of("Lead"));
        Assert.Equal("other", choice.Of("Lead"));
        Assert.Equal(new Dictionary<string, int> { ["hazardous-waste"] = 2 }, choice.Replaced);
    }

    [Fact]
    public void A_confidential_category_is_never_the_fallback()
    {
        var choice = new CategoryChoice(
            new CategoryMap(new Dictionary<string, string>()),
            Catalogue(("lead", "线索", true), ("lamp", "路灯", false))
        );

        Assert.Equal("lamp", choice.Of("Anything"));
    }

    static CatalogueView Catalogue(params (string Code, string Name, bool Confidential)[] categories) =>
        new([], [.. categories.Select(c => new CategoryView(c.Code, c.Name, null, null, c.Confidential, false))]);
}
