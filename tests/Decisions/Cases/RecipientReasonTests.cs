using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Decisions.Tests.Packs;
using GridActors.Domain.Cases;
using GridActors.Domain.Packs;
using GridActors.Domain.Packs.Files;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>"Why did I get this?"</summary>
public sealed class RecipientReasonTests
{
    static readonly Pack Qinghe = PackReader.Read(Path.Combine(PackFolders.Packs, "..", "tests", "packs", "qinghe")).Pack!;

    [Fact]
    public void Recipient_by_a_rule_of_the_category_is_told_the_post_and_its_area() =>
        Assert.Equal("Category worker C-A1-1", Why(Qinghe, Offer("rubbish", "worker-1"), "worker-1"));

    [Fact]
    public void Recipient_above_a_vacant_post_is_told_where_it_is_vacant()
    {
        var lead = Offer("lead", "police-c");

        Assert.Equal("Category police C past C-A1", Why(Without("police-a1"), lead, "police-c"));
        Assert.Equal("Earlier", Why(Qinghe, lead, "police-c"));
    }

    [Fact]
    public void Case_whose_posts_are_all_vacant_goes_to_the_next_level_up_and_says_so()
    {
        var pack = LoadedPack.Build(Without(WorkersOfA11));
        var (category, area) = (pack.Categories["bridge"], pack.Areas["C-A1-1"]);

        Assert.Equal(["qinghe/clerk-a1"], pack.Recipients(category, area, DateTimeOffset.UnixEpoch).Select(p => p.Key));
        Assert.Equal("NextLevel clerk C-A1", Why(Without(WorkersOfA11), Offer("bridge", "clerk-a1"), "clerk-a1"));
        Assert.Equal("town", CaseLadder.Up(pack, RoutedCase.Of(Offer("bridge", "clerk-a1").State.Case!))!.Level);
        Assert.Equal("Fallback dispatcher C", Why(Without(WorkersOfA11), Offer("rubbish", "dispatcher-1"), "dispatcher-1"));
    }

    [Fact]
    public void Recipient_after_a_transfer_an_escalation_and_a_handover_is_told_that()
    {
        var given = Offer("bridge", "worker-1").Happened(One, new CaseTransferred("enforcement", "理由", Ids("station-a1")));
        Assert.Equal("Department station C-A", Why(Qinghe, given, "station-a1"));

        given.Happened(One, new CaseEscalated(null, "town", null, "理由", Ids("leader-a"), [], false, StepClocks.None));
        Assert.Equal("Ladder leader C-A", Why(Qinghe, given, "leader-a"));
        Assert.Equal("Ladder dispatcher C past C-A", Why(Without("leader-a"), Reoffered(given, "dispatcher-1"), "dispatcher-1"));
        Assert.Equal(CaseStep.Reoffered, given.State.Case!.OfferedBy);

        given.Happened(One, new CaseHandedOver(new("qinghe/clerk-a1"), "理由"));
        Assert.Equal("HandedOver", Why(Qinghe, given, "clerk-a1"));
    }

    static readonly string[] WorkersOfA11 = ["worker-1", "worker-2", "worker-3", "worker-4", "worker-5"];

    static GivenCase Offer(string category, params string[] people) =>
        Of((Reporter, Reported with { Category = category, Area = new("qinghe/C-A1-1"), OfferedTo = Ids(people) }));

    static GivenCase Reoffered(GivenCase given, params string[] people) => given.Happened(Service, new CaseReoffered(Ids(people), null));

    static System.Collections.Immutable.ImmutableArray<PersonId> Ids(params string[] people) =>
        [.. people.Select(p => new PersonId("qinghe/" + p))];

    static Pack Without(params string[] people) => Qinghe with { Holdings = [.. Qinghe.Holdings.Where(h => !people.Contains(h.Person))] };

    static string Why(Pack pack, GivenCase given, string person)
    {
        var reason = RecipientReasons.Of(LoadedPack.Build(pack), given.State.Case!, new("qinghe/" + person), DateTimeOffset.UnixEpoch);
        return string.Join(
            ' ',
            new[]
            {
                $"{reason.Kind}",
                reason.Post?.Id,
                reason.Area?.Code,
                reason.VacantAt is { } v ? $"past {v.Code}" : null,
            }.OfType<string>()
        );
    }
}
