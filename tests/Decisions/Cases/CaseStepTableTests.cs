using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;
using static GridActors.Decisions.Tests.Cases.GivenCase;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>Who may take which step in which status: the table of docs/cases.md, cell by cell.</summary>
public sealed class CaseStepTableTests
{
    // The case was reported by the reporter, offered to the claimant and the recipient, and claimed by the claimant where it is claimed.
    // yes: accepted. no: accepted without any change. Everything else is the code of the rejection: nr not-recipient, nc not-claimant, np
    // not-permitted, ac already-claimed, ws wrong-status, ne not-escalated, ns not-supervised.
    const string Table = """
        step         who                  offered  claimed  on-site  resolved  explained  closed  merged
        Claimed      claimant,recipient   yes      ac       ac       ac        ac         ws    ws
        Claimed      others               nr       nr       nr       nr        nr         nr    nr
        Released     claimant,assigner    ws       yes      yes      ws        ws         ws    ws
        Released     others               ws       nc       nc       ws        ws         ws    ws
        HandedOver   claimant             nc       yes      yes      ws        ws         ws    ws
        HandedOver   assigner             yes      yes      yes      ws        ws         ws    ws
        HandedOver   others               nc       nc       nc       ws        ws         ws    ws
        OnSite       claimant             ws       yes      no       ws        ws         ws    ws
        OnSite       others               ws       nc       nc       ws        ws         ws    ws
        Progressed   claimant             ws       yes      yes      ws        ws         ws    ws
        Progressed   others               ws       nc       nc       ws        ws         ws    ws
        Resolved     claimant             ws       yes      yes      ws        ws         ws    ws
        Resolved     others               ws       nc       nc       ws        ws         ws    ws
        Explained    claimant             ws       yes      yes      ws        ws         ws    ws
        Explained    others               ws       nc       nc       ws        ws         ws    ws
        Transferred  claimant             np       yes      yes      ws        ws         ws    ws
        Transferred  transferrer          yes      yes      yes      ws        ws         ws    ws
        Transferred  others               np       np       np       ws        ws         ws    ws
        Commented    others               yes      yes      yes      yes       yes        yes   yes
        Closed       reporter,closer      ws       ws       ws       yes       yes        ws    ws
        Closed       others               ws       ws       ws       np        np         ws    ws
        Reopened     reporter,reopener    ws       ws       ws       yes       yes        yes   yes
        Reopened     others               ws       ws       ws       np        np         np    np
        Escalated    claimant             np       yes      yes      ws        ws         ws    ws
        Escalated    assigner             yes      yes      yes      ws        ws         ws    ws
        Escalated    others               np       np       np       ws        ws         ws    ws
        SentBack     others               ne       ne       ne       ws        ws         ws    ws
        Returned     closer               ws       ws       ws       yes       yes        ws    ws
        Returned     others               ws       ws       ws       np        np         ws    ws
        Merged       closer               yes      yes      yes      ws        ws         ws    ws
        Merged       others               np       np       np       ws        ws         ws    ws
        Linked       assigner             yes      yes      yes      yes       yes        yes   yes
        Linked       claimant             np       yes      yes      yes       yes        yes   np
        Linked       others               np       np       np       np        np         np    np
        Supervised   overseer             yes      yes      yes      yes       yes        ws    ws
        Supervised   others               np       np       np       np        np         ws    ws
        SupervisionAnswered others        ns       ns       ns       ns        ns         ws    ws
        Forwarded    forwarder            ws       yes      yes      ws        ws         ws    ws
        Forwarded    others               ws       np       np       ws        ws         ws    ws
        """;

    static readonly Dictionary<string, (PersonId Person, Permission[] Permissions)> People = new()
    {
        ["reporter"] = (Reporter, []),
        ["claimant"] = (One, []),
        ["recipient"] = (Two, []),
        ["reader"] = (Stranger, [Permission.Read, Permission.Report, Permission.Administer]),
        ["assigner"] = (Stranger, [Permission.Read, Permission.Assign]),
        ["transferrer"] = (Stranger, [Permission.Read, Permission.Transfer]),
        ["closer"] = (Stranger, [Permission.Read, Permission.Close]),
        ["overseer"] = (Stranger, [Permission.Read, Permission.Supervise]),
        ["forwarder"] = (Stranger, [Permission.Read, Permission.Forward]),
        ["reopener"] = (Stranger, [Permission.Read, Permission.Reopen]),
    };

    static readonly Dictionary<string, string> Codes = new()
    {
        ["nr"] = NotRecipient,
        ["nc"] = NotClaimant,
        ["np"] = NotPermitted,
        ["ac"] = AlreadyClaimed,
        ["ws"] = WrongStatus,
        ["ne"] = NotEscalated,
        ["ns"] = NotSupervised,
    };

    public static TheoryData<CaseStep> StepsAfterReport() => CaseDeciderTests.StepsAfterReport();

    [Theory]
    [MemberData(nameof(StepsAfterReport))]
    public void Step_by_each_person_in_each_status_is_answered_as_the_table_says(CaseStep step)
    {
        var expected = Cells(step).ToList();
        var actual = expected.Select(cell => (cell.Who, cell.Status, Answer(step, cell.Who, cell.Status)));

        Assert.Equal(People.Count * Enum.GetValues<CaseStatus>().Length, expected.Count);
        Assert.Equal(expected, actual);
    }

    static string Answer(CaseStep step, string who, CaseStatus status)
    {
        var (person, permissions) = People[who];
        var decision = In(status).When(Command(step, person), permissions).Decision;
        if (decision.Rejection is { } code)
            return Codes.Single(c => c.Value == code).Key;
        return decision.Events.IsEmpty ? "no" : "yes";
    }

    static IEnumerable<(string Who, CaseStatus Status, string Answer)> Cells(CaseStep step)
    {
        var rows = Table
            .Split('\n')
            .Skip(1)
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .Where(row => row[0] == step.ToString());
        var others = People.Keys.ToHashSet();
        foreach (var row in rows)
        {
            var named = row[1] == "others" ? [.. others] : row[1].Split(',');
            others.ExceptWith(named);
            foreach (var who in named)
            foreach (var (status, answer) in Enum.GetValues<CaseStatus>().Zip(row[2..]))
                yield return (who, status, answer);
        }
    }
}
