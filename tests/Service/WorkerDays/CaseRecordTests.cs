namespace GridActors.Service.Tests.WorkerDays;

/// <summary>The patrol or visit that a case comes from.</summary>
public sealed class CaseRecordTests : FieldTest
{
    sealed record Record(
        string Id,
        string Kind,
        DateOnly Day,
        string Person,
        string PersonName,
        string Area,
        string? Checkpoint,
        bool MayOpen
    );

    [Fact]
    public async Task Case_that_was_found_on_a_patrol_names_it_to_whoever_sees_the_case()
    {
        var found = await Worker.Report("C-A1-1", title: "消防通道堵塞");
        await Sent("check-ins", Looked(found.Id));
        // Somebody else can't make the case theirs by naming it.
        (await Send("check-ins", [Looked(found.Id)], await As("worker-2", Pack))).Expect(200);

        var seen = Assert.Single(await Records(Worker, found.Id));
        Assert.Equal(
            ("checkpoint", "worker-1", "秦一", "C-A1-1", true),
            (seen.Kind, seen.Person, seen.PersonName, seen.Area, seen.MayOpen)
        );
        Assert.Equal((await MyDay()).Records[^1].Id, seen.Id);
        Assert.True(Assert.Single(await Records(Leader, found.Id)).MayOpen);
        Assert.False(Assert.Single(await Records(await As("worker-3", Pack), found.Id)).MayOpen);
        (await (await As("clerk-b1", Pack)).Get($"/api/cases/{found.Id}/field-records")).Expect(404, "not-found");
        (await Leader.Get("/api/cases/none/field-records")).Expect(404, "not-found");
    }

    [Fact]
    public async Task Case_that_comes_from_no_patrol_names_none()
    {
        var found = await Worker.Report("C-A1-1");

        Assert.Empty(await Records(Worker, found.Id));
    }

    object Looked(string found) =>
        new
        {
            id = NewId(),
            sequence = 900,
            at = Text(Now),
            kind = "checkpoint",
            seen = "hazard",
            @case = Guid.Parse(found),
            position = Here(),
        };

    static async Task<Record[]> Records(Client reader, string id) =>
        [.. (await reader.Get($"/api/cases/{id}/field-records")).Expect(200).As<Page<Record>>().Items];
}
