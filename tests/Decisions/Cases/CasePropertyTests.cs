using FsCheck;
using FsCheck.Fluent;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>What holds for any history, also for one that no decision would have made.</summary>
public sealed class CasePropertyTests
{
    static readonly Guid s_id = Guid.Parse("22222222-2222-2222-2222-222222222222");

    static readonly Gen<PersonId> s_person = Gen.Elements(GivenCase.Reporter, GivenCase.One, GivenCase.Two, GivenCase.Stranger);
    static readonly Gen<string> s_text = Gen.Elements("", "说明", "😀", "\"quoted\" \\ {}");
    static readonly Gen<string[]> s_photos = Gen.ArrayOf(Gen.Elements("a", "b", "c"));

    static readonly Gen<CaseEvent> s_event = Gen.OneOf(
        s_text.Zip(s_person.ArrayOf(), (t, p) => (CaseEvent)new CaseReported("N-1", "rubbish", GivenCase.Place, new(1, 2), t, t, ["a"], t.Length == 2, [.. p.Distinct()])),
        Gen.Constant((CaseEvent)new CaseClaimed()),
        s_text.Select(t => (CaseEvent)new CaseReleased(t)),
        s_person.Zip(s_text, (p, t) => (CaseEvent)new CaseHandedOver(p, t)),
        Gen.Constant((CaseEvent)new CaseReachedOnSite()),
        s_text.Zip(s_photos, (t, p) => (CaseEvent)new CaseProgressed(t, [.. p])),
        s_text.Zip(s_photos, (t, p) => (CaseEvent)new CaseResolved(t, [.. p])),
        s_text.Select(t => (CaseEvent)new CaseExplained(t)),
        s_text.Zip(s_person.ArrayOf(), (t, p) => (CaseEvent)new CaseTransferred("d", t, [.. p.Distinct()])),
        s_text.Select(t => (CaseEvent)new CaseCommented(t)),
        Gen.Choose(0, 5).Zip(s_text, (r, t) => (CaseEvent)new CaseClosed(r == 0 ? null : r, t)),
        s_text.Select(t => (CaseEvent)new CaseReopened(t)));

    static readonly Gen<(PersonId By, CaseEvent Event)[]> s_history = s_person.Zip(s_event, (p, e) => (p, e)).ArrayOf();

    static readonly Gen<(CaseStep Step, PersonId By, int Permissions)[]> s_commands =
        Gen.Elements(GivenCase.AllSteps.AsEnumerable()).Zip(s_person, (s, p) => (s, p)).Zip(Gen.Choose(0, 127), (x, b) => (x.s, x.p, b)).ArrayOf();

    [Fact]
    public void Any_event_folds_onto_any_state() => Prop.ForAll(s_history.ToArbitrary(), history =>
    {
        var state = CaseState.Initial;
        var sequence = 0;
        foreach (var (by, e) in history)
        {
            var before = state.Version;
            state = Fold(state, ++sequence, by, e);
            var expected = state.Case is null ? 0 : before + 1;
            if (state.Version != expected) return false;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_event_written_and_read_again_folds_to_the_same() => Prop.ForAll(s_history.ToArbitrary(), history =>
    {
        var (memory, stored) = (CaseState.Initial, CaseState.Initial);
        var sequence = 0;
        foreach (var (by, e) in history)
        {
            var written = CaseEventJson.Write(e);
            memory = Fold(memory, ++sequence, by, e);
            stored = Fold(stored, sequence, by, CaseEventJson.Read(written.Kind, written.Data));
        }
        return Same(memory, stored);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_command_twice_gives_nothing_new() => Prop.ForAll(s_commands.ToArbitrary(), commands =>
    {
        var state = Fold(CaseState.Initial, 0, GivenCase.Reporter, GivenCase.Reported);
        var sequence = 0;
        foreach (var (step, by, bits) in commands)
        {
            var command = GivenCase.Command(step, by);
            var circumstances = new Circumstances(new PermissionSet(bits), [GivenCase.Two, GivenCase.Stranger], "N-2");
            var decision = CaseDecider.Decide(state, command, circumstances);
            if (decision.Rejection is not null && !decision.Events.IsEmpty) return false;
            foreach (var e in decision.Events) state = CaseState.Evolve(state, e, new(s_id, GivenCase.Noon.AddSeconds(++sequence), by, command.Operation));
            var again = CaseDecider.Decide(state, command, circumstances);
            if (!again.Events.IsEmpty) return false;
            if (!decision.Events.IsEmpty && again.Rejection is not null) return false;
            if (decision.Rejection is not null && again.Rejection != decision.Rejection) return false;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Whatever_is_decided_keeps_a_case_in_order() => Prop.ForAll(s_commands.ToArbitrary(), commands =>
    {
        var state = Fold(CaseState.Initial, 0, GivenCase.Reporter, GivenCase.Reported);
        var sequence = 0;
        foreach (var (step, by, bits) in commands)
        {
            var command = GivenCase.Command(step, by);
            foreach (var e in CaseDecider.Decide(state, command, new Circumstances(new PermissionSet(bits), [GivenCase.Two], "N-2")).Events)
            {
                var before = state.Case!.Status;
                state = CaseState.Evolve(state, e, new(s_id, GivenCase.Noon.AddSeconds(++sequence), by, command.Operation));
                // The read side's short way to the status is the decision's.
                if (CaseKinds.StatusAfter(state.Case!.LastStep, before) != state.Case.Status) return false;
            }
            var view = state.Case!;
            var isHeld = view.Status is CaseStatus.Claimed or CaseStatus.OnSite or CaseStatus.Resolved or CaseStatus.Explained;
            if (isHeld && view.Claimant is null) return false;
            if (view.Status == CaseStatus.Offered && (view.Claimant is not null || view.Outcome != CaseOutcome.None)) return false;
            if (view.Claimant is null != view.ClaimedAt is null) return false;
            if ((view.Status == CaseStatus.Closed) != (view.ClosedAt is not null)) return false;
            if (view.Status == CaseStatus.Explained && view.Outcome != CaseOutcome.Explained) return false;
            if (view.Concerned().Distinct().Count() != view.Concerned().Count()) return false;
        }
        return true;
    }).QuickCheckThrowOnFailure();

    static CaseState Fold(CaseState state, int sequence, PersonId by, CaseEvent e) =>
        CaseState.Evolve(state, e, new(s_id, GivenCase.Noon.AddSeconds(sequence), by, new Guid(sequence + 1, 0, 0, new byte[8])));

    static bool Same(CaseState a, CaseState b) =>
        System.Text.Json.JsonSerializer.Serialize(a.Case) == System.Text.Json.JsonSerializer.Serialize(b.Case) && a.Operations.SequenceEqual(b.Operations);
}
