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

/// <summary>A form in clear.</summary>
/// <param name="Record">Records whose values it has, before they are written to it.</param>
sealed record ClearForm(PurposeRule Purpose, Func<IReadOnlyList<(Guid Household, IReadOnlyList<Guid> Residents)>, Task> Record);

/// <summary>
/// A form (一表通) as a workbook: the form itself, a sheet that says of each column what it counts or shows and of each row out of which
/// households it was made and how old their facts are, and one that says it of each cell. Personal values are masked, but for a purpose.
/// </summary>
/// <param name="clear">Null to mask.</param>
sealed class FormWorkbook(FormRule form, LoadedPack pack, Caller caller, bool english, ClearForm? clear = null)
{
    const double Width = 18;

    /// <summary>The form's name, the watermark and the headers stand above.</summary>
    const int FirstRow = 4;

    readonly HouseholdRules _rules = pack.Pack.Households!;
    readonly HouseholdMask _mask = new(pack.Pack.Households!, HouseholdAccess.None);
    readonly FormSources _sources = new(form, new(pack.Pack.Households!, english), pack, english, form.IsList ? 0 : 1);

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
        var (rows, cells) = form.IsList ? await WriteList(book, under, at, registered, cancellationToken) : await WriteCounts();
        await Begin(english ? "Sources" : "来源", 5);
        await _sources.WriteSummary(book, rows, at, bold, cancellationToken);
        await Begin(english ? "Sources by cell" : "逐格来源", 9);
        await _sources.WriteCells(book, cells, at, bold, cancellationToken);
        await book.FinishAsync(cancellationToken);

        ValueTask Begin(string name, int columns)
        {
            var sheet = new WorksheetOptions();
            for (var i = 1; i <= columns; i++)
                sheet.Column(i).Width = Width;
            return book.StartWorksheetAsync(SheetName(name), sheet, cancellationToken);
        }

        async Task<Sources> WriteCounts()
        {
            var (counted, total) = await Count(under, at, registered, cancellationToken);
            List<(string Name, AreaNode Area, FormCounts Counts)> lines =
            [
                .. counted.Select(r => (r.Area.Name, r.Area, r.Counts)),
                (english ? "Total" : "合计", under, total),
            ];
            foreach (var (name, area, counts) in lines)
                await book.AddRowAsync([new DataCell(name), .. Cells(counts, area)], cancellationToken);
            return new(
                [.. lines.Select(l => (l.Name, l.Counts.Source))],
                [.. lines.SelectMany((l, i) => CellSources(FirstRow + i, l.Name, l.Counts, l.Area))]
            );
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
            (c, i) => IsHidden(c, area) ? new DataCell(english ? "not for you" : "无权查看") : new DataCell(counts.Cells[i].Residents)
        );

    /// <summary>Where a cell counts nobody, all households of the row say so.</summary>
    IEnumerable<SourceLine> CellSources(int row, string name, FormCounts counts, AreaNode area) =>
        form
            .Columns.Select((c, i) => (Column: c, Index: i, Source: counts.Cells[i]))
            .Where(c => !IsHidden(c.Column, area))
            .Select(c => new SourceLine(row, c.Index, name, c.Source.Households > 0 ? c.Source : counts.Source with { Residents = 0 }));

    bool IsHidden(FormColumn column, AreaNode area) =>
        (column.Where.Group ?? form.Where.Group) is { } group && !pack.MayReadGroup(caller.Id, area, group);

    async Task<Sources> WriteList(
        Spreadsheet book,
        AreaNode under,
        DateTimeOffset at,
        RegisteredHouseholds registered,
        CancellationToken cancellationToken
    )
    {
        var today = pack.Day(at);
        var sources = new List<(string, FormSource)>();
        var lines = new List<SourceLine>();
        foreach (var area in under.Downwards())
        {
            var listed = await List(area, today, registered, cancellationToken);
            var source = listed.Aggregate(FormSource.None, (s, l) => s.With(l.Household, l.Household.Living.Count()));
            if (clear is not null)
                await clear.Record([
                    .. listed
                        .Where(l => l.Residents.Length > 0)
                        .Select(l => (l.Household.Id, (IReadOnlyList<Guid>)[.. l.Residents.Select(r => r.Id)])),
                ]);
            foreach (var (household, residents) in listed)
            foreach (var resident in residents)
            {
                await book.AddRowAsync(
                    [.. form.Columns.Select(c => new DataCell(Value(c.Value!, household, resident, area, today)))],
                    cancellationToken
                );
                lines.Add(new(FirstRow + lines.Count, null, area.Name, FormSource.None.With(household, 1)));
            }
            if (source != FormSource.None)
                sources.Add((area.Name, source));
        }
        return new(sources, lines);
    }

    /// <summary>How many people a list has.</summary>
    public async Task<int> People(AreaNode under, DateTimeOffset at, RegisteredHouseholds registered, CancellationToken cancellationToken)
    {
        var (today, people) = (pack.Day(at), 0);
        foreach (var area in under.Downwards())
            people += (await List(area, today, registered, cancellationToken)).Sum(l => l.Residents.Length);
        return people;
    }

    /// <summary>The households of one area, each with those residents who are in the list.</summary>
    async Task<IReadOnlyList<(HouseholdView Household, ImmutableArray<ResidentView> Residents)>> List(
        AreaNode area,
        DateOnly today,
        RegisteredHouseholds registered,
        CancellationToken cancellationToken
    )
    {
        var households = await registered.Read(pack.Pack.Id, [.. area.WithFormer.Select(a => a.Key)], [], [], cancellationToken);
        return
        [
            .. households.Select(h =>
                (h, h.Living.Where(r => form.Where.Matches(r, today, g => pack.MayReadGroup(caller.Id, area, g))).ToImmutableArray())
            ),
        ];
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
        var shown = clear is null ? _mask.Text(subject, id, fields) : fields.GetValueOrDefault(id);
        return shown is not null && shown == fields[id] && _rules.Field(subject, id)?.Codes is { } list ? CodeName(list, shown) : shown;
    }

    string Watermark(AreaNode under, DateTimeOffset at)
    {
        var (made, by) = (_sources.Local(at), pack.NameOf(caller.Id));
        if (english)
            return $"{under.Name} as of {made}, made from the ledger by {by} ({caller.Id.Id}). "
                + (clear is null ? "Personal values are masked." : $"In clear, for: {Of(clear.Purpose.Name, clear.Purpose.NameEn)}.");
        var shown = clear is null ? "个人信息已脱敏" : $"明文，用途：{clear.Purpose.Name}";
        return $"{under.Name} · 截至 {made} · 由户情台账生成 · {by}（{caller.Id.Id}）· {shown}";
    }

    /// <summary>A sheet's name has 31 characters at most, and none that Excel uses in formulas.</summary>
    static string SheetName(string name)
    {
        var plain = string.Concat(name.Where(c => !@"\/?*[]:'".Contains(c, StringComparison.Ordinal)));
        return plain.Length <= 31 ? plain : plain[..31];
    }

    string CodeName(string list, string code) =>
        _rules.Codes.GetValueOrDefault(list)?.Find(code) is { } found ? Of(found.Name, found.NameEn) : code;

    string GroupName(string id) => _rules.Group(id) is { } group ? Of(group.Name, group.NameEn) : id;

    string Of(string name, string nameEn) => english && nameEn.Length > 0 ? nameEn : name;

    /// <summary>Out of what the rows of a form were made, and its cells or lines.</summary>
    sealed record Sources(IReadOnlyList<(string Row, FormSource Source)> Rows, IReadOnlyList<SourceLine> Cells);
}
