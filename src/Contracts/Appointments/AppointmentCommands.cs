using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Appointments;

/// <summary>What is asked of one appointment.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.AppointmentCommand")]
public abstract record AppointmentCommand
{
    /// <summary>Identifies the operation. Sent twice, it has one effect; see <see cref="OperationIds"/>.</summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }
}

/// <summary>Book a visit with households of one area (预约). Who books for somebody else asks them.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.BookAppointment")]
public sealed record BookAppointment : AppointmentCommand
{
    [Id(0)]
    public required AreaId Area { get; init; }

    [Id(1)]
    public required PersonId Worker { get; init; }

    [Id(2)]
    public required ImmutableArray<Guid> Households { get; init; }

    [Id(3)]
    public string? Purpose { get; init; }

    [Id(4)]
    public string? Service { get; init; }

    [Id(5)]
    public required DateTimeOffset From { get; init; }

    [Id(6)]
    public required DateTimeOffset Until { get; init; }

    [Id(7)]
    public string Materials { get; init; } = "";

    [Id(8)]
    public string Note { get; init; } = "";
}

/// <summary>The worker will come (同意).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.AgreeAppointment")]
public sealed record AgreeAppointment : AppointmentCommand;

/// <summary>Another time, or another worker (改期). Unless the worker moves it, they are asked again.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.MoveAppointment")]
public sealed record MoveAppointment : AppointmentCommand
{
    [Id(0)]
    public required DateTimeOffset From { get; init; }

    [Id(1)]
    public required DateTimeOffset Until { get; init; }

    [Id(2)]
    public required PersonId Worker { get; init; }

    [Id(3)]
    public string Reason { get; init; } = "";
}

/// <summary>The visit was made (已办).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.KeepAppointment")]
public sealed record KeepAppointment : AppointmentCommand
{
    /// <summary>The visit; null for one that wasn't recorded.</summary>
    [Id(0)]
    public Guid? Visit { get; init; }
}

/// <summary>The visit wasn't made (未成).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.MissAppointment")]
public sealed record MissAppointment : AppointmentCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>The visit isn't needed any more (取消).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CancelAppointment")]
public sealed record CancelAppointment : AppointmentCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>The service for some of the households is further (代办进度).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.AdvanceService")]
public sealed record AdvanceService : AppointmentCommand
{
    [Id(0)]
    public required ImmutableArray<Guid> Households { get; init; }

    [Id(1)]
    public required ServiceStage Stage { get; init; }

    /// <summary>Why it is dropped.</summary>
    [Id(2)]
    public string Reason { get; init; } = "";
}

/// <summary>Its moment has come.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RemindAppointment")]
public sealed record RemindAppointment : AppointmentCommand, IServiceCommand;

/// <summary>Destroys what somebody wrote, because the pack's term is over.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.EraseAppointment")]
public sealed record EraseAppointment : AppointmentCommand, IServiceCommand;
