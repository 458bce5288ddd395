using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>How likely two reports are of the same matter.</summary>
public sealed class DuplicateScoreTests
{
    static readonly CaseView Cover = Offered().State.Case! with { Title = "人民路口井盖缺失" };
    static readonly Position Here = new(113.4952, 27.6571);

    [Fact]
    public void Same_words_at_the_same_place_and_time_are_certain() =>
        Assert.Equal(1, DuplicateScore.Of(new(Cover, Here, Cover, Here, true)), 6);

    [Fact]
    public void Other_words_at_the_same_place_are_suggested_and_the_same_words_elsewhere_are_not()
    {
        var worded = Cover with { Title = "下水道盖子不见了" };
        Assert.InRange(DuplicateScore.Of(new(Cover, Here, worded, Near(30), true)), DuplicateScore.Least, 0.7);

        var later = Cover with { ReportedAt = Cover.ReportedAt.AddDays(20) };
        Assert.InRange(DuplicateScore.Of(new(Cover, Here, later, Near(900), true)), 0, DuplicateScore.Least - 0.01);
    }

    [Fact]
    public void Without_a_position_the_area_counts()
    {
        var similar = Cover with { Title = "路口的井盖缺失了" };
        var inArea = DuplicateScore.Of(new(Cover, null, similar, Here, true));
        Assert.True(inArea > DuplicateScore.Of(new(Cover, null, similar, Here, false)));
        Assert.True(inArea >= DuplicateScore.Least);
        Assert.Null(DuplicateScore.Metres(Here, null));
    }

    [Fact]
    public void Another_category_of_the_class_counts_less() =>
        Assert.Equal(0.8, DuplicateScore.Of(new(Cover, Here, Cover with { Category = "other" }, Here, true)), 6);

    [Theory]
    [InlineData(30)]
    [InlineData(480)]
    public void Distance_is_in_metres(int metres) => Assert.Equal(metres, DuplicateScore.Metres(Here, Near(metres))!.Value, 0);

    static Position Near(int metres) => Here with { Lat = Here.Lat + metres / 111_195.0 };
}
