using System.Collections.Immutable;
using System.Text.Json.Serialization;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Domain.Cases;

/// <summary>
/// Something that happened to a case. Its time, person and operation are in the journal's row. A kind names one shape of an event in the
/// journal: a changed shape gets a new kind, and the old kind stays readable.
/// </summary>
/// <param name="Step">The step of the case's life that this event is.</param>
[JsonPolymorphic]
[JsonDerivedType(typeof(CaseReported), "case.reported/1")]
[JsonDerivedType(typeof(CaseClaimed), "case.claimed/1")]
[JsonDerivedType(typeof(CaseReleased), "case.released/1")]
[JsonDerivedType(typeof(CaseHandedOver), "case.handed-over/1")]
[JsonDerivedType(typeof(CaseReachedOnSite), "case.on-site/1")]
[JsonDerivedType(typeof(CaseProgressed), "case.progressed/1")]
[JsonDerivedType(typeof(CaseResolved), "case.resolved/1")]
[JsonDerivedType(typeof(CaseExplained), "case.explained/1")]
[JsonDerivedType(typeof(CaseTransferred), "case.transferred/1")]
[JsonDerivedType(typeof(CaseCommented), "case.commented/1")]
[JsonDerivedType(typeof(CaseClosed), "case.closed/1")]
[JsonDerivedType(typeof(CaseReopened), "case.reopened/1")]
[JsonDerivedType(typeof(CaseReoffered), "case.reoffered/1")]
public abstract record CaseEvent([property: JsonIgnore] CaseStep Step);

/// <summary>An event with a text, which the history shows.</summary>
public interface IHasText
{
    string Text { get; }
}

/// <summary>An event with photos, which the history and the case show.</summary>
public interface IHasPhotos
{
    ImmutableArray<string> Photos { get; }
}

public sealed record CaseReported(
    string Number,
    string Category,
    AreaId Area,
    Position? Position,
    string Title,
    string Detail,
    ImmutableArray<string> Photos,
    bool Confidential,
    ImmutableArray<PersonId> OfferedTo
) : CaseEvent(CaseStep.Reported), IHasPhotos;

public sealed record CaseClaimed() : CaseEvent(CaseStep.Claimed);

public sealed record CaseReleased(string Reason) : CaseEvent(CaseStep.Released), IHasText
{
    string IHasText.Text => Reason;
}

public sealed record CaseHandedOver(PersonId To, string Reason) : CaseEvent(CaseStep.HandedOver), IHasText
{
    string IHasText.Text => Reason;
}

public sealed record CaseReachedOnSite() : CaseEvent(CaseStep.OnSite);

public sealed record CaseProgressed(string Text, ImmutableArray<string> Photos) : CaseEvent(CaseStep.Progressed), IHasText, IHasPhotos;

public sealed record CaseResolved(string Text, ImmutableArray<string> Photos) : CaseEvent(CaseStep.Resolved), IHasText, IHasPhotos;

public sealed record CaseExplained(string Text) : CaseEvent(CaseStep.Explained), IHasText;

public sealed record CaseTransferred(string Department, string Reason, ImmutableArray<PersonId> OfferedTo)
    : CaseEvent(CaseStep.Transferred),
        IHasText
{
    string IHasText.Text => Reason;
}

public sealed record CaseCommented(string Text) : CaseEvent(CaseStep.Commented), IHasText;

public sealed record CaseClosed(int? Rating, string Text) : CaseEvent(CaseStep.Closed), IHasText;

public sealed record CaseReopened(string Reason) : CaseEvent(CaseStep.Reopened), IHasText
{
    string IHasText.Text => Reason;
}

/// <summary>
/// An event of a kind that this version doesn't know: in the middle of an upgrade, a process of the later version wrote it. Only the status
/// is known that the case had after it. It is never written.
/// </summary>
public sealed record CaseUnknown(string Kind, CaseStatus Status) : CaseEvent(CaseStep.Unknown);

/// <summary>The pack names other people now than those the case was offered to.</summary>
/// <param name="ReleasedFrom">
/// Who had claimed it and doesn't hold a post for it any more, so that it waits for a claim again; null when the claim, if any, stays.
/// </param>
public sealed record CaseReoffered(ImmutableArray<PersonId> OfferedTo, PersonId? ReleasedFrom) : CaseEvent(CaseStep.Reoffered);
