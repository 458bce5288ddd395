using System.Collections.Immutable;
using System.Text.Json;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Contracts.Registrations;
using GridActors.Domain.Households;
using GridActors.Domain.Registrations;

namespace GridActors.Decisions.Tests.Registrations;

/// <summary>
/// Given what happened to an application, when somebody asks for something, then an event or a refusal; and its events as stored.
/// </summary>
public sealed class RegistrationDeciderTests
{
    static readonly PersonId Worker = new("qinghe/worker-1");
    static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.FromHours(8));

    static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "Registrations", "golden");

    readonly Guid _id = Guid.NewGuid();
    RegistrationState? _state;

    [Fact]
    public void Application_is_decided_once_and_then_erased()
    {
        Assert.Null(When(Submission(Somebody("02"))));
        Assert.Equal("not-found", When(new ConfirmRegistration { By = Worker, Household = _id }, mayEdit: false));
        Assert.Null(When(new ConfirmRegistration { By = Worker, Household = _id }));
        Assert.Equal("registration-decided", When(new DeclineRegistration { By = Worker, Reason = "重复" }));

        Assert.Null(When(new EraseRegistration { By = PersonId.Service("qinghe") }, mayEdit: false));
        Assert.Null(When(new EraseRegistration { By = PersonId.Service("qinghe") }, mayEdit: false));

        Assert.Equal((RegistrationStatus.Erased, 3), (_state!.View.Status, _state.View.Version));
        Assert.Empty(_state.View.Residents);
    }

    [Fact]
    public void Household_that_applies_has_one_head_and_a_representative_of_its_own()
    {
        Assert.Equal("two-heads", When(Submission(Somebody("02"), Somebody("02"))));
        Assert.Equal("two-heads", When(Submission(Somebody("20"))));
        Assert.Equal("not-a-resident", When(Submission(Somebody("02")) with { Representative = Guid.NewGuid() }));
        var many = Enumerable.Range(0, 20).Select(_ => Somebody("20")).Prepend(Somebody("02"));
        Assert.Equal("too-many-residents", When(Submission([.. many])));
        Assert.Null(_state);
    }

    [Fact]
    public void Repeat_of_a_command_is_accepted_and_changes_nothing()
    {
        var submission = Submission(Somebody("02")) with { Operation = Guid.NewGuid() };
        Assert.Null(When(submission));
        Assert.Null(When(submission));

        Assert.Equal(1, _state!.View.Version);
    }

    [Fact]
    public void Every_kind_ever_written_loads_and_is_written_again_with_all_its_facts_sealed()
    {
        foreach (var kind in RegistrationEventJson.AllKinds)
        {
            var golden = File.ReadAllText(Path.Combine(Folder, $"{kind.Replace('/', '-')}.json"));
            var e = RegistrationEventJson.Read(kind, golden);
            var written = RegistrationEventJson.Write(e);
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
        Assert.Equal(RegistrationEventJson.AllKinds.Count, Directory.GetFiles(Folder).Length);
    }

    [Fact]
    public void No_clear_text_is_written_of_an_application()
    {
        Assert.Null(When(Submission(Somebody("02"))));
        var submitted = RegistrationDecider.Decide(null, _id, Submission(Somebody("02")), new(false)).Event!;

        Assert.DoesNotContain("张三丰", RegistrationEventJson.Write(submitted).Data, StringComparison.Ordinal);
        Assert.Equal("张三丰", _state!.View.Residents[0].Fields[StandardFields.Name]);
    }

    static NewResident Somebody(string relation) =>
        new(Guid.NewGuid(), ResidentKind.Registered, relation, Facts.None.Add(StandardFields.Name, "张三丰"), [], [], []);

    static SubmitRegistration Submission(params ImmutableArray<NewResident> residents) =>
        new()
        {
            By = PersonId.Service("qinghe"),
            Area = new("qinghe/C-A1-1"),
            Consent = "1",
            Fields = Facts.None.Add(StandardFields.Address, "解放街12号"),
            Residents = residents,
            Representative = residents[0].Id,
            Secret = [1],
            Phone = [2],
        };

    /// <returns>Why the command was refused; null when it was accepted.</returns>
    string? When(RegistrationCommand command, bool mayEdit = true)
    {
        if (command.Operation == default)
            command = command with { Operation = Guid.NewGuid() };
        var outcome = RegistrationDecider.Decide(_state, _id, command, new(mayEdit));
        if (outcome.Event is { } e)
            _state = RegistrationState.Evolve(_state, _id, e, Noon, command.By, command.Operation);
        return outcome.Rejection;
    }
}
