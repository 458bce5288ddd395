using GridActors.Web.Households;
using GridActors.Web.Households.Forms;
using GridActors.Web.SubjectRequests;

namespace GridActors.Web.OpenApi;

static partial class HouseholdExamples
{
    static IEnumerable<object> OfRequests() =>
        [
            new OpenSubjectRequestRequest(Id, ResidentId, "correction", "document", "张三丰本人，13812345678", "电话已换号"),
            new DecideSubjectRequestRequest("granted", null),
            new CarryOutSubjectRequestRequest(new CorrectResidentRequest(null, null, ResidentFields, null, null, null), false),
            new SubjectRequestListJson(
                [
                    new(
                        RequestId,
                        "correction",
                        "open",
                        Area,
                        AreaName,
                        Id,
                        ResidentId,
                        "张*丰",
                        At,
                        "李网格",
                        At.AddDays(21),
                        false,
                        null,
                        null,
                        null,
                        null
                    ),
                ],
                null,
                0
            ),
            new SubjectRequestJson(
                RequestId,
                "correction",
                "carried-out",
                Id,
                ResidentId,
                "document",
                "张三丰本人，13812345678",
                "电话已换号",
                "",
                At,
                "李网格",
                At.AddDays(21),
                At,
                "陈振志",
                At,
                "李网格",
                3
            ),
            new ResidentSheetJson(
                Id,
                ResidentId,
                "张*丰",
                At,
                "履行法定职责所必需",
                "Needed for duties set by law",
                [new("phone", "联系电话", "Phone", "138****5678", "联系本人", "To reach the person", At, "李网格")],
                [Elder],
                [new(CertificateId, Disability, "残疾证", "Disability certificate", Lapses, null)],
                [],
                ["李网格"],
                [new(At, "陈振志", ["phone"], PurposeName)],
                [new(At, "陈振志")],
                "3y",
                "3y"
            ),
            new FormRequest("350924100", "service"),
            new ErasureImpactJson(
                ["name", "phone"],
                ["kind", "relation", "left"],
                ["address", "door"],
                false,
                false,
                4,
                [],
                [new(Id, false)],
                1,
                "3y",
                1,
                0,
                1,
                At
            ),
        ];

    const string RequestId = "019ac0e95a7b7c3e9f10aa55c3d2e2a6";
}
