namespace GridActors.Service.Tests.Cases;

/// <summary>Whether it is tested of every call who may make it.</summary>
public sealed class PermissionCoverageTests : SharedServiceTest
{
    /// <summary>A new call fails here until it has a row, or until it says where else it is tested who may make it.</summary>
    [Fact]
    public async Task Every_call_of_the_api_has_a_row_or_is_tested_elsewhere()
    {
        var document = (await Service.Anybody().Get("/openapi/v1.json")).Expect(200).Body;
        var served = document
            .GetProperty("paths")
            .EnumerateObject()
            .SelectMany(p => p.Value.EnumerateObject().Select(m => (Path: p.Name, Id: m.Value.GetProperty("operationId").GetString()!)))
            .ToList();
        var rows = PermissionTests.Cells().Select(c => c.Call.Split('@')[0]).ToHashSet();

        var covered = served.Where(o => rows.Contains(RowOf(o.Path, o.Id))).Select(o => o.Id).ToHashSet();
        var missing = served.Select(o => o.Id).Where(id => !covered.Contains(id) && !Elsewhere.ContainsKey(id)).ToList();
        var superfluous = Elsewhere.Keys.Where(id => covered.Contains(id) || served.All(o => o.Id != id)).ToList();
        Assert.Equal("", string.Join(", ", missing));
        Assert.Equal("", string.Join(", ", superfluous));
    }

    /// <summary>A step's row is called like the last part of its address; the others have names of their own.</summary>
    static string RowOf(string path, string operation) =>
        Rows.GetValueOrDefault(operation) ?? (path.StartsWith("/api/cases/{id}/", StringComparison.Ordinal) ? path.Split('/')[^1] : "");

    static readonly Dictionary<string, string> Rows = new()
    {
        ["getCase"] = "view",
        ["reportCase"] = "report",
        ["listCases"] = "list",
        ["getBoard"] = "board",
        ["getStatistics"] = "statistics",
        ["getArea"] = "area",
        ["listChildAreas"] = "children",
        ["getAreaMap"] = "map",
        ["listAreaPeople"] = "people",
        ["getInbox"] = "inbox",
        ["listLeaves"] = "leaves",
        ["getCatalogue"] = "catalogue",
        ["listSupervisions"] = "supervisions",
        ["listConsultations"] = "consultations",
        ["listOutbox"] = "outbox",
        ["verifyBoards"] = "verify",
        ["listAccess"] = "access",
        ["getPack"] = "pack",
        ["listPackVersions"] = "pack-versions",
    };

    const string Everybody = "whoever is signed in, about themselves or what everybody of the pack may know";
    const string Nobody = "without a session";

    /// <summary>The calls without a row: who may make them, or the tests that say it.</summary>
    static readonly Dictionary<string, string> Elsewhere = new()
    {
        ["getLiveness"] = Nobody,
        ["getReadiness"] = Nobody,
        ["signIn"] = Nobody,
        ["getDemo"] = Nobody,
        ["getProvider"] = Nobody,
        ["openKiosk"] = Nobody,
        ["answerForward"] = "ForwardAnswerTests",
        ["signOut"] = Everybody,
        ["getMe"] = Everybody,
        ["changePassword"] = Everybody,
        ["listSessions"] = Everybody,
        ["endAllSessions"] = Everybody,
        ["endSession"] = Everybody,
        ["prepareSecondFactor"] = Everybody,
        ["setSecondFactor"] = Everybody,
        ["markInboxSeen"] = Everybody,
        ["getOfficeHours"] = Everybody,
        ["searchAreas"] = Everybody,
        ["getAreaAt"] = Everybody,
        ["uploadPhoto"] = Everybody,
        ["getPhoto"] = "PhotoTests",
        ["getCasePhoto"] = "PhotoTests",
        ["listAssignments"] = "PackEditingTests",
        ["finishTask"] = "ConsultationTests",
        ["getConsultationFigures"] = "ConsultationTests",
        ["getConsultation"] = "ConsultationTests",
        ["giveOpinion"] = "ConsultationTests",
        ["decideConsultation"] = "ConsultationTests",
        ["listMeetings"] = "MeetingTests",
        ["openMeeting"] = "MeetingTests",
        ["getAgenda"] = "MeetingTests",
        ["getMeeting"] = "MeetingTests",
        ["recordAttendance"] = "MeetingTests",
        ["decideItem"] = "MeetingTests",
        ["closeMeeting"] = "MeetingTests",
        ["listStaffChanges"] = "StaffTests",
        ["enterStaffChange"] = "StaffTests",
        ["cancelStaffChange"] = "StaffTests",
        ["getStaffMember"] = "StaffTests",
        ["listVacancies"] = "StaffTests",
        ["getTimeUse"] = "TimeUseTests",
        ["getDueProof"] = "DueProofTests",
        ["linkCase"] = "LinkTests",
        ["getDuty"] = "AoyangStoryTests",
        ["enterLeave"] = "LeaveTests",
        ["endLeave"] = "LeaveTests",
        ["listHouseholds"] = "HouseholdTests",
        ["listMyHouseholds"] = "HouseholdTests",
        ["getHouseholdRules"] = "HouseholdTests",
        ["getHousehold"] = "HouseholdTests",
        ["getHouseholdHistory"] = "HouseholdTests",
        ["searchResidents"] = "HouseholdTests",
        ["getHouseholdSummary"] = "HouseholdTests",
        ["createHousehold"] = "HouseholdTests",
        ["correctHousehold"] = "HouseholdTests",
        ["confirmHousehold"] = "HouseholdTests",
        ["moveHousehold"] = "HouseholdTests",
        ["addResident"] = "HouseholdTests",
        ["correctResident"] = "HouseholdTests",
        ["changeHead"] = "HouseholdTests",
        ["moveOut"] = "HouseholdTests",
        ["recordDeath"] = "HouseholdTests",
        ["splitHousehold"] = "HouseholdTests",
        ["mergeHousehold"] = "HouseholdTests",
        ["eraseResident"] = "HouseholdTests",
        ["revealHousehold"] = "HouseholdTests",
        ["listReveals"] = "HouseholdTests",
        ["listRevealsOfHousehold"] = "HouseholdTests",
        ["listPlaces"] = "PlaceTests",
        ["listMyPlaces"] = "PlaceTests",
        ["getPlace"] = "PlaceTests",
        ["listPlaceContents"] = "PlaceTests",
        ["getPlaceHistory"] = "PlaceTests",
        ["listPlaceHouseholds"] = "PlaceTests",
        ["getPlaceSummary"] = "PlaceTests",
        ["createPlace"] = "PlaceTests",
        ["makeDwellings"] = "PlaceTests",
        ["correctPlace"] = "PlaceTests",
        ["movePlace"] = "PlaceTests",
        ["closePlace"] = "PlaceTests",
        ["reopenPlace"] = "PlaceTests",
        ["visitPlace"] = "PlaceTests",
        ["listChangedAreas"] = "ReassignmentTests",
        ["proposeReassignment"] = "ReassignmentTests",
        ["applyReassignment"] = "ReassignmentTests",
        ["listReassignments"] = "ReassignmentTests",
        ["getReassignment"] = "ReassignmentTests",
        ["undoReassignment"] = "ReassignmentTests",
        ["listSubjectRequests"] = "SubjectRequestTests",
        ["getSubjectRequest"] = "SubjectRequestTests",
        ["openSubjectRequest"] = "SubjectRequestTests",
        ["decideSubjectRequest"] = "SubjectRequestTests",
        ["carryOutSubjectRequest"] = "SubjectRequestTests",
        ["getResidentSheet"] = "SubjectRequestTests",
        ["getErasureImpact"] = "SubjectRequestTests",
        ["exportCases"] = "CaseExportTests",
        ["askForExport"] = "CaseExportJobTests",
        ["listExports"] = "CaseExportJobTests",
        ["getExport"] = "CaseExportJobTests",
        ["deleteExport"] = "CaseExportJobTests",
        ["getExportFile"] = "CaseExportJobTests",
        ["importHouseholds"] = "HouseholdImportTests",
        ["listHouseholdImports"] = "HouseholdImportTests",
        ["getHouseholdImport"] = "HouseholdImportTests",
        ["listHouseholdImportRows"] = "HouseholdImportTests",
        ["getHouseholdImportErrors"] = "HouseholdImportTests",
        ["applyHouseholdImport"] = "HouseholdImportTests",
        ["undoHouseholdImport"] = "HouseholdImportTests",
        ["deleteHouseholdImport"] = "HouseholdImportTests",
        ["getHouseholdTemplate"] = "HouseholdImportTests",
        ["exportHouseholds"] = "HouseholdImportTests",
        ["listSurveys"] = "SurveyTests",
        ["draftSurvey"] = "SurveyTests",
        ["getSurvey"] = "SurveyTests",
        ["changeSurvey"] = "SurveyTests",
        ["publishSurvey"] = "SurveyTests",
        ["closeSurvey"] = "SurveyTests",
        ["listSurveyTargets"] = "SurveyTests",
        ["getSurveySheet"] = "SurveyTests",
        ["answerSurvey"] = "SurveyTests",
        ["refuseSurvey"] = "SurveyTests",
        ["getSurveyResults"] = "SurveyTests",
        ["exportSurvey"] = "SurveyTests",
        ["sendOutboxMessage"] = "OutboxTests",
        ["exportAccess"] = "AccessTests",
        ["resetPassword"] = "OwnAccountTests",
        ["resetSecondFactor"] = "SecondFactorTests",
        ["endSessionsOf"] = "OwnAccountTests",
        ["listKiosks"] = "KioskTests",
        ["makeKiosk"] = "KioskTests",
        ["endKiosk"] = "KioskTests",
        ["getPackFile"] = "PackEditingTests",
        ["savePackFile"] = "PackEditingTests",
        ["discardPackDraft"] = "PackEditingTests",
        ["checkPackDraft"] = "PackEditingTests",
        ["publishPack"] = "PackEditingTests",
        ["restorePackVersion"] = "PackEditingTests",
    };
}
