using System.Globalization;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Households.Import;
using GridActors.Domain.Packs;
using GridActors.Storage.Households.Import;
using GridActors.Web.Sessions;
using SpreadCheetah;
using SpreadCheetah.Metadata;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace GridActors.Web.Households.Export;

/// <summary>What is in clear in a file, and for what.</summary>
/// <param name="Purpose">A purpose of the pack.</param>
/// <param name="Fields">The ids of fields.</param>
sealed record ClearFields(PurposeRule Purpose, IReadOnlyList<string> Fields);

/// <summary>
/// The households of an area as a workbook, in the columns in which they are imported. It is written while it is read, an area after the
/// other, so that its size needs no memory. The first line, the last column and the document's properties say who took it along and when:
/// a file, or a part of it, that turns up somewhere says where it came from.
/// </summary>
/// <param name="clear">Null when everything is masked.</param>
sealed class HouseholdExport(LoadedPack pack, HouseholdRules rules, Caller caller, bool english, ClearFields? clear = null)
{
    const double Width = 18;

    readonly HouseholdMask _mask = new(rules, HouseholdAccess.None);

    readonly List<ImportColumn> _columns =
    [
        .. new ImportColumns(rules).All.Where(c => c.Kind is not (ColumnKind.HeadName or ColumnKind.IsHead)),
    ];

    /// <param name="onRead">Is called with the households of an area before they are written.</param>
    public async Task Write(
        Stream stream,
        AreaNode under,
        DateTimeOffset at,
        RegisteredHouseholds registered,
        Func<IReadOnlyList<HouseholdView>, Task> onRead,
        CancellationToken cancellationToken
    )
    {
        var (mark, watermark) = (Mark(at), Watermark(under, at));
        var properties = new DocumentProperties
        {
            Author = mark,
            Title = under.Name,
            Subject = watermark,
        };
        var settings = new SpreadCheetahOptions { DocumentProperties = properties };
        await using var book = await Spreadsheet.CreateNewAsync(stream, settings, cancellationToken);
        var heading = book.AddStyle(new Style { Font = { Bold = true } });
        var options = new WorksheetOptions { FrozenRows = 2 };
        for (var i = 1; i <= _columns.Count + 1; i++)
            options.Column(i).Width = Width;
        await book.StartWorksheetAsync(english ? "Households" : "户", options, cancellationToken);
        await book.AddRowAsync([new DataCell(watermark)], cancellationToken);
        var headers = _columns.Select(c => Of(c.Name, c.NameEn)).Append(english ? "Exported by" : "导出标记");
        await book.AddHeaderRowAsync([.. headers], heading, cancellationToken);
        foreach (var area in under.Downwards())
        {
            var households = await registered.Read(pack.Pack.Id, [.. area.WithFormer.Select(a => a.Key)], [], [], cancellationToken);
            if (households.Count == 0)
                continue;
            await onRead(households);
            foreach (var household in households)
            foreach (var resident in household.Residents.OrderBy(r => !r.IsHead))
            {
                var cells = _columns.Select(c => new DataCell(Value(c, household, resident))).Append(new DataCell(mark));
                await book.AddRowAsync([.. cells], cancellationToken);
            }
        }
        await book.FinishAsync(cancellationToken);
    }

    string Watermark(AreaNode under, DateTimeOffset at)
    {
        var (local, name) = (Local(at), pack.NameOf(caller.Id));
        var purpose = clear is null ? "" : Of(clear.Purpose.Name, clear.Purpose.NameEn);
        if (english)
        {
            var values = clear is null ? "Personal values are masked." : $"Personal values in clear, for: {purpose}.";
            return $"{under.Name}, exported by {name} ({caller.Id.Id}) at {local}. {values}";
        }
        return $"{under.Name} · {name}（{caller.Id.Id}）{local} 导出 · {(clear is null ? "个人信息已脱敏" : $"含个人信息明文，用途：{purpose}")}";
    }

    string Mark(DateTimeOffset at) => $"{pack.NameOf(caller.Id)} {caller.Id.Id} {Local(at)}";

    string Local(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, pack.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    string? Value(ImportColumn column, HouseholdView household, ResidentView resident) =>
        column.Kind switch
        {
            ColumnKind.Area => household.Area.Code,
            ColumnKind.Household => Shown(SubjectKind.Household, column, household.Fields),
            ColumnKind.Resident => Shown(SubjectKind.Resident, column, resident.Fields),
            ColumnKind.Relation => resident.Relation is { } relation ? CodeName(HouseholdNames.Relations, relation) : null,
            ColumnKind.Population => ImportWords.Of(resident.Kind, english),
            ColumnKind.Groups => string.Join('、', HouseholdNames.Readable(resident.Groups, caller, household.Area.Code).Select(GroupName)),
            ColumnKind.Certificate => resident
                .Certificates.FirstOrDefault(c => c.Kind == column.Id)
                ?.ExpiresOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            ColumnKind.Tags => string.Join('、', resident.Tags),
            _ => null,
        };

    string? Shown(SubjectKind subject, ImportColumn column, IReadOnlyDictionary<string, string> fields)
    {
        if (!fields.TryGetValue(column.Id, out var value))
            return null;
        var isClear = clear?.Fields.Contains(column.Id) == true;
        var shown = isClear ? value : _mask.Text(subject, column.Id, Facts.None.Add(column.Id, value));
        return column.Field?.Codes is { } list && shown == value ? CodeName(list, value) : shown;
    }

    string CodeName(string list, string code) =>
        rules.Codes.GetValueOrDefault(list)?.Find(code) is { } found ? Of(found.Name, found.NameEn) : code;

    string GroupName(string id) => rules.Group(id) is { } group ? Of(group.Name, group.NameEn) : id;

    string Of(string name, string nameEn) => english && nameEn.Length > 0 ? nameEn : name;
}
