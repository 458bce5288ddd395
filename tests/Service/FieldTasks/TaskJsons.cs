namespace GridActors.Service.Tests.FieldTasks;

sealed record Tally(int Targets, int Open, int Late, int Done, int DoneLate, int Refused, int Read);

sealed record TaskArea(string Area, Tally Tally, long Count, int Children);

sealed record SentTask(
    string Id,
    string State,
    int Revision,
    DateTimeOffset? DueAt,
    DateTimeOffset? RemindedAt,
    Tally Tally,
    TaskArea Under,
    TaskArea[] Areas,
    string[] Actions
);

sealed record Target(
    string Area,
    string? Person,
    string State,
    bool Late,
    DateTimeOffset? ReadAt,
    DateTimeOffset? RemindedAt,
    string? By,
    string Note,
    string[] Photos,
    int? Count,
    string Reason,
    int Returned,
    string[] Holders
);

sealed record MyTask(string Id, Target Target);

sealed record Schedule(string Id, string State, DateTimeOffset? NextAt, string? LastTask, int Runs);
