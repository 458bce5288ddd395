namespace GridActors.Service.Tests.Sessions;

public sealed class PhoneKeyTests : SharedServiceTest
{
    [Fact]
    public async Task A_person_has_one_phone_key_in_every_session_and_nobody_has_another_ones()
    {
        var first = await KeyOf(await As("worker-1"));
        var others = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ => await KeyOf(await As("worker-2"))));

        Assert.Equal(32, Convert.FromBase64String(first).Length);
        Assert.Equal(first, await KeyOf(await As("worker-1")));
        Assert.NotEqual(first, Assert.Single(others.Distinct()));
    }

    [Fact]
    public async Task A_phone_key_is_kept_by_nothing_on_the_way_and_given_to_nobody_without_a_session()
    {
        var answer = (await (await As("worker-1")).Post("/api/me/phone-key", new { })).Expect(200);

        Assert.Contains("no-store", answer.Headers["Cache-Control"], StringComparison.Ordinal);
        (await Service.Anybody().Post("/api/me/phone-key", new { })).Expect(401, "not-signed-in");
    }

    static async Task<string> KeyOf(Client person) =>
        (await person.Post("/api/me/phone-key", new { })).Expect(200).Body.GetProperty("key").GetString()!;
}
