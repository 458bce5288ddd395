using System.Collections.Immutable;
using System.Globalization;
using GridActors.Contracts.Households;
using GridActors.Domain.Households;
using GridActors.Domain.Households.Forms;
using GridActors.Domain.Households.Import;
using GridActors.Domain.Packs;
using GridActors.Storage.Households.Import;
using GridActors.Web.Sessions;
using SpreadCheetah;
using SpreadCheetah.Metadata;
using SpreadCheetah.Styling;
using SpreadCheetah.Worksheets;

namespace GridActors.Web.Households.Forms;

/// <summary>
/// A form (一表通) as a workbook: the form itself, and a second sheet that says of each column what it counts or shows, and of each row out
/// of which households it was made and how old their facts are. Personal values are masked.
/// </summary>
sealed class FormWorkbook(FormRule form, LoadedPack pack, Caller caller, bool english)
{
    const double Width = 18;

    readonly HouseholdRules _rules = pack.Pack.Households!;
    readonly HouseholdMask _mask = new(pack.Pack.Households!, HouseholdAccess.None);

    public async Task Write(
        Stream stream,
        AreaNode under,
        DateTimeOffset at,
        RegisteredHouseholds registered,
        CancellationToken cancellationToken
    )
    {
        var watermark = Watermark(under, at);
        var properties = new DocumentProperties { Author = $"{pack.NameOf(caller.Id)} {caller.Id.Id}", Subject = watermark };
        var options = new SpreadCheetahOptions { DocumentProperties = properties };
        await using var book = await Spreadsheet.CreateNewAsync(stream, options, cancellationToken);
        var bold = book.AddStyle(new Style { Font = { Bold = true } });
        await Begin(Of(form.Name, form.NameEn), form.Columns.Length + 1);
        await book.AddRowAsync([new DataCell(Of(form.Name, form.NameEn))], cancellationToken);
        await book.AddRowAsync([new DataCell(watermark)], cancellationToken);
        var names = form.Columns.Select(c => Of(c.Name, c.NameEn));
        await book.AddHeaderRowAsync(form.IsList ? [.. names] : [english ? "Area" : "区域", .. names], bold, cancellationToken);
        var sources = form.IsList ? await WriteList(book, under, at, registered, cancellationToken) : await WriteCounts();
        await Begin(english ? "Sources" : "来源", 5);
        await WriteSources(book, sources, at, bold, cancellationToken);
        await book.FinishAsync(cancellationToken);

        ValueTask Begin(string name, int columns)
        {
            var sheet = new WorksheetOptions();
            for (var i = 1; i <= columns; i++)
                sheet.Column(i).Width = Width;
            return book.StartWorksheetAsync(SheetName(name), sheet, cancellationToken);
        }

        async Task<IReadOnlyList<(string Row, FormSource Source)>> WriteCounts()
        {
            var (rows, total) = await Count(under, at, registered, cancellationToken);
            foreach (var (area, counts) in rows)
                await book.AddRowAsync([new DataCell(area.Name), .. Cells(counts, area)], cancellationToken);
            await book.AddRowAsync([new DataCell(english ? "Total" : "合计"), .. Cells(total, under)], cancellationToken);
            return [.. rows.Select(r => (r.Area.Name, r.Counts.Source)), (english ? "Total" : "合计", total.Source)];
        }
    }

    async Task<(IReadOnlyList<(AreaNode Area, FormCounts Counts)> Rows, FormCounts Total)> Count(
        AreaNode under,
        DateTimeOffset at,
        RegisteredHouseholds registered,
        CancellationToken cancellationToken
    )
    {
        var today = pack.Day(at);
        var rows = under
            .Downwards()
            .Where(a => a.Level.Id == form.RowsBy)
            .Select(a => (Area: a, Counts: new FormCounts(form, today)))
            .ToList();
        var byArea = rows.ToDictionary(r => r.Area, r => r.Counts);
        // What lies above the level of the rows, or an area below it, is counted in a row of its own.
        var (rest, total) = (new FormCounts(form, today), new FormCounts(form, today));
        foreach (var area in under.Downwards())
        foreach (var household in await registered.Read(pack.Pack.Id, [.. area.WithFormer.Select(a => a.Key)], [], [], cancellationToken))
        {
            var row = area.AtLevel(form.RowsBy!) is { } node && byArea.TryGetValue(node, out var found) ? found : rest;
            row.Add(household, g => pack.MayReadGroup(caller.Id, area, g));
            total.Add(household, g => pack.MayReadGroup(caller.Id, area, g));
        }
        if (rest.Source.Households > 0 || rows.Count == 0)
            rows.Insert(0, (under, rest));
        return (rows, total);
    }

    /// <summary>Whoever may not know who is in a group isn't told how many are.</summary>
    IEnumerable<DataCell> Cells(FormCounts counts, AreaNode area) =>
        form.Columns.Select(
            (c, i) =>
                (c.Where.Group ?? form.Where.Group) is { } group && !pack.MayReadGroup(caller.Id, area, group)
                    ? new DataCell(english ? "not for you" : "无权查看")
                    : new DataCell(counts.Counts[i])
        );

    async Task<IReadOnlyList<(string Row, FormSource Source)>> WriteList(
        Spreadsheet book,
        AreaNode under,
        DateTimeOffset at,
        RegisteredHouseholds registered,
        CancellationToken cancellationToken
    )
    {
        var today = pack.Day(at);
        var sources = new List<(string, FormSource)>();
        foreach (var area in under.Downwards())
        {
            var source = FormSource.None;
            foreach (
                var household in await registered.Read(pack.Pack.Id, [.. area.WithFormer.Select(a => a.Key)], [], [], cancellationToken)
            )
            {
                source = source.With(household);
                foreach (var resident in household.Living)
                    if (form.Where.Matches(resident, today, g => pack.MayReadGroup(caller.Id, area, g)))
                        await book.AddRowAsync(
                            [.. form.Columns.Select(c => new DataCell(Value(c.Value!, household, resident, area, today)))],
                            cancellationToken
                        );
            }
            if (source != FormSource.None)
                sources.Add((area.Name, source));
        }
        return sources;
    }

    string? Value(string value, HouseholdView household, ResidentView resident, AreaNode area, DateOnly today) =>
        value switch
        {
            FormValues.Area => area.Name,
            FormValues.Age => Ages.Of(resident.Fields, today)?.ToString(CultureInfo.InvariantCulture),
            FormValues.Kind => ImportWords.Of(resident.Kind, english),
            FormValues.Relation => resident.Relation is { } relation ? CodeName(HouseholdNames.Relations, relation) : null,
            FormValues.Groups => string.Join('、', HouseholdNames.Readable(resident.Groups, caller, area.Code).Select(GroupName)),
            FormValues.Expires => resident
                .Certificates.Where(c => c.Kind == form.Where.Certificate)
                .Select(c => c.ExpiresOn.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))
                .FirstOrDefault(),
            _ when value.StartsWith(FormValues.HouseholdPrefix, StringComparison.Ordinal) => Field(
                SubjectKind.Household,
                value[FormValues.HouseholdPrefix.Length..],
                household.Fields
            ),
            _ => Field(SubjectKind.Resident, value, resident.Fields),
        };

    string? Field(SubjectKind subject, string id, ImmutableSortedDictionary<string, string> fields)
    {
        var shown = _mask.Text(subject, id, fields);
        return shown is not null && shown == fields[id] && _rules.Field(subject, id)?.Codes is { } list ? CodeName(list, shown) : shown;
    }

    async Task WriteSources(
        Spreadsheet book,
        IReadOnlyList<(string Row, FormSource Source)> sources,
        DateTimeOffset at,
        StyleId bold,
        CancellationToken cancellationToken
    )
    {
        await book.AddRowAsync([new DataCell(english ? "As of" : "截至"), new DataCell(Local(at))], cancellationToken);
        await book.AddHeaderRowAsync(english ? ["Column", "From the ledger"] : ["列", "取自户情台账"], bold, cancellationToken);
        var words = new FormWords(_rules, english);
        foreach (var column in form.Columns)
            await book.AddRowAsync([new DataCell(Of(column.Name, column.NameEn)), new DataCell(words.Of(form, column))], cancellationToken);
        string[] headers = english
            ? ["Row", "Households", "Residents", "Facts confirmed from", "to"]
            : ["行", "户数", "人数", "资料最早核实于", "最近核实于"];
        await book.AddHeaderRowAsync(headers, bold, cancellationToken);
        foreach (var (row, source) in sources)
            await book.AddRowAsync(
                [
                    new DataCell(row),
                    new DataCell(source.Households),
                    new DataCell(source.Residents),
                    new DataCell(source.OldestCheck is { } oldest ? Local(oldest) : ""),
                    new DataCell(source.LatestCheck is { } latest ? Local(latest) : ""),
                ],
                cancellationToken
            );
    }

    string Watermark(AreaNode under, DateTimeOffset at) =>
        english
            ? $"{under.Name} as of {Local(at)}, made from the ledger by {pack.NameOf(caller.Id)} ({caller.Id.Id}). "
                + "Personal values are masked."
            : $"{under.Name} · 截至 {Local(at)} · 由户情台账生成 · {pack.NameOf(caller.Id)}（{caller.Id.Id}）· 个人信息已脱敏";

    /// <summary>A sheet's name has 31 characters at most, and none that Excel uses in formulas.</summary>
    static string SheetName(string name)
    {
        var plain = string.Concat(name.Where(c => !@"\/?*[]:'".Contains(c, StringComparison.Ordinal)));
        return plain.Length <= 31 ? plain : plain[..31];
    }

    string Local(DateTimeOffset at) =>
        TimeZoneInfo.ConvertTime(at, pack.TimeZone).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    string CodeName(string list, string code) =>
        _rules.Codes.GetValueOrDefault(list)?.Find(code) is { } found ? Of(found.Name, found.NameEn) : code;

    string GroupName(string id) => _rules.Group(id) is { } group ? Of(group.Name, group.NameEn) : id;

    string Of(string name, string nameEn) => english && nameEn.Length > 0 ? nameEn : name;
}
