using GridActors.Web.Areas;
using GridActors.Web.Households;
using GridActors.Web.Registrations;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about residents' own registration, for <see cref="Examples"/>.</summary>
static class RegistrationExamples
{
    const string Id = "019ac0e95a7b7c3e9f10aa55c3d2e2d1";
    const string Secret = "5f2b8c0d4e6a79b1c3d5e7f90a1b2c3d";
    const string Area = "360923100001-01";
    const string AreaName = "朝阳社区第一网格";
    static readonly DateTimeOffset At = new(2026, 11, 26, 9, 30, 0, TimeSpan.FromHours(8));
    static readonly DoorJson Door = new(Id, Area, AreaName, null, At, "黄小兰");

    static readonly Dictionary<string, string?> Person = new()
    {
        ["name"] = "张三丰",
        ["idNumber"] = "11010519491231002X",
        ["phone"] = "13800138000",
    };

    public static IEnumerable<object> All() =>
        [
            new OpenDoorRequest(Secret),
            new ApplicationFormJson(
                "鳌阳镇网格化服务管理",
                "Aoyang grid governance",
                AreaName,
                "核实户情，安排走访和服务",
                "",
                "我自愿登记本户信息……",
                "",
                "2026-11",
                "30d",
                false,
                [new("address", "住址", "Address", "address", "personal", null, true)],
                [new("name", "姓名", "Name", "name", "personal", null, true)],
                new Dictionary<string, IReadOnlyList<CodeJson>> { ["relation"] = [new("02", "户主", "Head")] }
            ),
            new PhoneCodeRequest(Secret, "13800138000"),
            new PhoneCodeJson(Id, At.AddMinutes(5), null),
            new ApplyRequest(
                Secret,
                Id,
                "204815",
                "2026-11",
                "0a1b2c3d4e5f60718293a4b5c6d7e8f9",
                new Dictionary<string, string?> { ["address"] = "锦江路12号" },
                [new("registered", "02", Person)],
                0
            ),
            new ApplicationStateRequest("0a1b2c3d4e5f60718293a4b5c6d7e8f9"),
            new ApplicationStateJson("waiting", AreaName, At, null, null),
            new MakeDoorRequest(Area, null),
            new NewDoorJson(Door, Secret, $"https://grid.example.gov.cn/r#{Secret}", "<svg></svg>"),
            new ListJson<DoorJson>([Door], null),
            new DeclineRequest("不在本网格居住"),
            new ListJson<RegistrationItemJson>([new(Id, Area, AreaName, "waiting", At, "张三丰", "锦江路12号", null, 1)], null),
            new RegistrationJson(
                Id,
                Area,
                AreaName,
                "waiting",
                At,
                "2026-11",
                new SortedDictionary<string, FieldValueJson> { ["address"] = new("锦江路12号", false) },
                [
                    new(
                        "registered",
                        "02",
                        "户主",
                        true,
                        new SortedDictionary<string, FieldValueJson> { ["name"] = new("张三丰", false) },
                        "new",
                        [],
                        []
                    ),
                ],
                null,
                null,
                null
            ),
        ];
}
