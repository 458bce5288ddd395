using System.Text.Json.Serialization.Metadata;
using GridActors.Web;
using GridActors.Web.Cases;
using GridActors.Web.OpenApi;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace GridActors.Decisions.Tests.Cases;

/// <summary>An answer that generated code writes is, byte for byte, the one that the framework would write.</summary>
public sealed class GeneratedJsonTests
{
    static readonly IServiceProvider Services = new ServiceCollection().AddLogging().BuildServiceProvider();

    [Fact]
    public Task A_generated_case_has_the_bytes_of_any_other_answer() => AreEqual(CaseJsonContext.Default.CaseJson);

    [Fact]
    public Task A_generated_list_has_the_bytes_of_any_other_answer() => AreEqual(CaseJsonContext.Default.CaseListJson);

    [Fact]
    public Task A_generated_history_has_the_bytes_of_any_other_answer() => AreEqual(CaseJsonContext.Default.History);

    [Fact]
    public Task A_generated_inbox_has_the_bytes_of_any_other_answer() => AreEqual(CaseJsonContext.Default.InboxJson);

    [Theory]
    [InlineData("路灯不亮 \"三盏\" <b>&'\\\t\u2028\u0001")]
    [InlineData("𠮷野家 👩‍🚒 é e\u0301 \u202e")]
    [InlineData("")]
    public async Task A_generated_case_escapes_a_text_as_any_other_answer(string text)
    {
        var example = (CaseJson)Examples.Of(typeof(CaseJson))!;
        await AreEqual(example with { Title = text, Detail = text, Claimant = null, Position = null }, CaseJsonContext.Default.CaseJson);
    }

    [Fact]
    public async Task A_created_case_is_answered_with_its_address()
    {
        var example = (CaseJson)Examples.Of(typeof(CaseJson))!;

        var generated = await Answer(new GeneratedCreated<CaseJson>("/api/cases/1", example, CaseJsonContext.Default.CaseJson));

        Assert.Equal(await Answer(TypedResults.Created("/api/cases/1", example)), generated);
    }

    static Task AreEqual<T>(JsonTypeInfo<T> type) => AreEqual((T)Examples.Of(typeof(T))!, type);

    static async Task AreEqual<T>(T value, JsonTypeInfo<T> type)
    {
        Assert.NotNull(type.SerializeHandler);
        Assert.Equal(await Answer(TypedResults.Ok(value)), await Answer(new GeneratedOk<T>(value, type)));
    }

    static async Task<(int Status, string? Type, string? Location, string Body)> Answer(IResult result)
    {
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = Services, Response = { Body = body } };
        await result.ExecuteAsync(context);
        var text = System.Text.Encoding.UTF8.GetString(body.ToArray());
        return (context.Response.StatusCode, context.Response.ContentType, context.Response.Headers.Location, text);
    }
}
