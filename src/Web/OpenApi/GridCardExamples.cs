using GridActors.Web.Areas;
using GridActors.Web.Coverage;
using GridActors.Web.GridCards;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about residents' cards of their grid and the coverage of visits, for <see cref="Examples"/>.</summary>
static class GridCardExamples
{
    const string Id = "019ac0e95a7b7c3e9f10aa55c3d2e2f1";
    const string Code = "7d1f0b3a5c9e2468ace013579bdf0246";
    const string Area = "360923100001-01";
    const string AreaName = "朝阳社区第一网格";
    const string Phone = "0795-7123456";
    static readonly DateTimeOffset At = new(2026, 11, 26, 9, 30, 0, TimeSpan.FromHours(8));

    static readonly GridCardJson Card = new(
        "鳌阳镇网格化服务管理",
        "Aoyang grid governance",
        AreaName,
        ["朝阳社区"],
        [new("黄小兰", "网格员", "Grid worker", Phone, null, false)],
        new("朝阳社区便民服务站", "锦江路12号", Phone),
        new(
            true,
            new(2026, 11, 26, 12, 0, 0, TimeSpan.FromHours(8)),
            [new(new(2026, 11, 26), [new("08:00", "12:00"), new("14:30", "17:30")])]
        ),
        true
    );

    static readonly AreaCoverageJson Coverage = new("360923100001", "朝阳社区", new(12, 3, 25), new(1, 0, 6));

    public static IEnumerable<object> All() =>
        [
            new OpenCardRequest(Code),
            Card,
            new ListJson<ShownPersonJson>(
                [new("gw-0117", "黄小兰", "grid-worker", "网格员", "Grid worker", Area, AreaName, true, Phone, null)],
                null
            ),
            new ShowPersonRequest(true, Phone, null, false),
            new AreaCardJson(Area, "360923100001", "朝阳社区", Card),
            new StationRequest("朝阳社区便民服务站", "锦江路12号", Phone),
            new CardCodesJson(1, 16, true, [new(Id, Area, AreaName, ["朝阳社区"], Code, At, "黄小兰", true)]),
            new MakeCodesRequest("360923100001", true, true),
            new CoverageJson(
                new(2026, 11, 23),
                new(2026, 11, 29),
                Coverage,
                [new("elder-alone", "独居老人", "Elders living alone", Coverage.MustVisit)],
                [new("school", "学校", "Schools", Coverage.MustLook)],
                [Coverage]
            ),
        ];
}
