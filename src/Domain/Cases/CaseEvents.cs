using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Domain.Cases;

/// <summary>Something that happened to a case. When, by whom and in which operation is said by the journal's row.</summary>
public abstract record CaseEvent;

public sealed record CaseReported(
    string Number, string Category, AreaId Area, Position? Position, string Title, string Detail, ImmutableArray<string> Photos,
    bool Confidential, ImmutableArray<PersonId> OfferedTo) : CaseEvent;

public sealed record CaseClaimed : CaseEvent;
public sealed record CaseReleased(string Reason) : CaseEvent;
public sealed record CaseHandedOver(PersonId To, string Reason) : CaseEvent;
public sealed record CaseReachedOnSite : CaseEvent;
public sealed record CaseProgressed(string Text, ImmutableArray<string> Photos) : CaseEvent;
public sealed record CaseResolved(string Text, ImmutableArray<string> Photos) : CaseEvent;
public sealed record CaseExplained(string Text) : CaseEvent;
public sealed record CaseTransferred(string Department, string Reason, ImmutableArray<PersonId> OfferedTo) : CaseEvent;
public sealed record CaseCommented(string Text) : CaseEvent;
public sealed record CaseClosed(int? Rating, string Text) : CaseEvent;
public sealed record CaseReopened(string Reason) : CaseEvent;
