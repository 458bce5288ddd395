using GridActors.Web.Areas;
using GridActors.Web.Households.Import;

namespace GridActors.Web.OpenApi;

/// <summary>The examples about imports of households, for <see cref="Examples"/>.</summary>
static class ImportExamples
{
    static readonly DateTimeOffset At = new(2026, 11, 26, 9, 30, 0, TimeSpan.FromHours(8));

    static readonly HouseholdImportJson Import = new(
        "019ac0e95a7b7c3e9f10aa55c3d2e2b1",
        "checked",
        "430281002007",
        "碧霞村",
        At,
        560,
        560,
        null,
        null,
        new(1_940, 31, 12, 6, 11),
        null,
        null,
        At.AddDays(7)
    );

    static readonly ImportRowJson Row = new(
        4,
        1,
        7,
        "wrong",
        "张*丰",
        "0012",
        [],
        [new("身份证号", "number-lost", "身份证号：被表格软件当作数字，末几位已丢失；请将该列设为“文本”格式后重新输入号码。")]
    );

    public static IEnumerable<object> All() =>
        [Import, new ListJson<HouseholdImportJson>([Import], null), new ListJson<ImportRowJson>([Row], "200")];
}
