using System.Text.Json;
using GridActors.Web.Webhooks;
using Microsoft.Extensions.Options;

namespace GridActors.Decisions.Tests.Webhooks;

/// <summary>The settings of other systems, and the signature of what is sent to them.</summary>
public sealed class WebhookTargetTests
{
    const string Secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const string Other = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    sealed record Vector(string Secret, string Id, long Timestamp, string Body, string Signature);

    /// <summary>The same file is verified by the reference library for JavaScript (webhookSignature.test.ts).</summary>
    [Fact]
    public void Signature_is_that_of_the_vector()
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "webhook-signature.json"));
        var vector = JsonSerializer.Deserialize<Vector>(text, JsonSerializerOptions.Web)!;

        var target = new WebhookTarget("p", "hotline", new("https://hotline.example"), [vector.Secret], []);

        Assert.Equal(vector.Signature, target.Sign(vector.Id, DateTimeOffset.FromUnixTimeSeconds(vector.Timestamp), vector.Body));
    }

    [Fact]
    public void Two_keys_sign_while_one_replaces_the_other()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1_780_000_000);
        var both = Read(new() { Url = "https://hotline.example", Secret = $"{Secret}\n{Other}" }).Find("p", "hotline")!;
        var (first, second) = (both with { Secrets = [Secret] }, both with { Secrets = [Other] });

        Assert.Equal($"{first.Sign("msg_1", at, "{}")} {second.Sign("msg_1", at, "{}")}", both.Sign("msg_1", at, "{}"));
    }

    [Fact]
    public void Keys_are_read_from_files()
    {
        var (secret, answers) = (Path.GetTempFileName(), Path.GetTempFileName());
        File.WriteAllText(secret, Secret + "\n");
        File.WriteAllText(answers, Other + "\n");
        var target = Read(
                new()
                {
                    Url = "https://hotline.example",
                    SecretFile = secret,
                    AnswerSecretFile = answers,
                }
            )
            .Find("p", "hotline")!;
        File.Delete(secret);
        File.Delete(answers);

        Assert.Equal((Secret, Other), (Assert.Single(target.Secrets), Assert.Single(target.AnswerSecrets)));
    }

    [Theory]
    [InlineData("hotline.example", Secret, "", "Webhooks:Systems:p:hotline:Url is no https address.")]
    [InlineData("http://hotline.example", Secret, "", "it must be https")]
    [InlineData("https://hotline.example", "", "", "Webhooks:Systems:p:hotline:SecretFile is missing.")]
    [InlineData("https://hotline.example", "short", "", "Webhooks:Systems:p:hotline:Secret is no key of Standard Webhooks")]
    [InlineData("https://hotline.example", "whsec_c2hvcnQ=", "", "Webhooks:Systems:p:hotline:Secret is no key of Standard Webhooks")]
    [InlineData("https://hotline.example", Secret, "x", "Webhooks:Systems:p:hotline:AnswerSecret is no key of Standard Webhooks")]
    public void Setting_that_is_not_valid_is_named_without_the_key(string url, string secret, string answer, string complaint)
    {
        var failure = Assert.Throws<OptionsValidationException>(() =>
            Read(
                new()
                {
                    Url = url,
                    Secret = secret,
                    AnswerSecret = answer,
                }
            )
        );

        Assert.Contains(complaint, Assert.Single(failure.Failures), StringComparison.Ordinal);
        Assert.DoesNotContain(Secret, failure.Message, StringComparison.Ordinal);
    }

    static WebhookTargets Read(WebhookEndpoint endpoint) => new(new() { Systems = { ["p"] = new() { ["hotline"] = endpoint } } });
}
