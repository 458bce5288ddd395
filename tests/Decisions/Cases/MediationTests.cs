using GridActors.Contracts.Cases;
using GridActors.Domain.Cases;
using GridActors.Domain.Identifiers;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>Disputes: whoever solves one says at which level, between whom and with which result it was mediated.</summary>
public sealed class MediationTests
{
    static readonly DecisionContext Mediated = new(
        PermissionSet.Of(Permission.Report),
        [One, Two],
        "P2026-000002",
        Mediation: new(["grid", "village", "town"], "village")
    );
    static readonly Mediation Settled = new("town", ["张*", "竹园物业公司"], true, "三日内修复", "1号");

    [Fact]
    public void Solution_of_a_dispute_without_its_mediation_is_rejected() =>
        Claimed().When(Command(CaseStep.Resolved, One), Mediated).ThenRejected(MediationNeeded);

    [Fact]
    public void Solution_of_another_case_with_a_mediation_is_rejected() =>
        Claimed().When(Solution(Settled), Mediated with { Mediation = null }).ThenRejected(MediationInvalid);

    [Fact]
    public void Mediation_at_a_level_that_is_not_above_the_place_is_rejected() =>
        Claimed().When(Solution(Settled with { Level = "county" }), Mediated).ThenRejected(MediationInvalid);

    [Fact]
    public void Somebody_else_than_the_claimant_is_told_so_first() =>
        Claimed().When(Command(CaseStep.Resolved, Two), Mediated).ThenRejected(NotClaimant);

    [Fact]
    public void Mediation_is_kept_with_the_case_until_it_is_opened_again()
    {
        var given = Claimed();

        var settled = given.When(Solution(Settled), Mediated).Then(new CaseResolved("好了", []) { Mediation = Settled });
        Assert.Equal(Settled, settled.Mediation);

        given.Happened(Reporter, new CaseReopened("又吵起来了"));
        Assert.Null(given.State.Case!.Mediation);
    }

    [Fact]
    public void Returned_case_has_no_mediation()
    {
        var given = Claimed().Happened(One, new CaseResolved("好了", []) { Mediation = Settled });

        given.Happened(Stranger, new CaseReturned("没有协议书"));

        Assert.Null(given.State.Case!.Mediation);
    }

    [Fact]
    public void Mediation_without_a_level_is_at_the_usual_one() =>
        Assert.Equal(
            "village",
            Claimed()
                .When(Solution(Settled with { Level = "" }), Mediated)
                .Then(new CaseResolved("好了", []) { Mediation = Settled with { Level = "village" } })
                .Mediation!.Level
        );

    [Fact]
    public void Dispute_that_is_solved_on_the_spot_is_reported_with_its_mediation()
    {
        var report = (ReportCase)Command(CaseStep.Reported, Reporter) with { Solved = "和好了" };

        Nothing().When(report, Mediated).ThenRejected(MediationNeeded);
        var decided = Nothing().When(report with { Mediation = Settled with { Level = "" } }, Mediated).Decision;

        Assert.Null(decided.Rejection);
        Assert.Equal("village", Assert.IsType<CaseResolved>(decided.Events[^1]).Mediation!.Level);
    }

    [Fact]
    public void Report_of_a_dispute_that_is_not_solved_needs_no_mediation() =>
        Assert.Null(Nothing().When(Command(CaseStep.Reported, Reporter), Mediated).Decision.Rejection);

    [Theory]
    [InlineData("张三", "张*")]
    [InlineData("张三丰", "张*")]
    [InlineData("欧阳修", "欧阳*")]
    [InlineData("欧阳", "欧*")]
    [InlineData("John Smith", "J*")]
    [InlineData("张*", "张*")]
    [InlineData("欧阳*", "欧阳*")]
    [InlineData("𠮷田", "𠮷*")]
    [InlineData(" ", "")]
    public void Masked_name_keeps_the_surname_alone(string name, string masked)
    {
        Assert.Equal(masked, Masks.Surname(name));
        Assert.Equal(masked, Masks.Surname(masked));
    }

    static ResolveCase Solution(Mediation mediation) => (ResolveCase)Command(CaseStep.Resolved, One) with { Mediation = mediation };
}
