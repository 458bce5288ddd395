using GridActors.Contracts.Places;
using GridActors.Decisions.Tests.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Places;
using static GridActors.Decisions.Tests.Places.GivenPlace;

namespace GridActors.Decisions.Tests.Places;

/// <summary>The rules of a place.</summary>
public sealed class PlaceDeciderTests
{
    static readonly ClosePlace Close = new() { By = Given.Worker, Reason = "拆除" };
    static readonly ReopenPlace Reopen = new() { By = Given.Worker };

    [Theory]
    [InlineData(PlaceKind.Building, null, true)]
    [InlineData(PlaceKind.Building, PlaceKind.Building, false)]
    [InlineData(PlaceKind.Unit, null, false)]
    [InlineData(PlaceKind.Unit, PlaceKind.Building, true)]
    [InlineData(PlaceKind.Unit, PlaceKind.Unit, false)]
    [InlineData(PlaceKind.Dwelling, null, true)]
    [InlineData(PlaceKind.Dwelling, PlaceKind.Building, true)]
    [InlineData(PlaceKind.Dwelling, PlaceKind.Unit, true)]
    [InlineData(PlaceKind.Dwelling, PlaceKind.Dwelling, false)]
    [InlineData(PlaceKind.KeyPlace, PlaceKind.Building, true)]
    [InlineData(PlaceKind.Organisation, PlaceKind.Dwelling, true)]
    [InlineData(PlaceKind.Organisation, PlaceKind.KeyPlace, false)]
    public void Place_belongs_to_what_holds_its_kind(PlaceKind kind, PlaceKind? parent, bool fits)
    {
        PlaceNode? node = parent is { } of ? Building with { Kind = of } : null;

        var rejection = new GivenPlace().When(Creation(kind, node is null ? null : Guid.NewGuid()), Anything with { Parent = node });

        Assert.Equal(fits ? null : "wrong-parent", rejection);
    }

    [Fact]
    public void Parent_that_is_gone_elsewhere_or_nowhere_is_rejected_alike()
    {
        foreach (var parent in new PlaceNode?[] { Building with { IsInUse = false }, Building with { Area = Elsewhere }, null })
            Assert.Equal(
                "wrong-parent",
                new GivenPlace().When(Creation(PlaceKind.Unit, Guid.NewGuid()), Anything with { Parent = parent })
            );
    }

    [Fact]
    public void Correction_of_what_is_so_already_leaves_no_trace()
    {
        var given = Of(PlaceKind.Building);

        Assert.Null(given.When(new CorrectPlace { By = Given.Worker, Fields = Given.Change(StandardFields.Name, "3栋") }));
        Assert.Null(given.Last);
        Assert.Null(given.When(new CorrectPlace { By = Given.Worker, Fields = Given.Change(StandardFields.Owner, "张三丰") }));
        Assert.Equal(("张三丰", 2), (given.View.Fields[StandardFields.Owner], given.View.Version));
        Assert.Null(given.When(new CorrectPlace { By = Given.Worker, Fields = Given.Change(StandardFields.Owner, null) }));
        Assert.False(given.View.Fields.ContainsKey(StandardFields.Owner));
    }

    [Fact]
    public void Dwelling_comes_under_a_unit_and_stands_by_itself_again()
    {
        var (given, unit) = (Of(PlaceKind.Dwelling), Guid.NewGuid());

        var under = new CorrectPlace { By = Given.Worker, Parent = unit };
        Assert.Equal("wrong-parent", given.When(under));
        Assert.Null(given.When(under, Anything with { Parent = Building with { Kind = PlaceKind.Unit } }));
        Assert.Equal(unit, given.View.Parent);
        Assert.Null(given.When(under with { Parent = Guid.Empty }));
        Assert.Null(given.View.Parent);
    }

    [Fact]
    public void Place_in_which_somebody_lives_does_not_go()
    {
        var given = Of(PlaceKind.Building);

        Assert.Equal("place-occupied", given.When(Close, Anything with { IsOccupied = true }));
        Assert.Null(given.When(Close));
        Assert.Equal("place-gone", given.When(new VisitPlace { By = Given.Worker }));
        Assert.Null(given.When(Close with { Operation = Guid.NewGuid() }));
        Assert.Null(given.Last); // It is gone already.
        Assert.Null(given.When(Reopen));
        Assert.True(given.View.IsInUse);
    }

    [Fact]
    public void Unit_is_not_reopened_in_a_building_that_is_gone()
    {
        var given = Of(PlaceKind.Unit, Building);
        Assert.Null(given.When(Close));

        Assert.Equal("wrong-parent", given.When(Reopen, Anything with { Parent = Building with { IsInUse = false } }));
        Assert.Null(given.When(Reopen, Anything with { Parent = Building }));
    }

    [Fact]
    public void What_belongs_to_a_place_follows_it_and_comes_back_if_it_went_with_it()
    {
        var (with, before) = (Of(PlaceKind.Unit, Building), Of(PlaceKind.Unit, Building));
        Assert.Null(before.When(Close));
        FollowPlace Follow(bool isGone) =>
            new()
            {
                By = Given.Worker,
                Area = Elsewhere,
                IsGone = isGone,
            };

        foreach (var unit in new[] { with, before })
        {
            Assert.Null(unit.When(Follow(isGone: true)));
            Assert.Equal(Elsewhere, unit.View.Area);
            Assert.Null(unit.When(Follow(isGone: true)));
            Assert.False(unit.View.IsInUse);
            Assert.Null(unit.When(Follow(isGone: false)));
        }

        Assert.Equal((true, false), (with.View.IsInUse, before.View.IsInUse));
    }

    [Fact]
    public void Place_moves_where_the_person_may_edit_too()
    {
        var given = Of(PlaceKind.KeyPlace);
        var move = new MovePlace
        {
            By = Given.Worker,
            Area = Elsewhere,
            Reason = "边界调整",
        };

        Assert.Equal("not-your-area", given.When(move, Anything with { MayEditTarget = false }));
        Assert.Null(given.When(move));
        Assert.Equal((Elsewhere, "school"), (given.View.Area, given.View.Type));
    }

    [Fact]
    public void Who_may_not_see_it_is_not_told_that_it_is_there()
    {
        var given = Of(PlaceKind.Building);

        Assert.Equal("not-found", given.When(Close, Anything with { MaySee = false, MayEdit = false }));
        Assert.Equal("not-permitted", given.When(Close, Anything with { MayEdit = false }));
        Assert.Equal("stale-version", given.When(Close with { IfVersions = [7] }));
    }

    [Fact]
    public void Operation_twice_is_one_step()
    {
        var given = Of(PlaceKind.KeyPlace);
        var visit = new VisitPlace { By = Given.Worker, Operation = Guid.NewGuid() };

        Assert.Null(given.When(visit));
        Assert.Null(given.When(visit));

        Assert.Equal((2, Given.Noon), (given.View.Version, given.View.VisitedAt));
    }

    [Theory]
    [InlineData(PlaceKind.Dwelling, true, true, false, true)]
    [InlineData(PlaceKind.Dwelling, false, true, false, false)]
    [InlineData(PlaceKind.Dwelling, true, false, false, false)]
    [InlineData(PlaceKind.Building, true, true, false, true)]
    [InlineData(PlaceKind.Building, true, true, true, false)]
    [InlineData(PlaceKind.Unit, true, true, false, false)]
    [InlineData(PlaceKind.KeyPlace, true, true, false, false)]
    public void Household_lives_in_a_dwelling_of_its_area_or_an_undivided_building(
        PlaceKind kind,
        bool isInUse,
        bool isInArea,
        bool isDivided,
        bool isHome
    ) => Assert.Equal(isHome, PlaceDecider.IsHome(new(isInArea ? Grid : Elsewhere, kind, isInUse, isDivided), Grid));
}
