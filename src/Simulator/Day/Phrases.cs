using GridActors.Simulator.Client;

namespace GridActors.Simulator.Day;

/// <summary>What people write, in the plain words of a patrol. Reports are chosen by what a category is called, since codes differ from pack to pack.</summary>
internal static class Phrases
{
    /// <param name="Words">The phrase fits a category whose name contains one of these.</param>
    sealed record Bank(Matter Matter, string[] Words, (string Title, string Detail)[] Reports);

    /// <summary>What has to be done, which is what people write about while they do it.</summary>
    enum Matter
    {
        Other,
        Repair,
        Clear,
        Inspect,
        Mediate,
        Serve,
    }

    /// <summary>What is written on the way: solved at once, under way, done, or explained.</summary>
    sealed record Work(string[] OnTheSpot, string[] Progress, string[] Resolution, string[] Explanation);

    // The first bank that fits is taken: the particular stand before the general. What none fits is told in the category's own words.
    static readonly Bank[] s_banks =
    [
        new(Matter.Repair, ["井盖", "窨井"],
        [
            ("人行道井盖破损", "井盖开裂，夜间行人容易踩空，已放置警示物。"),
            ("路口井盖缺失", "雨水井盖不见了，请尽快补装。"),
            ("井盖松动异响", "车辆经过时响声很大，附近住户反映夜里睡不好。"),
        ]),
        new(Matter.Repair, ["路灯不亮", "路灯故障"],
        [
            ("巷子里路灯不亮", "连续三盏不亮，老人晚上出行不便。"),
            ("路口的灯一闪一闪", "天黑后时亮时灭，请检修。"),
        ]),
        new(Matter.Clear, ["树木倒伏", "倒树"],
        [
            ("大树倒伏挡住巷道", "昨夜大风刮倒，车辆无法通过。"),
            ("树倒压住电线", "已拉线警示，请带工具到场。"),
        ]),
        new(Matter.Clear, ["树木修剪", "绿化养护"],
        [
            ("枯枝悬在人行道上方", "枯枝较粗，怕掉下来砸到人。"),
            ("树枝挡住窗户", "二楼住户请求修剪。"),
        ]),
        new(Matter.Inspect, ["违法建设", "违建", "违章建筑"],
        [
            ("楼顶新搭彩钢棚", "正在施工，邻居反映挡光。"),
            ("房前空地打地基", "未见审批公示牌，已当场劝停。"),
            ("占用通道搭建杂物间", "通道变窄，劝说后未拆。"),
        ]),
        new(Matter.Clear, ["建筑垃圾"],
        [
            ("路边堆放装修垃圾", "约两车，不知谁家所倒。"),
            ("渣土撒漏一路", "从工地出口一直到桥头，请清扫。"),
        ]),
        new(Matter.Clear, ["垃圾箱满", "暴露垃圾", "垃圾漏收"],
        [
            ("垃圾两天没有清运", "有异味，住户意见较大。"),
            ("垃圾堆到了路面上", "野狗翻扯，满地都是。"),
        ]),
        new(Matter.Repair, ["燃气泄漏", "煤气"],
        [
            ("楼道里闻到燃气味", "已提醒住户开窗并关阀，请立即到场检测。"),
            ("燃气软管老化漏气", "入户检查发现软管开裂，需要更换。"),
        ]),
        new(Matter.Repair, ["停电"],
        [
            ("整栋楼停电", "早上起停电，住户急用。"),
            ("变压器响了一声后停电", "周边约四十户没有电。"),
        ]),
        new(Matter.Inspect, ["用电安全"],
        [
            ("电线下垂", "电线垂到一人多高，孩子伸手够得着。"),
            ("私拉电线充电", "从窗户拉线给电动车充电，已劝阻一次。"),
        ]),
        new(Matter.Repair, ["停水", "水管爆裂"],
        [
            ("自来水管爆裂", "路面冒水，附近十几户没有水。"),
            ("整个小区停水", "没有接到通知，住户来电询问。"),
        ]),
        new(Matter.Inspect, ["消防"],
        [
            ("消防通道被占用", "两辆车长期停在消防通道上。"),
            ("灭火器过期", "楼内灭火器压力不足，建议统一更换。"),
            ("电动车进楼充电", "楼梯间有三辆电动车充电。"),
        ]),
        new(Matter.Inspect, ["非法生产", "安全生产", "烟花", "爆竹"],
        [
            ("作坊疑似违规生产", "夜间有机器声，门窗紧闭，请核查。"),
            ("厂房堆放易燃物", "原料靠近配电箱，已要求搬离。"),
        ]),
        new(Matter.Repair, ["桥梁"],
        [
            ("桥面护栏断了一截", "孩子上学必经，先用绳子拦了。"),
            ("暴雨冲毁便桥", "对岸六户出入受阻，请尽快搭建临时通道。"),
        ]),
        new(Matter.Repair, ["坑洞", "道路破损", "道路塌", "路面"],
        [
            ("路面有大坑", "坑深约十厘米，下雨积水看不见。"),
            ("路肩塌了半边", "雨后土石滑落，只能单边通行。"),
        ]),
        new(Matter.Inspect, ["违法停车"],
        [
            ("占道停车堵住出口", "联系不上车主，住户车辆无法出入。"),
            ("货车停在盲道上", "已劝离一次，又停了回来。"),
        ]),
        new(Matter.Inspect, ["地质灾害", "滑坡"],
        [
            ("山坡出现裂缝", "裂缝约两指宽，下方有三户人家。"),
            ("屋后土方滑落", "雨后滑落约两方，已劝住户先搬到亲戚家。"),
        ]),
        new(Matter.Clear, ["汛情", "防汛", "山洪"],
        [
            ("河水快漫上路面", "水位还在涨，已拦住行人。"),
            ("排水涵洞被堵", "上游冲下大量树枝，水往农户家里灌。"),
        ]),
        new(Matter.Mediate, ["劳动报酬", "欠薪", "工资"],
        [
            ("装修工人反映拖欠工资", "四名工人两个月没有拿到工资。"),
            ("工厂拖延结算加班费", "十几名员工在门口聚集，情绪平稳。"),
        ]),
        new(Matter.Mediate, ["征地", "拆迁"],
        [
            ("征地补偿面积有疑问", "住户对补偿面积有异议，请求核对。"),
        ]),
        new(Matter.Mediate, ["权属", "山林", "宅基地"],
        [
            ("两户地界有争议", "双方各执一词，已约时间现场丈量。"),
        ]),
        new(Matter.Mediate, ["物业管理纠纷", "物业纠纷"],
        [
            ("住户拒交物业费", "双方为电梯维修费用争执，请求调解。"),
            ("小区公共收益不公开", "住户要求公示停车费收支。"),
        ]),
        new(Matter.Mediate, ["婚姻", "家庭纠纷"],
        [
            ("兄弟因赡养老人闹矛盾", "三兄弟对轮流照顾有分歧，请求调解。"),
            ("夫妻争吵惊动邻居", "已上门劝解，双方情绪平稳，建议回访。"),
        ]),
        new(Matter.Mediate, ["邻里"],
        [
            ("邻里因漏水发生争吵", "楼上漏水泡了楼下天花板，双方互不相让。"),
            ("两家为晒谷坪争执", "已劝开，请调解员到场。"),
        ]),
        new(Matter.Clear, ["污水外溢", "水体污染", "污水"],
        [
            ("污水流到路面上", "有异味，行人绕行。"),
            ("沟渠水发黑", "上游可能有偷排，请查明来源。"),
        ]),
        new(Matter.Inspect, ["噪声", "噪音"],
        [
            ("夜间噪音扰民", "过了十一点仍没有停，多户投诉。"),
        ]),
        new(Matter.Inspect, ["食品"],
        [
            ("小卖部有过期食品", "货架上发现过期饼干，已要求下架。"),
            ("学校门口摊点卖熟食", "没有证照，卫生堪忧。"),
        ]),
        new(Matter.Inspect, ["涉警", "可疑", "治安线索"],
        [
            ("出租屋人员可疑", "几名陌生人长期不出门，夜间有人进出。"),
        ]),
        new(Matter.Inspect, ["诈骗"],
        [
            ("老人接到诈骗电话", "对方自称公检法，老人差点转账，已劝阻。"),
        ]),
        new(Matter.Serve, ["困难群众求助", "独居", "上门服务", "求助"],
        [
            ("独居老人家中灯坏了", "老人行动不便，请安排人上门更换。"),
            ("老人身体不适", "敲门有回应但下不了床，请社区医生上门。"),
        ]),
        new(Matter.Serve, ["残疾证"],
        [
            ("残疾证快到期", "本人出门不便，请求上门办理。"),
        ]),
        new(Matter.Serve, ["低保"],
        [
            ("住户申请低保", "家中主要劳力生病，收入中断。"),
        ]),
        new(Matter.Serve, ["换领", "身份证"],
        [
            ("帮老人换领证卡", "同一栋五位老人，请预约一次上门办理。"),
        ]),
        new(Matter.Serve, ["医疗保险", "医保"],
        [
            ("代办医保参保登记", "材料已收齐，请审核。"),
        ]),
        new(Matter.Inspect, ["秸秆"],
        [
            ("田间焚烧秸秆", "火已扑灭，对农户进行了劝导。"),
        ]),
        new(Matter.Other, ["意见建议"],
        [
            ("建议增设休息座椅", "广场老人多，没有地方坐。"),
            ("反映公交班次太少", "早上七点半到八点没有车。"),
        ]),
    ];

    static readonly string[] s_plainTitles = ["{0}", "巡查发现：{0}", "群众反映：{0}", "{0}，请处理"];

    static readonly string[] s_plainDetails =
    [
        "巡查时发现，请到场核实处理。", "住户当面反映，希望尽快答复。", "第二次有人反映，请重视。", "走访时了解到，已做初步登记。",
    ];

    static readonly Dictionary<Matter, Work> s_work = new()
    {
        [Matter.Other] = new(
            ["当场答复，反映人表示满意。"],
            ["已到现场查看，正在联系责任单位。", "责任单位已确认，正在处理。"],
            ["已处理完毕，已向反映人答复。", "已办结，下周回头看。"],
            ["不在政策范围内，已解释并告知其他办法。", "已列入下半年计划，已当面答复。"]),
        [Matter.Repair] = new(
            ["当场紧固，恢复正常。"],
            ["已到现场查看，正在联系施工人员。", "材料已到，今天内可以修好。", "已围挡并放置警示标志，抢修人员在路上。"],
            ["已修复，并请住户当面确认。", "已更换损坏部件，恢复正常使用。", "抢修结束，现场已恢复。"],
            ["经核实属计划检修，已张贴通知并说明恢复时间。", "已列入下半年改造计划，已当面答复。"]),
        [Matter.Clear] = new(
            ["已当场清理完毕。"],
            ["清运车辆已安排，下午到场。", "已组织人员清理，完成一半。"],
            ["已清理干净，安排专人每日巡看。", "已清运完毕，现场冲洗干净。"],
            ["经核实为临时堆放，当天自行清走，已向住户说明。"]),
        [Matter.Inspect] = new(
            ["当场劝导并整改到位。", "已当场劝离。"],
            ["已下达整改通知，限期三天。", "联合执法人员已到场核查。", "正在核实情况，已拍照取证。"],
            ["已整改到位，下周回头看。", "隐患已消除，已登记备查。", "经查处已停止，并作了书面承诺。"],
            ["经核实手续齐全，已向反映人说明。", "经现场核查未发现所反映的情况，继续留意。"]),
        [Matter.Mediate] = new(
            ["就地调解，双方握手言和。"],
            ["已与当事人分别谈过，约定下午再碰面。", "调解员已介入，正在核对材料。"],
            ["双方达成一致，签了调解书。", "经调解已履行到位，双方无异议。"],
            ["不属调解范围，已告知可申请仲裁或诉讼。", "已解释政策，当事人表示理解。"]),
        [Matter.Serve] = new(
            ["当场帮助办好，住户表示感谢。"],
            ["已上门看望，正在准备材料。", "已预约工作人员上门。"],
            ["已上门办结，材料交到本人手中。", "已安排专人帮扶，每周走访一次。"],
            ["经核对暂不符合条件，已说明政策和其他帮扶办法。"]),
    };

    public static (string Title, string Detail) Report(CategoryView category, Random random) =>
        BankOf(category) is { } bank
            ? One(bank.Reports, random)
            : (One(s_plainTitles, random).Replace("{0}", category.Name, StringComparison.Ordinal), One(s_plainDetails, random));

    public static string SolvedOnTheSpot(CategoryView category, Random random) => One(WorkOf(category).OnTheSpot, random);
    public static string Progress(CategoryView category, Random random) => One(WorkOf(category).Progress, random);
    public static string Resolution(CategoryView category, Random random) => One(WorkOf(category).Resolution, random);
    public static string Explanation(CategoryView category, Random random) => One(WorkOf(category).Explanation, random);

    public static string Comment(Random random) =>
        One(["请注意现场安全。", "住户又来电询问，请抓紧。", "请处理后拍照上传。", "已电话告知反映人目前进度。"], random);

    public static string Releasing(Random random) =>
        One(["正在处理另一件急事，请其他同事先办。", "经看不属于我的分工，退回重新认领。"], random);

    public static string HandingOver(Random random) =>
        One(["今天外出开会，请同事接办。", "由更熟悉情况的同事接手。"], random);

    public static string Transferring(string department) => $"经核实属{department}职责，转请办理。";

    public static string Reopening(Random random) =>
        One(["问题又出现了，请再来看看。", "只修了一半，还没有彻底解决。"], random);

    static Bank? BankOf(CategoryView category) => Array.Find(s_banks, b => Array.Exists(b.Words, w => category.Name.Contains(w, StringComparison.Ordinal)));

    static Work WorkOf(CategoryView category) => s_work[BankOf(category)?.Matter ?? Matter.Other];

    static T One<T>(T[] of, Random random) => of[random.Next(of.Length)];
}
