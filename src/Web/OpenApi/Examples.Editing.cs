using GridActors.Web.Administration;
using GridActors.Web.Areas;
using GridActors.Web.Catalogue;
using GridActors.Web.Leaves;
using GridActors.Web.Rotas;
using GridActors.Web.Staff;

namespace GridActors.Web.OpenApi;

static partial class Examples
{
    /// <summary>Of what is edited in the console: the pack, and leave.</summary>
    static IEnumerable<object> OfEditing()
    {
        var version = new PackVersionJson(2, Reported, Claimant, Holder.Name, "井盖改为 3 个工作日", true);
        var draft = new PackDraftJson(1, Reported, Claimant, Holder.Name, ["catalogue.yaml"]);
        var leave = new LeaveJson(
            CaseId,
            Reporter,
            Me.Name,
            new(2026, 11, 23, 0, 0, 0, TimeSpan.FromHours(8)),
            new(2026, 11, 30, 0, 0, 0, TimeSpan.FromHours(8)),
            "planned",
            [new(Claimant, Holder.Name)],
            false,
            Reporter,
            Me.Name,
            Reported,
            null,
            null,
            true
        );

        var staff = new StaffChangeJson(
            "0196f0a2b3c47d5e8f90a1b2c3d4e5f6",
            "leave",
            Claimant,
            Holder.Name,
            null,
            null,
            null,
            null,
            null,
            "ll-lead-t002",
            "谢立春",
            new(2026, 12, 1),
            "planned",
            null,
            null,
            "ll-centre-director",
            "吴永发",
            Reported
        );
        return
        [
            new PackStateJson(version, draft, ["catalogue.yaml", "pack.yaml"]),
            version,
            draft,
            new ListJson<PackVersionJson>([version], null),
            new PackFileJson("catalogue.yaml", "categories:\n"),
            new SavePackFileRequest(0, "catalogue.yaml", "categories:\n"),
            new PackDraftRequest(1),
            new PublishPackRequest(1, 2, version.Note),
            new PackCheckJson(
                1,
                2,
                [],
                null,
                [new("categories", "changed", Summary.Category, Summary.CategoryName, ["clocks"])],
                [new(Summary.Category, Summary.CategoryName, Summary.CategoryNameEn, 1120, 0, 0, null, null, 3)],
                [new("area-carried", "430281002007001", "碧霞村第一网格", 560, "碧霞村第二网格")],
                new(17, 2, 0, 1, 0)
            ),
            new ListJson<AssignmentJson>(
                [
                    new(
                        Summary.Category,
                        "rules",
                        [new(Claimant, Holder.Name, Holder.Post, Holder.PostName, Holder.PostNameEn, Town.Code, Town.Name)]
                    ),
                ],
                null
            ),
            new NewStaffChangeRequest("leave", Claimant, null, null, null, "ll-lead-t002", new(2026, 12, 1)),
            staff,
            new ListJson<StaffChangeJson>([staff], null),
            new VacanciesJson(1, [new(Town.Code, Town.Name, Holder.Post, Holder.PostName, Holder.PostNameEn)]),
            new StaffMemberJson(
                Claimant,
                Holder.Name,
                [new(Holder.Post, Holder.PostName, Holder.PostNameEn, Town.Code, Town.Name)],
                3,
                5,
                1
            ),
            new DutyJson(
                new(2026, 11, 23),
                new(2026, 11, 29),
                [new("night-duty", "夜间值班", "Night duty")],
                [new("night-duty", Town.Code, Town.Name, Claimant, Holder.Name, Reported.AddHours(9), Reported.AddHours(24))]
            ),
            new NewLeaveRequest(null, "2026-11-23", "2026-11-30", Claimant),
            leave,
            new ListJson<LeaveJson>([leave], null),
        ];
    }
}
