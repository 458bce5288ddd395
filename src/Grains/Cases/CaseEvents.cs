using System.Collections.Immutable;
using GridActors.Contracts.Areas;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;

namespace GridActors.Grains.Cases;

/// <summary>Something that happened to a case. When, by whom and in which operation is said by the journal's row.</summary>
abstract record CaseEvent;

sealed record CaseReported(
    string Number, string Category, AreaId Area, Position? Position, string Title, string Detail, ImmutableArray<string> Photos,
    bool Confidential, ImmutableArray<PersonId> OfferedTo) : CaseEvent;

sealed record CaseClaimed : CaseEvent;
sealed record CaseReleased(string Reason) : CaseEvent;
sealed record CaseHandedOver(PersonId To, string Reason) : CaseEvent;
sealed record CaseReachedOnSite : CaseEvent;
sealed record CaseProgressed(string Text, ImmutableArray<string> Photos) : CaseEvent;
sealed record CaseResolved(string Text, ImmutableArray<string> Photos) : CaseEvent;
sealed record CaseExplained(string Text) : CaseEvent;
sealed record CaseTransferred(string Department, string Reason, ImmutableArray<PersonId> OfferedTo) : CaseEvent;
sealed record CaseCommented(string Text) : CaseEvent;
sealed record CaseClosed(int? Rating, string Text) : CaseEvent;
sealed record CaseReopened(string Reason) : CaseEvent;
