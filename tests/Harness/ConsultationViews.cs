namespace GridActors.Harness;

/// <summary>A consultation in the answers of the API.</summary>
public sealed record Consultation(
    string Id,
    string Number,
    string State,
    string Reason,
    DateTimeOffset? DueAt,
    int Quorum,
    IReadOnlyList<ConsultedParty> Parties,
    Opinion? Decision,
    IReadOnlyList<CaseTask> Tasks,
    IReadOnlyList<string> Actions
);

public sealed record ConsultedParty(string Id, string Name, IReadOnlyList<NamedPerson> People, Opinion? Opinion);

public sealed record NamedPerson(string Id, string Name);

public sealed record Opinion(string Text, string By, DateTimeOffset At);

public sealed record CaseConsultation(string Id, string Number, DateTimeOffset? DueAt, int Parties, int Given, string? Decision);

public sealed record CaseTask(
    int Number,
    string Source,
    string Text,
    string? Post,
    IReadOnlyList<string> Owners,
    DateTimeOffset DueAt,
    bool Overdue,
    bool? Done,
    string? Note
);

public sealed record ListedConsultation(string Id, string Number, string State, int Parties, int Given, CaseSummary Case);

public sealed record ConsultationCount(string Area, string AreaName, int Called, int Decided, int Open);

public sealed record ConsultationFigures(int Year, ConsultationCount Total, IReadOnlyList<ConsultationCount> Children);
