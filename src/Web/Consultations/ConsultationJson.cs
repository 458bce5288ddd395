using GridActors.Contracts.Cases;
using GridActors.Contracts.Consultations;
using GridActors.Domain.Packs;
using GridActors.Storage.Consultations;
using GridActors.Web.Cases;

namespace GridActors.Web.Consultations;

/// <summary>A party of a consultation, and what it thinks.</summary>
/// <param name="People">Who was invited.</param>
/// <param name="Opinion">Null while it hasn't given one.</param>
public sealed record ConsultedPartyJson(string Id, string Name, string NameEn, IReadOnlyList<NamedPersonJson> People, OpinionJson? Opinion);

public sealed record NamedPersonJson(string Id, string Name);

public sealed record OpinionJson(string Text, string By, string ByName, DateTimeOffset At);

/// <summary>A consultation with its opinions and its decision.</summary>
/// <param name="State"><c>open</c>, <c>overdue</c> (opinions are missing that were owed earlier), <c>decided</c>, or <c>closed</c>: the
/// case was closed before it was decided.</param>
/// <param name="DueAt">By when the opinions are owed.</param>
/// <param name="Quorum">How many opinions a decision needs before their time is over.</param>
/// <param name="Decision">Null while nothing is decided.</param>
/// <param name="Tasks">The tasks that the decision gave, as they stand now.</param>
/// <param name="Actions">What the caller may do now: <c>opinion</c>, <c>decide</c>.</param>
public sealed record ConsultationJson(
    string Id,
    string Number,
    string State,
    string Reason,
    DateTimeOffset CalledAt,
    string CalledBy,
    string CalledByName,
    DateTimeOffset? DueAt,
    int Quorum,
    IReadOnlyList<ConsultedPartyJson> Parties,
    OpinionJson? Decision,
    IReadOnlyList<CaseTaskJson> Tasks,
    IReadOnlyList<string> Actions,
    CaseSummaryJson Case
)
{
    public static ConsultationJson Of(ConsultationAnswer answer, LoadedPack pack, DateTimeOffset now)
    {
        var (view, @case) = (answer.Consultation!, answer.Case!);
        var known = @case.Consultations.FirstOrDefault(c => c.Id == view.Id);
        return new(
            view.Id.ToString("N"),
            view.Number,
            ApiNames.Of(StatusOf(view, @case, known?.DueAt, now)),
            view.Reason,
            view.CalledAt,
            view.CalledBy.Id,
            pack.NameOf(view.CalledBy),
            known?.DueAt,
            view.Quorum,
            [.. view.Parties.Select(p => PartyOf(p, view, pack))],
            view.Decision is { } decided ? new(decided.Text, decided.By.Id, pack.NameOf(decided.By), decided.At) : null,
            [.. @case.Tasks.Where(t => t.Source == view.Number).Select(t => CaseTaskJson.Of(t, pack, now))],
            ApiNames.Of(answer.Actions),
            CaseSummaryJson.Of(@case, pack, now)
        );
    }

    static ConsultationStatus StatusOf(ConsultationView view, CaseView @case, DateTimeOffset? dueAt, DateTimeOffset now)
    {
        if (view.Decision is not null)
            return ConsultationStatus.Decided;
        if (!@case.IsOpen)
            return ConsultationStatus.Closed;
        return dueAt <= now && view.Opinions.Length < view.Parties.Length ? ConsultationStatus.Overdue : ConsultationStatus.Open;
    }

    static ConsultedPartyJson PartyOf(ConsultedParty party, ConsultationView view, LoadedPack pack)
    {
        var opinion = view.Opinions.FirstOrDefault(o => o.Party == party.Id);
        return new(
            party.Id,
            party.Name,
            party.NameEn,
            [.. party.People.Select(p => new NamedPersonJson(p.Id, pack.NameOf(p)))],
            opinion is null ? null : new(opinion.Text, opinion.By.Id, pack.NameOf(opinion.By), opinion.At)
        );
    }
}

/// <summary>A line of the list of consultations.</summary>
/// <param name="State"><c>open</c>, <c>overdue</c>, <c>decided</c> or <c>closed</c>.</param>
/// <param name="Parties">How many parties were invited.</param>
/// <param name="Given">How many have given their opinion.</param>
/// <param name="Decision">Null while nothing is decided.</param>
public sealed record ListedConsultationJson(
    string Id,
    string Number,
    string State,
    string Reason,
    DateTimeOffset CalledAt,
    string CalledBy,
    string CalledByName,
    DateTimeOffset? DueAt,
    int Parties,
    int Given,
    OpinionJson? Decision,
    CaseSummaryJson Case
)
{
    public static ListedConsultationJson Of(ListedConsultation listed, LoadedPack pack, DateTimeOffset now) =>
        new(
            listed.Id.ToString("N"),
            listed.Number,
            ApiNames.Of(listed.Status),
            listed.Reason,
            listed.CalledAt,
            listed.CalledBy.Id,
            pack.NameOf(listed.CalledBy),
            listed.DueAt,
            listed.Parties,
            listed.Given,
            listed is { DecidedAt: { } at, DecidedBy: { } by } ? new(listed.Decision, by.Id, pack.NameOf(by), at) : null,
            CaseSummaryJson.Of(listed.Case, pack, now)
        );
}

/// <summary>How many consultations were called in a year in an area and everything below it.</summary>
/// <param name="Open">How many of them aren't decided, and their case is open.</param>
public sealed record ConsultationCountJson(string Area, string AreaName, int Called, int Decided, int Open)
{
    public static ConsultationCountJson Of(ConsultationCount count, LoadedPack pack) =>
        new(
            count.Area.Code,
            pack.Areas.GetValueOrDefault(count.Area.Code)?.Name ?? count.Area.Code,
            count.Called,
            count.Decided,
            count.Open
        );
}

/// <summary>The consultations of a year.</summary>
/// <param name="Children">Of each area right below.</param>
public sealed record ConsultationFiguresJson(int Year, ConsultationCountJson Total, IReadOnlyList<ConsultationCountJson> Children);
