using GridActors.Contracts.SubjectRequests;
using GridActors.Storage.Journal;

namespace GridActors.Storage.SubjectRequests;

/// <summary>An event of a resident's request, sealed, with the request after it.</summary>
public sealed class SubjectRequestEntry : JournalEntry
{
    public required SubjectRequestView Request { get; init; }

    public static string StreamOf(Guid id) => string.Concat("subject-request/", id.ToString("N"));
}
