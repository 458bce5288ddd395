using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>Links between cases: who makes them, and that both have them once.</summary>
public sealed class LinkTests
{
    static readonly DecisionContext Linkable = new(PermissionSet.Of(Permission.Read, Permission.Assign), Link: Other);
    static readonly CaseLinked Linked = new(Other, "理由");

    [Fact]
    public void Link_is_kept_with_who_made_it_and_why()
    {
        var view = Claimed().When(Command(CaseStep.Linked, Stranger), Linkable).Then(Linked);

        var link = Assert.Single(view.Links);
        Assert.Equal((Other.Id, Other.Number, Stranger, "理由", true), (link.Id, link.Number, link.By, link.Reason, link.IsMadeHere));
        Assert.Equal((CaseStatus.Claimed, One), (view.Status, view.Claimant));
    }

    [Fact]
    public void Link_that_is_there_already_changes_nothing_from_either_side()
    {
        var given = Claimed().Happened(Stranger, Linked);

        given.When(Command(CaseStep.Linked, Stranger), Linkable).ThenNothing();
        given.When(Told(), default(DecisionContext)).ThenNothing();
    }

    [Fact]
    public void Other_case_has_the_link_without_deciding_anything()
    {
        var view = Closed().When(Told(), default(DecisionContext)).Then(new CaseLinkAdded(Other, "理由"));

        Assert.Equal((Other.Id, false), (view.Links.Single().Id, view.Links.Single().IsMadeHere));
        Assert.Equal(CaseStatus.Closed, view.Status);
    }

    [Fact]
    public void Link_with_a_case_that_cannot_be_linked_is_rejected() =>
        Claimed().When(Command(CaseStep.Linked, Stranger), Linkable with { Link = null }).ThenRejected(NotLinkable);

    [Fact]
    public void Confidential_case_is_never_linked()
    {
        var given = Of((Reporter, Confidential), (One, new CaseClaimed()));

        given.When(Command(CaseStep.Linked, One), Linkable).ThenRejected(NotLinkable);
        Assert.False(CaseDecider.Allowed(given.State.Case!, One, default).HasFlag(CaseSteps.Linked));
    }

    [Fact]
    public void Other_case_must_be_one_that_the_person_may_link_too()
    {
        var view = Claimed().State.Case!;
        var other = view with { Id = Other.Id };
        var assign = PermissionSet.Of(Permission.Assign);

        Assert.True(LinkDecider.CanBeLinked(view, other, Stranger, assign, sees: true));
        Assert.True(LinkDecider.CanBeLinked(view, other, One, default, sees: true));
        Assert.False(LinkDecider.CanBeLinked(view, other, Stranger, default, sees: true));
        Assert.False(LinkDecider.CanBeLinked(view, other, Stranger, assign, sees: false));
        Assert.False(LinkDecider.CanBeLinked(view, view, Stranger, assign, sees: true));
        Assert.False(LinkDecider.CanBeLinked(view, other with { Confidential = true }, Stranger, assign, sees: true));
        Assert.False(LinkDecider.CanBeLinked(view, other with { Area = new AreaId("q/A") }, Stranger, assign, sees: true));
        Assert.False(LinkDecider.CanBeLinked(view, other with { Version = CaseDecider.MaxSteps }, Stranger, assign, sees: true));
    }

    static AddLink Told() =>
        new()
        {
            Operation = Guid.NewGuid(),
            By = Stranger,
            To = Other,
            Reason = "理由",
        };
}
