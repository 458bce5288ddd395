namespace GridActors.Decisions.Tests.Packs;

/// <summary>Each mistake gives one sentence, with the file and the line.</summary>
public sealed class PackErrorTests
{
    const string Square = "[[[113,27],[114,27],[114,28],[113,28],[113,27]]]";

    [Theory]
    [InlineData(
        "id: small",
        "id: Small",
        "pack.yaml:1: id of the pack: \"Small\" must be lower-case letters, digits and single hyphens, 40 at most"
    )]
    [InlineData("id: small", "id: other", "pack.yaml:1: id of the pack: \"other\" must be the name of the folder, small")]
    [InlineData("name: 小镇", "name: ''", "pack.yaml:2: name of the pack: must not be empty")]
    [InlineData("name: 小镇", "title: 小镇", "pack.yaml:1: name of the pack is missing", "pack.yaml:2: \"title\" is no key of the pack")]
    [InlineData(
        "Asia/Shanghai",
        "China/Liling",
        "pack.yaml:3: timeZone of the pack: \"China/Liling\" is no IANA time zone; Asia/Shanghai is one"
    )]
    [InlineData(
        "Asia/Shanghai",
        "China Standard Time",
        "pack.yaml:3: timeZone of the pack: \"China Standard Time\" is no IANA time zone; Asia/Shanghai is one"
    )]
    [InlineData("Prefix: SM", "Prefix: SMALL", "pack.yaml:4: registerPrefix of the pack: \"SMALL\" must be two to four capital letters")]
    [InlineData("registerPrefix: SM", "registerPrefix: SM\ncalendar: mars", "pack.yaml:5: calendar of the pack: \"mars\" is no calendar")]
    [InlineData("name: 小镇", "name: \"\\u200b\\u2060\"", "pack.yaml:2: name of the pack: has no visible character")]
    [InlineData(
        "id: worker, name: 网格员",
        "id: \"worker\\n\", name: 网格员",
        "pack.yaml:13: id of a post: \"worker\uFFFD\" must be lower-case"
    )]
    [InlineData("  - {id: grid,", "\t- {id: grid,", "pack.yaml:9: the line is indented with a tab; YAML takes spaces only")]
    [InlineData("SM\n", "SM\norigin: &o here\nlicence: *o\n", "pack.yaml:6: an alias (*name) can't be used in a pack")]
    [InlineData("fallbackPost: dispatcher", "fallbackPost: chief", "pack.yaml:1: fallbackPost chief is not in the list of posts")]
    [InlineData(
        "fallbackPost: dispatcher",
        "fallbackPost: worker",
        "pack.yaml:1: fallbackPost worker is not held at the root 430181121: a report that finds nobody must end with somebody"
    )]
    [InlineData(
        "registerPrefix: SM",
        "registerPrefix: SM\nconfidentialFrom: county",
        "pack.yaml:5: confidentialFrom of the pack: level county is not in the list of levels"
    )]
    [InlineData(
        "registerPrefix: SM",
        "registerPrefix: SM\nconfidentialDelayDays: 1d",
        "pack.yaml:5: confidentialDelayDays of the pack: \"1d\" must be a whole number of days, 0 to 30"
    )]
    [InlineData("id: grid, name: 网格", "id: village, name: 网格", "pack.yaml:9: level village stands twice")]
    [InlineData("nameEn: Grid}", "english: Grid}", "pack.yaml:9: \"english\" is no key of a level")]
    [InlineData("id: police, name: 警员", "id: worker, name: 警员", "pack.yaml:13: post worker stands twice")]
    [InlineData("[grid], may", "[cell], may", "pack.yaml:13: level cell of post worker is not in the list of levels")]
    [InlineData(
        "[read, report]",
        "[read, fly]",
        "pack.yaml:13: \"fly\" of post worker is no permission; "
            + "there are read, report, assign, transfer, close, reopen, administer, approve, supervise, forward, consult, convene, "
            + "read-households, edit-households, reveal-households, transfer-households, manage-surveys, "
            + "read-tracks, oversee-workers, send-tasks"
    )]
    [InlineData(
        "[read, report]",
        "[read, report], secondFactor: maybe",
        "pack.yaml:13: secondFactor of a post: \"maybe\" must be true or false"
    )]
    [InlineData("[read, report]", "[read, report], deputy: chief", "pack.yaml:13: deputy chief of post worker is not in the list of posts")]
    [InlineData("post: dispatcher, at: town", "post: mayor, at: town", "pack.yaml:15: department centre: post mayor is not in pack.yaml")]
    [InlineData(
        "post: dispatcher, at: town",
        "post: worker, at: village",
        "pack.yaml:15: department centre: post worker is never held at level village or above"
    )]
    [InlineData("levels:\n", "levels: [\n", "pack.yaml:7: this is not YAML")]
    [InlineData(
        "[read, report]}\ndepartments:",
        "[read, report\ndepartments:",
        "pack.yaml:12: this is not YAML: something opened near here is never closed"
    )]
    [InlineData("name: 小镇", "id: small", "pack.yaml:2: this is not YAML")]
    public void Mistake_in_pack_yaml_is_reported(string old, string with, params string[] expected) =>
        Check("pack.yaml", old, with, expected);

    [Theory]
    [InlineData("430181121210,东村", "430 181,东村", "areas.csv:3: code \"430 181\" must be 1 to 24 letters, digits and hyphens")]
    [InlineData(
        "430181121210,东村",
        "4.30181E+11,东村",
        "areas.csv:3: code \"4.30181E+11\" is a code that a spreadsheet turned into a number; keep the column as text"
    )]
    [InlineData(
        "430181121210,东村",
        "4.30281e+14,东村",
        "areas.csv:3: code \"4.30281e+14\" is a code that a spreadsheet turned into a number"
    )]
    [InlineData("430181121210,东村", "4.3E17,东村", "areas.csv:3: code \"4.3E17\" is a code that a spreadsheet turned into a number")]
    [InlineData("430181121210,东村", "430281.0,东村", "areas.csv:3: code \"430281.0\" is a code that a spreadsheet turned into a number")]
    [InlineData("430181121210,东村", "\"430,281\",东村", "areas.csv:3: code \"430,281\" is a code that a spreadsheet turned into a number")]
    [InlineData("grid,430181121211,", "grid,4.30181E+11,", "areas.csv:6: parent \"4.30181E+11\" is a code that a spreadsheet turned")]
    [InlineData("西村第一网格", "西村\"第一\"网格", "areas.csv:6: a quote stands inside a field")]
    [InlineData("西村第一网格", "\"西村\"第一网格", "areas.csv:6: a quote stands inside a field")]
    [InlineData("code,name", "\"code,name", "areas.csv:1: a quoted field runs over the end of its line")]
    [InlineData(
        "430181121210,东村",
        "43018112121,东村",
        "areas.csv:3: code 43018112121 has 11 digits; a division code has 6, 9 or 12, and more below the village"
    )]
    [InlineData(
        "430181121210,东村",
        "430181921210,东村",
        "areas.csv:3: code 430181921210 is no division code: the town's digits 7 to 9 go up to 599"
    )]
    [InlineData(
        "430181121210,东村",
        "430181121710,东村",
        "areas.csv:3: code 430181121710 is no division code: the village's digits 10 to 12 go up to 599"
    )]
    [InlineData("430181121211,西村", "430181121210,西村", "areas.csv:4: code 430181121210 stands twice; first in line 3")]
    [InlineData("grid,430181121211,", "grid,430281999,", "areas.csv:6: parent 430281999 is not an area of this pack")]
    [InlineData(
        "village,430181121,,false,\n",
        "village,430181121210001,,false,\n",
        "areas.csv:4: parent 430181121210001 must stand before its child 430181121211; it stands in line 5"
    )]
    [InlineData("village,430181121,,false,\n", "village,430181121211,,false,\n", "areas.csv:4: area 430181121211 is its own parent")]
    [InlineData(
        "village,430181121,,false,\n",
        "village,,,false,\n",
        "areas.csv:4: area 430181121211 has no parent, but 430181121 is the root"
    )]
    [InlineData("town,,", "village,,", "areas.csv:2: the root 430181121 must be of the first level, town, not village")]
    [InlineData(
        "西村第一网格,grid",
        "西村第一网格,village",
        "areas.csv:6: area 430181121211001 is of level village; below 430181121211 of level village it must be of a lower one"
    )]
    [InlineData("西村第一网格,grid", "西村第一网格,cell", "areas.csv:6: level \"cell\" of area 430181121211001 is not in pack.yaml")]
    [InlineData("西村第一网格", "", "areas.csv:6: the name of area 430181121211001 must not be empty")]
    [InlineData(
        "西村第一网格",
        "西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西村西",
        "areas.csv:6: the name of area 430181121211001 has 61 characters; 60 are allowed"
    )]
    [InlineData(
        "rural,true,\n430181121211001",
        "rural,yes,\n430181121211001",
        "areas.csv:5: generated is \"yes\"; it must be true or false"
    )]
    [InlineData("西村,village", "西村,extra,village", "areas.csv:4: the line has 8 fields; the header has 7")]
    [InlineData(
        "code,name,level",
        "code,name,tier",
        "areas.csv:1: \"tier\" is no column of this table",
        "areas.csv:1: column level is missing"
    )]
    [InlineData("code,name,level", "code,code,level", "areas.csv:1: column code stands twice", "areas.csv:1: column name is missing")]
    public void Mistake_in_areas_csv_is_reported(string old, string with, params string[] expected) =>
        Check("areas.csv", old, with, expected);

    [Theory]
    [InlineData("people.csv", "sm-2,李二", "SM_2,李二", "people.csv:3: id \"SM_2\" must be 1 to 40 lower-case letters, digits and hyphens")]
    [InlineData("people.csv", "sm-2,李二", "sm-1,李二", "people.csv:3: id sm-1 stands twice; first in line 2")]
    [InlineData("people.csv", "李二", "", "people.csv:3: the name of sm-2 must not be empty")]
    [InlineData("people.csv", "李二", "\"李\n二\"", "people.csv:3: a quoted field runs over the end of its line; is a quote missing?")]
    [InlineData("people.csv", "李二", "\"李二", "people.csv:3: a quoted field runs over the end of its line; is a quote missing?")]
    [InlineData("people.csv", "李二", "李\t二", "people.csv:3: the name of sm-2 contains a control character")]
    [InlineData(
        "posts.csv",
        "police,sm-2\n430181121210001",
        "police,sm-9\n430181121210001",
        "posts.csv:5: person sm-9 is not in people.csv"
    )]
    [InlineData("posts.csv", "worker,sm-3", "sweeper,sm-3", "posts.csv:6: post sweeper is not in pack.yaml")]
    [InlineData(
        "posts.csv",
        "430181121210001,worker",
        "430181121,worker",
        "posts.csv:6: post worker can't be held at level town, where 430181121 is; it is a post of grid"
    )]
    [InlineData("posts.csv", "430181121211,police", "430181121210,police", "posts.csv:5: this stands twice; first in line 4")]
    public void Mistake_in_people_or_posts_is_reported(string file, string old, string with, params string[] expected) =>
        Check(file, old, with, expected);

    [Theory]
    [InlineData(
        "code: pothole",
        "code: Pot_hole",
        "catalogue.yaml:2: code of a category: \"Pot_hole\" must be lower-case letters, digits and single hyphens, 40 at most"
    )]
    [InlineData("code: lead", "code: pothole", "catalogue.yaml:9: category pothole stands twice; first in line 2")]
    [InlineData(
        "onSite: 24h",
        "onSite: 24 hours",
        "catalogue.yaml:6: onSite of clocks: \"24 hours\" is no term; write minutes, hours, working hours or working days"
    )]
    [InlineData("solve: 7wd", "solve: 0wd", "catalogue.yaml:6: solve of clocks: \"0wd\" is no term; its number is from 1 to 9999")]
    [InlineData("solve: 7wd", "solved: 7wd", "catalogue.yaml:6: \"solved\" is no key of clocks")]
    [InlineData("department: centre", "department: water", "catalogue.yaml:5: department of a category: water is not in pack.yaml")]
    [InlineData("confidential: true", "confidential: yes", "catalogue.yaml:12: confidential of a category: \"yes\" must be true or false")]
    [InlineData(
        "    recipients: [{post: police}, {post: police, at: village}]\n",
        "",
        "catalogue.yaml:9: recipients of a category is missing"
    )]
    [InlineData("[{post: police}, {post: police, at: village}]", "[]", "catalogue.yaml:13: recipients of a category must not be empty")]
    [InlineData(
        "[{post: police}, {post: police, at: village}]",
        "[police]",
        "catalogue.yaml:13: recipients of a category must be a list of mappings"
    )]
    [InlineData("post: police, at", "post: mayor, at", "catalogue.yaml:13: category lead: post mayor is not in pack.yaml")]
    [InlineData("at: village", "at: county", "catalogue.yaml:13: category lead: level county is not in pack.yaml")]
    [InlineData(
        "{post: worker}",
        "{post: worker, at: village}",
        "catalogue.yaml:7: category pothole: post worker is never held at level village or above"
    )]
    [InlineData("{post: worker}", "{post: worker}, {post: worker}", "catalogue.yaml:7: category pothole names recipient worker twice")]
    [InlineData(
        "categories:",
        "kinds:",
        "catalogue.yaml:1: categories of the catalogue is missing",
        "catalogue.yaml:1: \"kinds\" is no key of the catalogue"
    )]
    public void Mistake_in_catalogue_yaml_is_reported(string old, string with, params string[] expected) =>
        Check("catalogue.yaml", old, with, expected);

    [Theory]
    [InlineData(
        "posts.csv",
        "430181121210001,worker,sm-3\n",
        "",
        "catalogue.yaml:2: category pothole reaches nobody by post worker: it is held nowhere"
    )]
    [InlineData(
        "posts.csv",
        "430181121,police,sm-1\n",
        "",
        "catalogue.yaml:9: confidential category lead would fall to dispatcher from 1 of 5 areas, such as 430181121: "
            + "its recipients are vacant there"
    )]
    public void Category_that_reaches_nobody_is_reported(string file, string old, string with, params string[] expected) =>
        Check(file, old, with, expected);

    [Theory]
    [InlineData("\"430181121210\"", "\"430181121219\"", "boundaries.geojson:3: area 430181121219 is not in areas.csv")]
    [InlineData("\"430181121210\"", "\"430181121\"", "boundaries.geojson:3: area 430181121 has two shapes; the first is in line 2")]
    [InlineData("\"code\":\"430181121\"", "\"id\":1", "boundaries.geojson:2: the feature has no properties.code that is a text")]
    [InlineData(
        Square,
        "[[[113,27],[114,28],[114,27],[113,28],[113,27]]]",
        "boundaries.geojson:2: the shape of area 430181121 is invalid near 113.5, 27.5: Self-intersection"
    )]
    [InlineData(
        Square,
        "[[[27,113],[27,114],[28,114],[28,113],[27,113]]]",
        "boundaries.geojson:2: the shape of area 430181121 has a position out of range, [27, 113]; longitude comes first"
    )]
    [InlineData(
        Square,
        "[[[113,27],[114,27],[114,28],[113,28]]]",
        "boundaries.geojson:2: the shape of area 430181121 has a ring that is not closed"
    )]
    [InlineData(
        Square,
        "[[[113,27],[114,27],[113,27]]]",
        "boundaries.geojson:2: the shape of area 430181121 has a ring of fewer than four positions"
    )]
    [InlineData(
        Square,
        "[[[113,27],\"x\"]]",
        "boundaries.geojson:2: the shape of area 430181121 has a position that is not [longitude, latitude]"
    )]
    [InlineData(Square, "[]", "boundaries.geojson:2: the shape of area 430181121 has a polygon without a ring")]
    [InlineData(
        "\"type\":\"Polygon\"",
        "\"type\":\"Point\"",
        "boundaries.geojson:2: the shape of area 430181121 must be a Polygon or a MultiPolygon"
    )]
    [InlineData("\"schematic\":true", "\"schematic\":1", "boundaries.geojson:1: schematic must be true or false")]
    [InlineData(
        "\"schematic\":true",
        "\"crs\":{\"properties\":{\"name\":\"EPSG:2383\"}}",
        "boundaries.geojson:1: the coordinates must be WGS 84, longitude first (CRS84)"
    )]
    [InlineData("FeatureCollection", "Topology", "boundaries.geojson:1: the file must be a GeoJSON FeatureCollection with features")]
    [InlineData("\"430181121210\"", "\"\\ud800\"", "boundaries.geojson:3: a text has half of a character")]
    [InlineData("]}\n", "}\n", "boundaries.geojson:4: this is not JSON")]
    public void Mistake_in_boundaries_geojson_is_reported(string old, string with, params string[] expected) =>
        Check("boundaries.geojson", old, with, expected);

    [Theory]
    [InlineData("pack.yaml")]
    [InlineData("areas.csv")]
    [InlineData("people.csv")]
    [InlineData("posts.csv")]
    [InlineData("catalogue.yaml")]
    [InlineData("boundaries.geojson")]
    public void Empty_file_is_the_only_error(string file)
    {
        using var small = new SmallPack();
        small[file] = " \n";
        Assert.Equal([$"{file}: the file is empty"], small.Errors());
    }

    [Theory]
    [InlineData("areas.csv", "430181121210,东村,", "430181121210,东村,extra,", "areas.csv:3: the line has 8 fields; the header has 7")]
    [InlineData("areas.csv", "430181121210,东村,", "430181121210,\"东村,", "areas.csv:3: a quoted field runs over the end of its line")]
    [InlineData("areas.csv", "430181121210,东村,", "\"430181121210,东村,", "areas.csv:3: a quoted field runs over the end of its line")]
    [InlineData("areas.csv", "430181121,小镇", "430181121,小\"镇\"", "areas.csv:2: a quote stands inside a field")]
    [InlineData("people.csv", "sm-2,李二", "sm-2,李,二", "people.csv:3: the line has 5 fields; the header has 4")]
    [InlineData("people.csv", "sm-1,王一", "sm-1,\"王一", "people.csv:2: a quoted field runs over the end of its line")]
    public void Line_that_cannot_be_read_is_the_only_error(string file, string old, string with, string expected)
    {
        using var small = new SmallPack();
        small.Replace(file, old, with);
        Assert.StartsWith(expected, Assert.Single(small.Errors()), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pack.yaml")]
    [InlineData("areas.csv")]
    [InlineData("people.csv")]
    [InlineData("posts.csv")]
    [InlineData("catalogue.yaml")]
    [InlineData("boundaries.geojson")]
    public void Text_of_another_encoding_is_the_only_error(string file)
    {
        using var small = new SmallPack();
        var path = Path.Combine(small.Folder, file);
        File.WriteAllBytes(path, [.. File.ReadAllBytes(path), 0xB4, 0xE5, (byte)'\n']);
        var lines = File.ReadAllLines(path).Length;
        Assert.StartsWith($"{file}:{lines}: the text is not UTF-8", Assert.Single(small.Errors()), StringComparison.Ordinal);
    }

    [Fact]
    public void Mistake_in_every_line_is_told_a_few_times_and_counted()
    {
        using var small = new SmallPack();
        small["people.csv"] += string.Concat(Enumerable.Range(10, 1000).Select(n => $"sm-{n},李二,,maybe\nSM-{n},李二,,true\n"));
        var errors = small.Errors().ToList();
        Assert.Equal(42, errors.Count);
        Assert.Equal(2, errors.Count(e => e.EndsWith("there are 980 more errors like this one", StringComparison.Ordinal)));
    }

    [Fact]
    public void Long_and_unprintable_text_is_not_repeated_as_it_is()
    {
        using var small = new SmallPack();
        small.Replace("people.csv", "sm-2,", "\u001b[2J" + string.Concat(Enumerable.Repeat("𠮷", 100_000)) + ",");
        Assert.All(
            small.Errors(),
            e =>
            {
                Assert.InRange(e.Length, 1, 500);
                Assert.DoesNotContain(e, char.IsControl);
            }
        );
    }

    [Theory]
    [InlineData("[", "catalogue.yaml:1: lists and mappings are nested more than 32 deep")]
    [InlineData("{a: ", "catalogue.yaml:1: lists and mappings are nested more than 32 deep")]
    [InlineData("- ", "catalogue.yaml:1: lists and mappings are nested more than 32 deep")]
    public void Yaml_nested_without_end_is_an_error(string opening, string expected)
    {
        using var small = new SmallPack();
        small["catalogue.yaml"] = string.Concat(Enumerable.Repeat(opening, 50_000));
        Assert.Equal([expected], small.Errors());
    }

    [Fact]
    public void Table_without_lines_is_reported()
    {
        using var small = new SmallPack();
        small["people.csv"] = "id,name\n";
        Assert.Equal("people.csv:1: the table has a header and no lines", small.Errors().First());
    }

    /// <summary>
    /// The errors must begin with the expected sentences, in order. Errors in other files that follow from the mistake may come after them.
    /// </summary>
    static void Check(string file, string old, string with, string[] expected)
    {
        using var small = new SmallPack();
        small.Replace(file, old, with);
        var errors = small.Errors().Where(e => expected.Any(x => e.StartsWith(x, StringComparison.Ordinal))).ToList();
        Assert.True(
            errors.Count == expected.Length,
            $"Expected:\n{string.Join('\n', expected)}\nbut was told:\n{string.Join('\n', small.Errors())}"
        );
        Assert.Null(small.Read().Pack);
    }
}
