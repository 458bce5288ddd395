using GridActors.Contracts.Cases;
using GridActors.Storage.Access;
using GridActors.Web.Sessions;

namespace GridActors.Web.Administration;

/// <summary>What calls record in the access journal.</summary>
public static class AccessRecords
{
    /// <summary>
    /// Records that a confidential case was shown; of other cases nothing. Also nothing when it was shown to its reporter, because the
    /// entry would tell the administrators who reported it.
    /// </summary>
    public static void Read(this AccessJournal journal, Caller caller, ICaseSummary shown)
    {
        if (IsRecorded(caller, shown))
            journal.Record(new(AccessKind.CaseRead, caller.Id, caller.Address, Subject: shown.Id.ToString("N")));
    }

    /// <summary>Records which confidential cases a list showed.</summary>
    public static void Listed(this AccessJournal journal, Caller caller, IEnumerable<ICaseSummary> shown)
    {
        foreach (var row in shown)
            if (IsRecorded(caller, row))
                journal.RecordOnceAnHour(new(AccessKind.CaseListed, caller.Id, caller.Address, Subject: row.Id.ToString("N")));
    }

    static bool IsRecorded(Caller caller, ICaseSummary shown) => shown.Confidential && shown.Reporter != caller.Id;

    /// <summary>Records that a list was exported.</summary>
    /// <param name="what">A short name of the list.</param>
    public static void Export(this AccessJournal journal, Caller caller, string what) =>
        journal.Record(new(AccessKind.Export, caller.Id, caller.Address, Subject: what));

    /// <summary>Records a call for administrators.</summary>
    /// <param name="what">A short name of the call.</param>
    public static void Administration(this AccessJournal journal, Caller caller, string what) =>
        journal.Record(OfAdministration(caller, what));

    public static AccessEntry OfAdministration(Caller caller, string what) =>
        new(AccessKind.Administration, caller.Id, caller.Address, Subject: what);
}
