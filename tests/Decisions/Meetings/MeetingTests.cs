using System.Text.Json;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Meetings;
using GridActors.Contracts.People;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Cases;
using GridActors.Domain.Meetings;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Meetings;

/// <summary>Ledgers and meetings: who puts a case on one, what a meeting does, and when it is held.</summary>
public sealed class MeetingTests
{
    static readonly Guid Id = Guid.Parse("33333333-3333-3333-3333-333333333333");
    static readonly Guid Case = Guid.Parse("11111111-1111-1111-1111-111111111111");
    static readonly MeetingOpened Opened = new(Place, "P2026-M000001", Noon, [Case]);
    static readonly MeetingContext Convening = new(MayConvene: true, "P2026-M000001", [Case], IsCaseOpen: true, Tasks: []);

    [Fact]
    public void Case_waits_on_the_ledger_until_a_meeting_has_handled_it()
    {
        var given = Claimed();
        var view = given.When(Table(One), Ledger()).Then(new CaseTabled(Place, "理由"));
        Assert.Equal((Place, "理由"), (Assert.Single(view.Ledger).Area, view.Ledger[0].Reason));
        given.When(Table(One), Ledger()).ThenRejected(AlreadyTabled);

        view = given.When(Record(isHandled: false), default(DecisionContext)).Then(Decided(isHandled: false));
        Assert.Single(view.Ledger);
        view = given.When(Record(isHandled: true), default(DecisionContext)).Then(Decided(isHandled: true));
        Assert.Empty(view.Ledger);
        Assert.Equal(["P2026-M000001", "P2026-M000001"], view.Tasks.Select(t => t.Source));
    }

    [Fact]
    public void Case_is_put_on_a_ledger_by_who_has_it_or_who_may_assign_or_convene()
    {
        Offered().When(Table(Two), Ledger()).Then(new CaseTabled(Place, "理由"));
        Claimed().When(Table(Two), Ledger()).ThenRejected(NotPermitted);
        Claimed().When(Table(Stranger), Ledger(Permission.Read)).ThenRejected(NotPermitted);
        Claimed().When(Table(Stranger), Ledger(Permission.Read, Permission.Convene)).Then(new CaseTabled(Place, "理由"));
        Claimed().When(Table(One), default(DecisionContext)).ThenRejected(NoMeeting);
        Closed().When(Table(One), Ledger()).ThenRejected(WrongStatus);
        Of((Reporter, Confidential)).When(Table(One), Ledger()).ThenRejected(NotPermitted);
    }

    [Fact]
    public void Meeting_is_opened_once_attended_decides_each_case_once_and_is_closed_with_minutes()
    {
        var state = MeetingState.Begin(Id);
        Assert.Equal(NotFound, Decide(state, Close()).Rejection);
        Assert.Equal(NotPermitted, Decide(state, Open(), Convening with { MayConvene = false }).Rejection);
        Assert.Equal(MeetingEventJson.Write(Opened), MeetingEventJson.Write(Decide(state, Open()).Event!));
        state = state.Evolve(Opened, Noon, One, Guid.NewGuid());
        Assert.Equal(default, Decide(state, Open()));

        state = state.Evolve(Decide(state, new RecordAttendance { By = One, Present = [One, Two, One] }).Event!, Noon, One, Guid.NewGuid());
        Assert.Equal([One, Two], state.View!.Present.AsEnumerable());

        Assert.Equal(NotFound, Decide(state, Item(Guid.NewGuid())).Rejection);
        Assert.Equal(WrongStatus, Decide(state, Item(Case), Convening with { IsCaseOpen = false }).Rejection);
        Assert.Equal(NotFound, Decide(state, Item(Case), Convening with { Tasks = [null] }).Rejection);
        state = state.Evolve(Decide(state, Item(Case)).Event!, Noon, One, Guid.NewGuid());
        Assert.Equal(AlreadyDecided, Decide(state, Item(Case)).Rejection);
        Assert.Equal((Case, true), (state.Told[0].Case, ((RecordMeetingDecision)state.Told[0].Command).IsHandled));

        state = state.Evolve(Decide(state, Close()).Event!, Noon, One, Guid.NewGuid());
        Assert.Equal(("纪要", false), (state.View!.Minutes, state.View.IsOpen));
        Assert.Equal(CaseRejections.MeetingClosed, Decide(state, Close()).Rejection);
    }

    [Fact]
    public void Repeated_operation_changes_nothing()
    {
        var operation = Guid.NewGuid();
        var state = MeetingState.Begin(Id).Evolve(Opened, Noon, One, operation);

        Assert.Equal(default, Decide(state, Close() with { Operation = operation }));
    }

    [Theory]
    [InlineData("2026-11-22", "2026-11-27 15:00")]
    [InlineData("2026-11-27 14:59", "2026-11-27 15:00")]
    [InlineData("2026-11-27 15:01", "2026-12-04 15:00")]
    public void Weekly_meeting_is_on_its_weekday(string from, string next) =>
        Assert.Equal(At(next), MeetingSchedule.Next(new("village", DayOfWeek.Friday, null, new(15, 0), []), Pack, At(from)));

    [Theory]
    [InlineData("2026-11-22", "2026-11-30 09:00")]
    [InlineData("2026-12-31 09:30", "2027-01-31 09:00")]
    [InlineData("2028-02-01", "2028-02-29 09:00")]
    public void Monthly_meeting_is_on_its_day_or_the_last_of_a_shorter_month(string from, string next) =>
        Assert.Equal(At(next), MeetingSchedule.Next(new("town", null, 31, new(9, 0), []), Pack, At(from)));

    [Fact]
    public void Every_kind_ever_written_loads_with_all_its_data()
    {
        var folder = Path.Combine(AppContext.BaseDirectory, "Meetings", "golden");
        foreach (var kind in MeetingEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(folder, $"{kind.Replace('/', '-')}.json"));
            var written = MeetingEventJson.Write(MeetingEventJson.Read(kind, golden));
            Assert.Equal(kind, written.Kind);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(golden), JsonElement.Parse(written.Data)), kind);
        }
        Assert.Equal(MeetingEventJson.AllKinds.Count, Directory.GetFiles(folder).Length);
        Assert.True(MeetingState.Begin(Id).Evolve(MeetingEventJson.Read("meeting.opened/2", "{}"), Noon, One, Guid.NewGuid()).HasUnknown);
    }

    [Fact]
    public void Mistakes_in_the_meetings_of_a_pack_are_named()
    {
        using var files = new SmallPack();
        files.Replace(
            "catalogue.yaml",
            "categories:",
            "meetings:\n  - {level: moon, weekday: someday, day: 32, at: noon, posts: [nobody]}\ncategories:"
        );

        var errors = string.Join('\n', files.Read().Errors);
        foreach (var part in new[] { "level moon", "\"someday\" must", "\"32\" must", "\"noon\" must", "post nobody", "and not both" })
            Assert.Contains(part, errors, StringComparison.Ordinal);
    }

    static readonly LoadedPack Pack = LoadedPack.Build(PublishedPacks.Of("beirong"));

    static DateTimeOffset At(string local) =>
        new(DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture), TimeSpan.FromHours(8));

    static MeetingOutcome Decide(MeetingState state, MeetingCommand command, MeetingContext? context = null) =>
        MeetingDecider.Decide(
            state,
            command with
            {
                Operation = command.Operation == default ? Guid.NewGuid() : command.Operation,
            },
            context ?? Convening
        );

    static OpenMeeting Open() =>
        new()
        {
            By = One,
            Area = Place,
            ScheduledAt = Noon,
        };

    static DecideItem Item(Guid id) =>
        new()
        {
            By = One,
            Case = id,
            Text = "清障",
            IsHandled = true,
        };

    static CloseMeeting Close() => new() { By = One, Minutes = "纪要" };

    static TableCase Table(PersonId by) =>
        new()
        {
            Operation = Guid.NewGuid(),
            By = by,
            Reason = "理由",
        };

    static DecisionContext Ledger(params Permission[] permissions) => new(PermissionSet.Of(permissions), LedgerArea: Place);

    static readonly AssignedTask Task = new("清障便道", null, [Two], "1wd", Noon.AddDays(1), false);

    static RecordMeetingDecision Record(bool isHandled) =>
        new()
        {
            Operation = Guid.NewGuid(),
            By = Stranger,
            Number = "P2026-M000001",
            Area = Place,
            Text = "清障",
            IsHandled = isHandled,
            Tasks = [Task],
        };

    static CaseMeetingDecided Decided(bool isHandled) => new("P2026-M000001", Place, "清障", isHandled, [Task]);
}
