using System.Text.Json;
using GridActors.Contracts.Appointments;
using GridActors.Contracts.People;
using GridActors.Domain.Appointments;

namespace GridActors.Decisions.Tests.Appointments;

/// <summary>
/// Given what happened to an appointment, when somebody asks for something, then an event or a refusal; and its events as stored.
/// </summary>
public sealed class AppointmentDeciderTests
{
    static readonly PersonId Worker = new("qinghe/worker-1");
    static readonly PersonId Desk = new("qinghe/clerk-a1");
    static readonly PersonId Service = PersonId.Service("qinghe");
    static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.FromHours(8));
    static readonly AppointmentContext Usual = new(MaySee: true, IsWorkerLinked: true);

    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Appointments", "golden");

    readonly Guid _id = Guid.NewGuid();
    readonly Guid[] _elders = [.. Enumerable.Range(0, 5).Select(_ => Guid.NewGuid())];
    AppointmentState? _state;

    AppointmentView View => _state!.View;

    [Fact]
    public void Workers_own_booking_is_agreed_and_anothers_asks_them()
    {
        Assert.Null(When(Booking(Worker)));
        Assert.Equal(AppointmentStatus.Agreed, View.Status);

        _state = null;
        Assert.Null(When(Booking(Desk)));
        Assert.Equal(AppointmentStatus.Asked, View.Status);
        Assert.Equal("not-permitted", When(new AgreeAppointment { By = Desk }));
        Assert.Null(When(new AgreeAppointment { By = Worker }));
        Assert.Equal(AppointmentStatus.Agreed, View.Status);
    }

    [Fact]
    public void Booking_needs_sight_of_the_households_and_a_worker_of_theirs()
    {
        Assert.Equal("not-permitted", When(Booking(Desk), Usual with { MaySee = false }));
        Assert.Equal("not-their-worker", When(Booking(Desk), Usual with { IsWorkerLinked = false }));
        Assert.Null(_state);
    }

    [Fact]
    public void Move_by_the_desk_asks_the_worker_again_and_the_reminder_counts_for_the_new_time()
    {
        When(Booking(Worker));
        Assert.Null(When(new RemindAppointment { By = Service }, Usual with { IsDue = true }));
        Assert.NotNull(View.RemindedAt);

        var move = new MoveAppointment
        {
            By = Desk,
            Worker = Worker,
            From = Noon.AddDays(2),
            Until = Noon.AddDays(2).AddHours(1),
            Reason = "住户外出",
        };
        Assert.Equal("not-permitted", When(move));
        Assert.Null(When(move, Usual with { MayServe = true }));

        Assert.Equal((AppointmentStatus.Asked, Noon.AddDays(2), null), (View.Status, View.From, View.RemindedAt));
        Assert.Equal("住户外出", View.Reason);
    }

    [Fact]
    public void Reminder_that_comes_twice_or_too_early_or_after_the_visit_changes_nothing()
    {
        When(Booking(Worker));
        Assert.Null(When(new RemindAppointment { By = Service }));
        Assert.Equal(1, View.Version);
        When(new RemindAppointment { By = Service }, Usual with { IsDue = true });
        When(new RemindAppointment { By = Service }, Usual with { IsDue = true });
        Assert.Equal(2, View.Version);

        When(new KeepAppointment { By = Worker, Visit = _id });
        When(new RemindAppointment { By = Service }, Usual with { IsDue = true });
        Assert.Equal((3, AppointmentStatus.Done, _id), (View.Version, View.Status, View.Visit));
    }

    [Fact]
    public void Visit_that_was_made_is_told_twice_without_harm_and_ends_the_appointment()
    {
        When(Booking(Worker));
        Assert.Null(When(new KeepAppointment { By = Worker, Visit = _id }));
        Assert.Null(When(new KeepAppointment { By = Worker, Visit = _id }));
        Assert.Equal(2, View.Version);

        Assert.Equal("appointment-over", When(new KeepAppointment { By = Worker, Visit = Guid.NewGuid() }));
        Assert.Equal("appointment-over", When(new CancelAppointment { By = Worker, Reason = "不需要" }));
        Assert.Equal("appointment-over", When(new MissAppointment { By = Worker, Reason = "无人" }));
    }

    [Fact]
    public void Missed_visit_can_be_given_another_time_and_a_cancelled_one_cannot()
    {
        var move = new MoveAppointment
        {
            By = Worker,
            Worker = Worker,
            From = Noon.AddDays(3),
            Until = Noon.AddDays(3).AddHours(1),
        };
        When(Booking(Worker));
        Assert.Null(When(new MissAppointment { By = Worker, Reason = "敲门无人应答" }));
        Assert.Equal((AppointmentStatus.Missed, "敲门无人应答"), (View.Status, View.Reason));
        Assert.Null(When(move));
        Assert.Equal(AppointmentStatus.Agreed, View.Status);

        Assert.Null(When(new CancelAppointment { By = Worker, Reason = "不需要" }));
        Assert.Equal("appointment-over", When(move));
    }

    [Fact]
    public void Service_goes_forward_for_each_household_and_stays_open_after_the_visit()
    {
        When(Booking(Worker, "card-renewal"));
        Assert.Null(When(Advance(ServiceStage.Collected)));
        When(new KeepAppointment { By = Worker });
        Assert.True(View.IsServiceOpen);

        Assert.Null(When(Advance(ServiceStage.Checked, _elders[..4])));
        Assert.Null(When(Advance(ServiceStage.Dropped, _elders[4])));
        Assert.Equal("wrong-stage", When(Advance(ServiceStage.Collected, _elders[0])));
        Assert.Equal("not-found", When(Advance(ServiceStage.Checked, Guid.NewGuid())));
        Assert.Null(When(Advance(ServiceStage.Delivered)));

        // Whose service was dropped isn't delivered with the others.
        Assert.Equal([4, 1], View.Households.GroupBy(h => h.Stage).OrderBy(g => g.Key).Select(g => g.Count()));
        Assert.False(View.IsServiceOpen);
    }

    [Fact]
    public void Visit_without_a_service_has_no_stages()
    {
        When(Booking(Worker));

        Assert.Equal("wrong-stage", When(Advance(ServiceStage.Collected)));
    }

    [Fact]
    public void Somebody_else_neither_sees_it_nor_takes_a_step()
    {
        When(Booking(Worker));

        Assert.Equal("not-found", When(new CancelAppointment { By = Desk, Reason = "误约" }, new(MaySee: false)));
        Assert.Equal("not-permitted", When(new CancelAppointment { By = Desk, Reason = "误约" }));
    }

    [Fact]
    public void What_may_be_done_is_what_is_offered()
    {
        When(Booking(Desk, "card-renewal"));
        Assert.Equal(["agree", "move", "done", "missed", "cancel", "service"], Actions(Worker));
        Assert.Equal(["move", "done", "missed", "cancel", "service"], Actions(Desk));
        Assert.Empty(Actions(new("qinghe/worker-2")));

        When(new CancelAppointment { By = Worker, Reason = "不需要" });
        Assert.Empty(Actions(Worker));
    }

    [Fact]
    public void Repeat_of_a_command_is_accepted_and_changes_nothing()
    {
        var booking = Booking(Worker) with { Operation = Guid.NewGuid() };
        Assert.Null(When(booking));
        Assert.Null(When(booking));
        Assert.Equal(1, View.Version);

        Assert.Null(When(new EraseAppointment { By = Service }));
        Assert.Null(When(new EraseAppointment { By = Service }));
        Assert.Equal((2, AppointmentStatus.Erased, ""), (View.Version, View.Status, View.Note));
    }

    [Fact]
    public void Every_kind_ever_written_loads_and_is_written_again_with_all_its_facts_sealed()
    {
        foreach (var kind in AppointmentEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(Folder, $"{kind.Replace('/', '-')}.json"));
            var e = AppointmentEventJson.Read(kind, golden);
            var written = AppointmentEventJson.Write(e);
            Assert.Equal(kind, written.Kind);
            Assert.True(JsonElement.DeepEquals(JsonElement.Parse(golden), JsonElement.Parse(written.Data)), $"{kind}: {written.Data}");
            var found = 0;
            e.Map(f =>
            {
                found++;
                return f;
            });
            Assert.Equal(golden.Split("\"sealed\"").Length - 1, found);
        }
        Assert.Equal(AppointmentEventJson.AllKinds.Count, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void No_clear_text_is_written_of_an_appointment()
    {
        var booked = AppointmentDecider.Decide(null, _id, Booking(Worker), Usual).Event!;

        Assert.DoesNotContain("轮椅", AppointmentEventJson.Write(booked).Data, StringComparison.Ordinal);
    }

    string? When(AppointmentCommand command, AppointmentContext? context = null)
    {
        if (command.Operation == Guid.Empty)
            command = command with { Operation = Guid.NewGuid() };
        var decision = AppointmentDecider.Decide(_state, _id, command, context ?? Usual);
        if (decision.Event is { } e)
            _state = AppointmentState.Evolve(_state, _id, e, Noon, command.By, command.Operation);
        return decision.Rejection;
    }

    IEnumerable<string> Actions(PersonId person) => AppointmentDecider.Actions(View, person, new(MaySee: true));

    AdvanceService Advance(ServiceStage stage, params Guid[] households) =>
        new()
        {
            By = Worker,
            Stage = stage,
            Households = households.Length > 0 ? [.. households] : [.. _elders],
        };

    BookAppointment Booking(PersonId by, string? service = null) =>
        new()
        {
            By = by,
            Area = new("qinghe/C-A1-1"),
            Worker = Worker,
            Households = [.. _elders],
            Purpose = service is null ? "care" : null,
            Service = service,
            From = Noon.AddDays(1),
            Until = Noon.AddDays(1).AddHours(1),
            Note = "请带轮椅",
        };
}
