using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Contracts.Cases;

/// <summary>What a person asks to do with one case.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CaseCommand")]
public abstract record CaseCommand
{
    /// <summary>
    /// Identifies the operation. Sent twice, an operation has one effect and one outcome; see <see cref="OperationIds"/>.
    /// </summary>
    [Id(0)]
    public Guid Operation { get; init; }

    [Id(1)]
    public required PersonId By { get; init; }

    /// <summary>The version that the case must have; null for any.</summary>
    [Id(2)]
    public int? IfVersion { get; init; }
}

/// <summary>Report a case (上报). The actor's key is the new case's id.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReportCase")]
public sealed record ReportCase : CaseCommand
{
    [Id(0)]
    public required string Category { get; init; }

    [Id(1)]
    public required AreaId Area { get; init; }

    [Id(2)]
    public Position? Position { get; init; }

    [Id(3)]
    public required string Title { get; init; }

    [Id(4)]
    public string Detail { get; init; } = "";

    [Id(5)]
    public ImmutableArray<string> Photos { get; init; } = [];

    /// <summary>What was done, when the reporter solved it on the spot. Null: the case is offered to its recipients.</summary>
    [Id(6)]
    public string? Solved { get; init; }

    /// <summary>For a case that is solved on the spot: needed where the category is settled by mediation, and refused elsewhere.</summary>
    [Id(200)]
    public Mediation? Mediation { get; init; }

    /// <summary>The household that it is about; null for none.</summary>
    [Id(260)]
    public Guid? Household { get; init; }
}

/// <summary>Take it on (认领): exactly one of its recipients can.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ClaimCase")]
public sealed record ClaimCase : CaseCommand;

/// <summary>Give it back to all its recipients (退回).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReleaseCase")]
public sealed record ReleaseCase : CaseCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>Give it to one person (移交, 派遣).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.HandOverCase")]
public sealed record HandOverCase : CaseCommand
{
    [Id(0)]
    public required PersonId To { get; init; }

    [Id(1)]
    public required string Reason { get; init; }
}

/// <summary>The claimant is at the place (到场).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ArriveOnSite")]
public sealed record ArriveOnSite : CaseCommand;

/// <summary>What was done so far (进展).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RecordProgress")]
public sealed record RecordProgress : CaseCommand
{
    [Id(0)]
    public required string Text { get; init; }

    [Id(1)]
    public ImmutableArray<string> Photos { get; init; } = [];
}

/// <summary>It is solved (办结 by the claimant; closed later).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ResolveCase")]
public sealed record ResolveCase : CaseCommand
{
    [Id(0)]
    public required string Text { get; init; }

    [Id(1)]
    public ImmutableArray<string> Photos { get; init; } = [];

    /// <summary>Needed where the category is settled by mediation, and refused elsewhere.</summary>
    [Id(200)]
    public Mediation? Mediation { get; init; }
}

/// <summary>A reasoned reply instead of a solution (解释说明).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ExplainCase")]
public sealed record ExplainCase : CaseCommand
{
    [Id(0)]
    public required string Text { get; init; }
}

/// <summary>Send it to a department (转办): offered anew, to that department's recipients.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.TransferCase")]
public sealed record TransferCase : CaseCommand
{
    [Id(0)]
    public required string Department { get; init; }

    [Id(1)]
    public required string Reason { get; init; }
}

[GenerateSerializer, Immutable, Alias("gridactors.CommentOnCase")]
public sealed record CommentOnCase : CaseCommand
{
    [Id(0)]
    public required string Text { get; init; }
}

/// <summary>Strike it off the register (结案, 销号).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.CloseCase")]
public sealed record CloseCase : CaseCommand
{
    [Id(0)]
    public int? Rating { get; init; }

    [Id(1)]
    public string Text { get; init; } = "";
}

/// <summary>Open it again: offered anew to its recipients.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReopenCase")]
public sealed record ReopenCase : CaseCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>Return a settled case to its claimant, because it isn't done well (返工).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReturnCase")]
public sealed record ReturnCase : CaseCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>Ask the next level of the ladder to decide (升级, 上报上级): offered to that level's posts.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.EscalateCase")]
public sealed record EscalateCase : CaseCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>Send it back down to where it climbed from (退回下级).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.SendCaseBack")]
public sealed record SendCaseBack : CaseCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>Ask that the clocks stand still while something else is waited for (申请挂起).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.AskForPause")]
public sealed record AskForPause : CaseCommand
{
    [Id(0)]
    public required string Reason { get; init; }

    /// <summary>The proof that it is waited for.</summary>
    [Id(1)]
    public ImmutableArray<string> Photos { get; init; } = [];
}

/// <summary>Ask for a later due time (申请延期).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.AskForExtension")]
public sealed record AskForExtension : CaseCommand
{
    /// <summary>How much later, as the catalogue writes terms.</summary>
    [Id(0)]
    public required string Term { get; init; }

    [Id(1)]
    public required string Reason { get; init; }
}

/// <summary>Grant the pause or the extension that was asked for (批准).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.GrantTime")]
public sealed record GrantTime : CaseCommand
{
    [Id(0)]
    public string Text { get; init; } = "";
}

/// <summary>Refuse the pause or the extension that was asked for (驳回).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.RefuseTime")]
public sealed record RefuseTime : CaseCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>Issue a supervision notice (督办): its claimant, or those it is offered to, owe an answer.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.SuperviseCase")]
public sealed record SuperviseCase : CaseCommand
{
    [Id(0)]
    public required string Reason { get; init; }
}

/// <summary>End the pause (恢复办理).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.ResumeCase")]
public sealed record ResumeCase : CaseCommand;

/// <summary>
/// Plan the open clocks by the calendar as it is now. Only the service sends it, as <see cref="PersonId.Service"/>, after a pack changed.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReplanCase")]
public sealed record ReplanCase : CaseCommand, IServiceCommand
{
    /// <summary>The digest of the pack to plan by: a silo that hasn't loaded this pack yet refuses.</summary>
    [Id(0)]
    public required string Pack { get; init; }
}

/// <summary>Answer the open supervision notice (督办答复).</summary>
[GenerateSerializer, Immutable, Alias("gridactors.AnswerSupervision")]
public sealed record AnswerSupervision : CaseCommand
{
    [Id(0)]
    public required string Text { get; init; }
}

/// <summary>A moment of a clock has come. Only the service sends it, as <see cref="PersonId.Clock"/>.</summary>
[GenerateSerializer, Immutable, Alias("gridactors.FireClock")]
public sealed record FireClock : CaseCommand, IServiceCommand
{
    [Id(0)]
    public required ClockName Clock { get; init; }

    /// <summary>The moment that has come: when the clock warns, or when it is due.</summary>
    [Id(1)]
    public required DateTimeOffset Moment { get; init; }
}

/// <summary>
/// Offer it to those whom the pack names now. Only the service sends it, as <see cref="PersonId.Service"/>, after a pack changed.
/// </summary>
[GenerateSerializer, Immutable, Alias("gridactors.ReofferCase")]
public sealed record ReofferCase : CaseCommand, IServiceCommand
{
    /// <summary>The digest of the pack to decide by: a silo that hasn't loaded this pack yet refuses.</summary>
    [Id(0)]
    public required string Pack { get; init; }
}
