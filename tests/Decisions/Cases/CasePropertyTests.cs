using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Clocks;
using GridActors.Domain.Packs;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>What is true for any history, even one that no decisions would lead to.</summary>
public sealed class CasePropertyTests
{
    static readonly Guid Id = Guid.Parse("22222222-2222-2222-2222-222222222222");

    static readonly Gen<PersonId> Person = Gen.Elements(GivenCase.Reporter, GivenCase.One, GivenCase.Two, GivenCase.Stranger);
    static readonly Gen<string> Text = Gen.Elements("", "说明", "😀", "\"quoted\" \\ {}");
    static readonly Gen<string[]> Photos = Gen.ArrayOf(Gen.Elements("a", "b", "c"));

    static readonly Gen<ClockName> Clock = Gen.Elements(Enum.GetValues<ClockName>());
    static readonly Gen<DateTimeOffset> Due = Gen.Choose(0, 3).Select(h => GivenCase.Noon.AddHours(h));

    static readonly Gen<CaseEvent> Event = Gen.OneOf(
        Text.Zip(
            Person.ArrayOf(),
            (t, p) =>
                (CaseEvent)new CaseReported("N-1", "rubbish", GivenCase.Place, new(1, 2), t, t, ["a"], t.Length == 2, [.. p.Distinct()])
        ),
        Gen.Constant((CaseEvent)new CaseClaimed()),
        Text.Select(t => (CaseEvent)new CaseReleased(t)),
        Person.Zip(Text, (p, t) => (CaseEvent)new CaseHandedOver(p, t)),
        Gen.Constant((CaseEvent)new CaseReachedOnSite()),
        Text.Zip(Photos, (t, p) => (CaseEvent)new CaseProgressed(t, [.. p])),
        Text.Zip(Photos, (t, p) => (CaseEvent)new CaseResolved(t, [.. p])),
        Text.Select(t => (CaseEvent)new CaseResolved(t, []) { Mediation = new("village", ["张*", t], t.Length == 2, t, "") }),
        Text.Select(t => (CaseEvent)new CaseExplained(t)),
        Text.Zip(Person.ArrayOf(), (t, p) => (CaseEvent)new CaseTransferred("d", t, [.. p.Distinct()])),
        Text.Select(t => (CaseEvent)new CaseCommented(t)),
        Gen.Choose(0, 5).Zip(Text, (r, t) => (CaseEvent)new CaseClosed(r == 0 ? null : r, t)),
        Text.Select(t => (CaseEvent)new CaseReopened(t)),
        Person.ArrayOf().Zip(Person, (p, r) => (CaseEvent)new CaseReoffered([.. p.Distinct()], p.Length == 2 ? null : r)),
        Text.Zip(
            Person.ArrayOf(),
            (t, p) => (CaseEvent)new CaseEscalated(null, "town", null, t, [.. p.Distinct()], [], p.Length == 2, StepClocks.None)
        ),
        Text.Zip(
            Person.ArrayOf(),
            (t, p) => (CaseEvent)new CaseSentBack("town", p.Length == 2 ? null : "village", t, [.. p.Distinct()], StepClocks.None)
        ),
        Text.Select(t => (CaseEvent)new CaseReturned(t)),
        Text.Select(t => (CaseEvent)new CaseMerged(GivenCase.Main, t)),
        Text.Select(t => (CaseEvent)new CaseLinked(GivenCase.Other, t)),
        Text.Select(t => (CaseEvent)new CaseLinkAdded(GivenCase.Other, t)),
        Gen.Constant((CaseEvent)new CaseDuplicateJoined(new(Id, "N-3"))),
        Gen.Elements(CaseStatus.Offered, CaseStatus.Closed)
            .Select(s => (CaseEvent)new CaseMainStepped(GivenCase.Main with { Status = s }, CaseOutcome.Resolved)),
        Text.Select(t => (CaseEvent)new CaseSupervised("N-D1", null, t, null)),
        Text.Select(t => (CaseEvent)new CaseSupervisionAnswered("N-D1", t)),
        Text.Select(t => (CaseEvent)new CaseForwarded("hotline", t, Id, null)),
        Gen.Elements(Enum.GetValues<ForwardAnswer>())
            .Zip(Text, (a, t) => (CaseEvent)new CaseForwardAnswered("hotline", Id, a, t, t.Length == 2)),
        Text.Select(t => (CaseEvent)new CaseRecalled(t)),
        Text.Zip(
            Person.ArrayOf(),
            (t, p) =>
                (CaseEvent)
                    new CaseConsultationCalled(Guid.Empty, "N-H1", t, [new("town", "镇", "", [.. p], null)], null, 1, new("leader", "A"))
        ),
        Text.Select(t => (CaseEvent)new CaseOpinionGiven(Guid.Empty, "town", t, true)),
        Text.Zip(
            Person.ArrayOf(),
            (t, p) => (CaseEvent)new CaseConsultationDecided(Guid.Empty, "N-H1", t, [new(t, null, [.. p], "3wd", default, false)])
        ),
        Text.Select(t => (CaseEvent)new CaseTabled(GivenCase.Place, t)),
        Text.Select(t => (CaseEvent)new CaseMeetingDecided("N-M1", GivenCase.Place, t, t.Length == 2, [])),
        Gen.Choose(1, 3).Zip(Text, (n, t) => (CaseEvent)new CaseTaskFinished(n, n == 2, t)),
        Clock.Zip(Due, (c, at) => (CaseEvent)new CaseClockWarned(c, at)),
        Clock.Zip(Due, (c, at) => (CaseEvent)new CaseClockBreached(c, at)),
        Person.ArrayOf().Zip(Person, (p, r) => (CaseEvent)new CaseLapsed(r, [.. p.Distinct()])),
        Clock.Zip(Due, (c, at) => (CaseEvent)new CaseProgressed("", []) { Started = [new(c, new(1, TermUnit.Hours), at, null, false)] })
    );

    static readonly Gen<(PersonId By, CaseEvent Event)[]> History = Person.Zip(Event, (p, e) => (p, e)).ArrayOf();

    static readonly Gen<(CaseStep Step, PersonId By, int Permissions)[]> Commands = Gen.Elements(GivenCase.AllSteps.AsEnumerable())
        .Zip(Person, (s, p) => (s, p))
        .Zip(Gen.Choose(0, 127), (x, b) => (x.s, x.p, b))
        .ArrayOf();

    [Fact]
    public void Any_event_evolves_any_state() =>
        Prop.ForAll(
                History.ToArbitrary(),
                history =>
                {
                    var state = CaseState.Initial;
                    var sequence = 0;
                    foreach (var (by, e) in history)
                    {
                        var before = state.Version;
                        state = Fold(state, ++sequence, by, e);
                        var expected = state.Case is null ? 0 : before + 1;
                        if (state.Version != expected)
                            return false;
                    }
                    return true;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Events_written_and_read_back_give_the_same_state() =>
        Prop.ForAll(
                History.ToArbitrary(),
                history =>
                {
                    var (memory, stored) = (CaseState.Initial, CaseState.Initial);
                    var sequence = 0;
                    foreach (var (by, e) in history)
                    {
                        var written = CaseEventJson.Write(e);
                        memory = Fold(memory, ++sequence, by, e);
                        stored = Fold(stored, sequence, by, CaseEventJson.Read(written.Kind, written.Data, default));
                    }
                    return Same(memory, stored);
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_command_repeated_gives_no_events() =>
        Prop.ForAll(
                Commands.ToArbitrary(),
                commands =>
                {
                    var state = Fold(CaseState.Initial, 0, GivenCase.Reporter, GivenCase.Reported);
                    var sequence = 0;
                    foreach (var (step, by, bits) in commands)
                    {
                        var command = GivenCase.Command(step, by);
                        var context = new DecisionContext(new PermissionSet(bits), [GivenCase.Two, GivenCase.Stranger], "N-2");
                        var decision = CaseDecider.Decide(state, command, context);
                        if (decision.Rejection is not null && !decision.Events.IsEmpty)
                            return false;
                        foreach (var e in decision.Events)
                            state = CaseState.Evolve(state, e, new(Id, GivenCase.Noon.AddSeconds(++sequence), by, command.Operation));
                        var again = CaseDecider.Decide(state, command, context);
                        if (!again.Events.IsEmpty)
                            return false;
                        if (!decision.Events.IsEmpty && again.Rejection is not null)
                            return false;
                        if (decision.Rejection is not null && again.Rejection != decision.Rejection)
                            return false;
                    }
                    return true;
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void Any_accepted_commands_leave_a_consistent_case() =>
        Prop.ForAll(
                Commands.ToArbitrary(),
                commands =>
                {
                    var state = Fold(CaseState.Initial, 0, GivenCase.Reporter, GivenCase.Reported);
                    var sequence = 0;
                    foreach (var (step, by, bits) in commands)
                    {
                        var command = GivenCase.Command(step, by);
                        var context = new DecisionContext(new PermissionSet(bits), [GivenCase.Two], "N-2", Up: GivenCase.ToVillage);
                        foreach (var e in CaseDecider.Decide(state, command, context).Events)
                            state = CaseState.Evolve(state, e, new(Id, GivenCase.Noon.AddSeconds(++sequence), by, command.Operation));
                        var view = state.Case!;
                        var isHeld = view.Status is CaseStatus.Claimed or CaseStatus.OnSite or CaseStatus.Resolved or CaseStatus.Explained;
                        if (isHeld && view.Claimant is null)
                            return false;
                        if (view.Status == CaseStatus.Offered && (view.Claimant is not null || view.Outcome != CaseOutcome.None))
                            return false;
                        if (view.Claimant is null != view.ClaimedAt is null)
                            return false;
                        if ((view.Status == CaseStatus.Closed) != (view.ClosedAt is not null))
                            return false;
                        if (view.Status == CaseStatus.Explained && view.Outcome != CaseOutcome.Explained)
                            return false;
                        if (view.Concerned().Distinct().Count() != view.Concerned().Count())
                            return false;
                    }
                    return true;
                }
            )
            .QuickCheckThrowOnFailure();

    static CaseState Fold(CaseState state, int sequence, PersonId by, CaseEvent e) =>
        CaseState.Evolve(state, e, new(Id, GivenCase.Noon.AddSeconds(sequence), by, new Guid(sequence + 1, 0, 0, new byte[8])));

    static bool Same(CaseState a, CaseState b) =>
        JsonSerializer.Serialize(a.Case) == JsonSerializer.Serialize(b.Case) && a.Operations.SequenceEqual(b.Operations);
}
