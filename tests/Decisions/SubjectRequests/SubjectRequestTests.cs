using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.SubjectRequests;
using GridActors.Domain.SubjectRequests;

namespace GridActors.Decisions.Tests.SubjectRequests;

/// <summary>What is decided about a resident's request, and its events as the journal holds them.</summary>
public sealed class SubjectRequestTests
{
    static readonly PersonId Clerk = new("qinghe/clerk-a1");
    static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.FromHours(8));
    static readonly SubjectRequestContext Anything = new(true, true, true, true, Noon.AddDays(21));

    readonly Guid _resident = Guid.NewGuid();
    SubjectRequestState _state = SubjectRequestState.Begin(Guid.NewGuid());

    [Fact]
    public void Request_is_entered_decided_and_carried_out()
    {
        Assert.Null(When(Open(SubjectRequestKind.Correction)));
        Assert.Equal(("张三丰本人", "电话已换号", Noon.AddDays(21)), (_state.View!.Asker, _state.View.Wanted, _state.View.DueAt));
        Assert.Null(When(Decide(SubjectRequestStatus.Granted)));
        Assert.Equal((SubjectRequestStatus.Granted, Clerk, "理由"), (_state.View.Status, _state.View.DecidedBy!.Value, _state.View.Reason));

        Assert.Null(When(CarryOut(new CorrectResident { By = Clerk, Resident = _resident })));

        Assert.Equal((SubjectRequestStatus.CarriedOut, 3), (_state.View.Status, _state.View.Version));
    }

    [Fact]
    public void Deletion_is_for_whoever_may_erase_to_decide()
    {
        When(Open(SubjectRequestKind.Deletion));

        Assert.Equal(CaseRejections.NotPermitted, When(Decide(SubjectRequestStatus.Granted), Anything with { MayErase = false }));
        Assert.Null(When(Decide(SubjectRequestStatus.PartlyGranted)));
        // A part was granted: not everything is destroyed.
        Assert.Equal(CaseRejections.WrongStatus, When(CarryOut(Erase(_resident))));
        Assert.Null(When(CarryOut(new CorrectResident { By = Clerk, Resident = _resident })));
    }

    [Fact]
    public void What_was_refused_or_is_undecided_is_not_carried_out()
    {
        When(Open(SubjectRequestKind.Deletion));
        Assert.Equal(CaseRejections.WrongStatus, When(CarryOut(Erase(_resident))));
        When(Decide(SubjectRequestStatus.Refused));
        Assert.Equal(CaseRejections.WrongStatus, When(CarryOut(Erase(_resident))));
        Assert.Equal(CaseRejections.WrongStatus, When(Decide(SubjectRequestStatus.Granted)));
    }

    [Fact]
    public void Nothing_else_is_done_than_what_was_asked_for()
    {
        When(Open(SubjectRequestKind.Correction));
        When(Decide(SubjectRequestStatus.Granted));

        Assert.Equal(CaseRejections.WrongStatus, When(CarryOut(Erase(_resident))));
        Assert.Equal(CaseRejections.WrongStatus, When(CarryOut(null)));
        Assert.Equal(CaseRejections.WrongStatus, When(CarryOut(new CorrectResident { By = Clerk, Resident = Guid.NewGuid() })));
    }

    [Fact]
    public void Who_may_not_see_or_edit_the_household_gets_nowhere()
    {
        Assert.Equal(CaseRejections.NotFound, When(Open(SubjectRequestKind.Access), Anything with { MaySee = false }));
        Assert.Equal(
            CaseRejections.NotPermitted,
            When(Open(SubjectRequestKind.Access), Anything with { MayEdit = false, MayErase = false })
        );
        Assert.Equal(HouseholdRejections.NotAResident, When(Open(SubjectRequestKind.Access), Anything with { IsResident = false }));
    }

    [Fact]
    public void Every_kind_ever_written_loads_and_is_written_again()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "SubjectRequests", "golden");
        foreach (var kind in SubjectRequestEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(folder, $"{kind.Replace('/', '-')}.json"));
            var written = SubjectRequestEventJson.Write(SubjectRequestEventJson.Read(kind, golden));
            Assert.Equal(kind, written.Kind);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(golden), JsonElement.Parse(written.Data)), $"{kind}: {written.Data}");
        }
        Assert.Equal(SubjectRequestEventJson.AllKinds.Count, Directory.GetFiles(folder).Length);
    }

    [Fact]
    public void No_word_of_a_resident_is_written_in_clear()
    {
        var opened = SubjectRequestDecider.Decide(_state, Open(SubjectRequestKind.Access), Anything).Event!;

        Assert.DoesNotContain("张三丰", SubjectRequestEventJson.Write(opened).Data, StringComparison.Ordinal);
    }

    OpenSubjectRequest Open(SubjectRequestKind kind) =>
        new()
        {
            By = Clerk,
            Area = new("qinghe/C-A1-1"),
            Household = Guid.NewGuid(),
            Resident = _resident,
            Kind = kind,
            Check = IdentityCheck.Document,
            Asker = "张三丰本人",
            Wanted = "电话已换号",
        };

    static DecideSubjectRequest Decide(SubjectRequestStatus outcome) =>
        new()
        {
            By = Clerk,
            Outcome = outcome,
            Reason = "理由",
        };

    static CarryOutSubjectRequest CarryOut(HouseholdCommand? step) => new() { By = Clerk, Step = step };

    static EraseResident Erase(Guid resident) =>
        new()
        {
            By = Clerk,
            Resident = resident,
            Reason = "本人申请",
        };

    string? When(SubjectRequestCommand command, SubjectRequestContext? context = null)
    {
        command = command with { Operation = Guid.NewGuid() };
        var outcome = SubjectRequestDecider.Decide(_state, command, context ?? Anything);
        if (outcome.Event is { } e)
            _state = _state.Evolve(e, Noon, command.By, command.Operation);
        return outcome.Rejection;
    }
}
