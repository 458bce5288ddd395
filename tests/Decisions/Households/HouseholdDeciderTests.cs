using System.Collections.Immutable;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;

namespace GridActors.Decisions.Tests.Households;

/// <summary>The rules of a household.</summary>
public sealed class HouseholdDeciderTests
{
    static readonly HouseholdContext Reader = Given.Anything with { MayEdit = false, MayErase = false };

    [Fact]
    public void Household_begins_with_its_residents_and_one_head()
    {
        var given = Given.Household();

        Assert.Equal("张三丰", given.View.Head!.Fields[StandardFields.Name]);
        Assert.Equal((3, 1, HouseholdStatus.Living), (given.View.Living.Count(), given.View.Version, given.View.Status));
    }

    [Fact]
    public void Second_head_is_rejected_at_every_door()
    {
        var given = Given.Household();

        var two = new CreateHousehold
        {
            By = Given.Worker,
            Area = Given.Grid,
            Fields = Facts.None,
            Residents = [Given.Somebody("甲", ResidentView.Head), Given.Somebody("乙", ResidentView.Head)],
        };
        Assert.Equal("two-heads", new Given().When(two));
        Assert.Equal("two-heads", given.When(new AddResident { By = Given.Worker, Resident = Given.Somebody("丙", ResidentView.Head) }));
        var correct = new CorrectResident
        {
            By = Given.Worker,
            Resident = given.Resident(1),
            Relation = ResidentView.Head,
        };
        Assert.Equal("two-heads", given.When(correct));
    }

    [Fact]
    public void Head_leaves_with_everybody_or_after_another_became_head()
    {
        var given = Given.Household();
        MoveOut Leave(params ImmutableArray<Guid> who) =>
            new()
            {
                By = Given.Worker,
                Residents = who,
                Reason = "搬走",
            };

        Assert.Equal("head-leaves", given.When(Leave(given.Resident(0))));
        Assert.Null(
            given.When(
                new ChangeHead
                {
                    By = Given.Worker,
                    Resident = given.Resident(1),
                    FormerRelation = "50",
                }
            )
        );
        Assert.Equal(("50", true), (given.View.Residents[0].Relation, given.View.Residents[1].IsHead));
        Assert.Null(given.When(Leave(given.Resident(0))));
        Assert.Equal("not-a-resident", given.When(Leave(given.Resident(0))));
        Assert.Null(given.When(Leave(given.Resident(1), given.Resident(2))));
        Assert.Equal(HouseholdStatus.Empty, given.View.Status);
    }

    [Fact]
    public void Correction_of_what_is_so_already_leaves_no_trace()
    {
        var given = Given.Household();
        var same = new CorrectHousehold { By = Given.Worker, Fields = Given.Change(StandardFields.Phone, "13800001234") };

        Assert.Null(given.When(same));
        Assert.Null(given.Last);
        Assert.Null(given.When(same with { Fields = Given.Change(StandardFields.Phone, "13900001234") }));
        Assert.Equal([StandardFields.Phone], Assert.IsType<HouseholdCorrected>(given.Last).Facts.Clear.Keys);
        Assert.Null(given.When(same with { Fields = Given.Change(StandardFields.Phone, null) }));
        Assert.False(given.View.Fields.ContainsKey(StandardFields.Phone));
    }

    [Fact]
    public void Repeat_changes_nothing_and_another_request_with_its_key_is_rejected()
    {
        var given = Given.Household();
        var command = new ConfirmHousehold { By = Given.Worker, Operation = Guid.NewGuid() };

        Assert.Null(given.When(command));
        Assert.Null(given.When(command));
        Assert.Null(given.Last);
        var bytes = command.Operation.ToByteArray(bigEndian: true);
        bytes[^1] ^= 1;
        Assert.Equal("idempotency-key-reused", given.When(command with { Operation = new(bytes, bigEndian: true) }));
    }

    [Fact]
    public void Who_may_not_see_it_is_told_that_it_is_not_there_and_who_may_not_edit_is_refused()
    {
        var given = Given.Household();
        var command = new ConfirmHousehold { By = Given.Worker };

        Assert.Equal("not-found", given.When(command, Given.Anything with { MaySee = false }));
        Assert.Equal("not-permitted", given.When(command, Reader));
        Assert.Equal("stale-version", given.When(command with { IfVersions = [7] }));
        Assert.Null(given.When(command with { IfVersions = [7, 1] }));
    }

    [Fact]
    public void Split_tells_the_new_household_once_and_its_head_is_named()
    {
        var given = Given.Household();
        var (to, who) = (Guid.NewGuid(), given.Resident(2));
        var split = new MoveResidents
        {
            By = Given.Worker,
            Residents = [who],
            To = to,
            NewIn = Given.Grid,
            Fields = Facts.None.Add(StandardFields.Address, "解放街14号"),
            Head = who,
            Reason = "分户",
        };

        Assert.Equal("wrong-target", given.When(split, Given.Anything with { MayEditTarget = false }));
        Assert.Null(given.When(split));

        var owed = Assert.Single(given.State!.Owed);
        Assert.Equal((to, 2), (owed.To, given.View.Living.Count()));
        var other = HouseholdDecider.Decide(null, to, owed.Command, Reader).Event;
        var created = HouseholdState.Evolve(null, to, other!, Given.Noon, Given.Worker, owed.Command.Operation);
        Assert.Equal((who, "解放街14号"), (created.View.Head!.Id, created.View.Fields[StandardFields.Address]));
        Assert.Null(HouseholdDecider.Decide(created, to, owed.Command, Reader).Event);
    }

    [Fact]
    public void Merge_brings_everybody_over_and_the_other_head_stays()
    {
        var (one, other) = (Given.Household(), Given.Household(others: 0));
        var merge = new MergeHousehold
        {
            By = Given.Worker,
            Into = other.Id,
            Reason = "重复登记",
        };

        Assert.Null(one.When(merge));
        Assert.Equal((HouseholdStatus.Merged, other.Id), (one.View.Status, one.View.MergedInto));
        Assert.Equal("merged", one.When(new ConfirmHousehold { By = Given.Worker }));
        Assert.Null(other.When(one.State!.Owed[0].Command));
        Assert.Equal(4, other.View.Living.Count());
        Assert.Single(other.View.Residents, r => r.IsHead);
    }

    [Fact]
    public void Households_that_merge_into_each_other_at_once_are_both_there_with_everybody()
    {
        var (one, other) = (Given.Household(), Given.Household(others: 0));
        MergeHousehold Into(Given target) =>
            new()
            {
                By = Given.Worker,
                Into = target.Id,
                Reason = "重复登记",
            };

        Assert.Null(one.When(Into(other)));
        Assert.Null(other.When(Into(one)));
        Assert.Null(other.When(one.State!.Owed[0].Command));
        Assert.Null(one.When(other.State!.Owed[0].Command));

        Assert.Equal((HouseholdStatus.Living, null), (one.View.Status, one.View.MergedInto));
        Assert.Equal((1, 3), (one.View.Living.Count(), other.View.Living.Count()));
    }

    [Fact]
    public void Only_who_left_is_erased_and_only_by_who_may()
    {
        var given = Given.Household();
        var erase = new EraseResident
        {
            By = Given.Worker,
            Resident = given.Resident(2),
            Reason = "本人申请",
        };

        Assert.Equal("still-living", given.When(erase));
        var death = new RecordDeath
        {
            By = Given.Worker,
            Resident = given.Resident(2),
            On = new(2026, 11, 27),
        };
        Assert.Equal("wrong-status", given.When(death)); // That is tomorrow.
        Assert.Null(given.When(death with { On = new(2026, 11, 20) }));
        Assert.Equal("not-permitted", given.When(erase, Reader));
        Assert.Null(given.When(erase));
        Assert.Equal((0, true), (given.View.Residents[2].Fields.Count, given.View.Residents[2].IsErased));
        Assert.Null(given.When(erase));
        Assert.Null(given.Last);
        var correct = new CorrectResident
        {
            By = Given.Worker,
            Resident = given.Resident(2),
            Fields = Given.Change(StandardFields.Name, "张某"),
        };
        Assert.Equal("not-a-resident", given.When(correct));
    }

    [Fact]
    public void Duplicate_ends_and_names_the_record_that_is_kept()
    {
        var given = Given.Household();
        MergeResident Merge(Guid into, Guid household) =>
            new()
            {
                By = Given.Worker,
                Resident = given.Resident(0),
                Into = into,
                IntoHousehold = household,
            };
        var (kept, elsewhere) = (Guid.NewGuid(), Guid.NewGuid());

        Assert.Equal("wrong-target", given.When(Merge(given.Resident(0), given.Id)));
        Assert.Equal("wrong-target", given.When(Merge(kept, given.Id)));
        Assert.Equal("wrong-target", given.When(Merge(kept, elsewhere), Given.Anything with { MayEditTarget = false }));
        Assert.Null(given.When(Merge(kept, elsewhere)));

        var ended = given.View.Resident(given.Resident(0))!;
        Assert.Equal((ResidentStatus.MovedOut, kept, Given.Noon), (ended.Status, ended.MergedInto, ended.LeftAt));
        Assert.Null(given.View.Head);
        Assert.Equal("not-a-resident", given.When(Merge(kept, elsewhere)));
    }
}
