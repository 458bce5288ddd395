using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Households;
using GridActors.Contracts.People;
using GridActors.Domain.Households;

namespace GridActors.Decisions.Tests.Households;

/// <summary>A household to which commands are given, one after the other.</summary>
sealed class Given
{
    public static readonly PersonId Worker = new("qinghe/worker-1");
    public static readonly AreaId Grid = new("qinghe/C-A1-1");
    public static readonly DateTimeOffset Noon = new(2026, 11, 26, 12, 0, 0, TimeSpan.FromHours(8));

    /// <summary>Somebody who may do everything everywhere.</summary>
    public static readonly HouseholdContext Anything = new(true, true, true, true, new(2026, 11, 26));

    public Guid Id { get; } = Guid.NewGuid();
    public HouseholdState? State { get; private set; }
    public HouseholdView View => State!.View;

    /// <summary>A household with a head and others.</summary>
    public static Given Household(int others = 2)
    {
        var given = new Given();
        var residents = ImmutableArray.Create(Somebody("张三丰", ResidentView.Head));
        for (var i = 0; i < others; i++)
            residents = residents.Add(Somebody($"张小{i}", "20"));
        Assert.Null(
            given.When(
                new CreateHousehold
                {
                    By = Worker,
                    Area = Grid,
                    Fields = Facts.None.Add(StandardFields.Address, "解放街12号").Add(StandardFields.Phone, "13800001234"),
                    Residents = residents,
                }
            )
        );
        return given;
    }

    public static NewResident Somebody(string name, string? relation, params ImmutableArray<Certificate> certificates) =>
        new(Guid.NewGuid(), ResidentKind.Registered, relation, Facts.None.Add(StandardFields.Name, name), [], certificates, []);

    public static FieldChanges Change(string field, string? value) =>
        new(ImmutableSortedDictionary<string, string?>.Empty.Add(field, value));

    /// <returns>Why the command was refused; null when it was accepted.</returns>
    public string? When(HouseholdCommand command, HouseholdContext? context = null)
    {
        if (command.Operation == default)
            command = command with { Operation = Guid.NewGuid() };
        var outcome = HouseholdDecider.Decide(State, Id, command, context ?? Anything);
        Last = outcome.Event;
        if (outcome.Event is { } e)
            State = HouseholdState.Evolve(State, Id, e, Noon, command.By, command.Operation);
        return outcome.Rejection;
    }

    /// <summary>The event of the last command; null when it changed nothing.</summary>
    public HouseholdEvent? Last { get; private set; }

    public Guid Resident(int index) => View.Residents[index].Id;
}
