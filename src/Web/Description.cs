using System.Text.Json.Nodes;
using GridActors.Contracts.Cases;
using GridActors.Contracts.Inbox;
using GridActors.Domain.Packs;
using GridActors.Web.Problems;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace GridActors.Web;

/// <summary>What the document at /openapi/v1.json says beyond what the types tell, so that clients can be generated from it.</summary>
static class Description
{
    /// <summary>Which words the members of that name take, in every answer.</summary>
    static readonly Dictionary<string, IReadOnlyList<string>> Vocabulary = new()
    {
        ["step"] = [.. Enum.GetValues<CaseStep>().Select(Words.Of)],
        ["status"] = [.. Enum.GetValues<CaseStatus>().Select(Words.Of)],
        ["outcome"] = [.. Enum.GetValues<CaseOutcome>().Select(Words.Of).OfType<string>()],
        ["role"] = [.. Enum.GetValues<InboxRole>().Where(r => r != InboxRole.Gone).Select(Words.Of)],
        ["actions"] = [.. Words.Of(~CaseSteps.Reported)],
        ["may"] = [.. Enum.GetNames<Permission>().Select(p => p.ToLowerInvariant())],
    };

    public static IServiceCollection AddDescription(this IServiceCollection services) => services.AddOpenApi(o =>
    {
        // The dashboard of the actors is an endpoint too, but no part of the public surface.
        o.ShouldInclude = call => call.RelativePath is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("health/", StringComparison.Ordinal));
        o.AddDocumentTransformer((document, _, _) =>
        {
            // The same wherever it is served from, so that a copy can be compared.
            document.Info = new() { Title = nameof(GridActors), Version = "v1" };
            document.Servers = [];
            // They would be the names of our classes.
            document.Tags?.Clear();
            foreach (var operation in document.Paths.Values.SelectMany(p => p.Operations!.Values)) operation.Tags?.Clear();
            return Task.CompletedTask;
        });
        o.AddSchemaTransformer((schema, context, _) =>
        {
            if (context.JsonPropertyInfo is { } member) SayWhatItHolds(schema, member.Name, member.DeclaringType);
            else if (IsOurs(context.JsonTypeInfo.Type)) SayWhatIsThere(schema, context.JsonTypeInfo.Type);
            return Task.CompletedTask;
        });
    });

    static void SayWhatItHolds(OpenApiSchema schema, string member, Type of)
    {
        // Half a position is read only to be refused.
        if (of == typeof(PositionJson)) schema.Type &= ~JsonSchemaType.Null;
        if (!IsOurs(of) || !Vocabulary.TryGetValue(member, out var words)) return;
        var word = schema.Items as OpenApiSchema ?? schema;
        word.Enum = [.. words.Select(w => (JsonNode)w)];
        if (word.Type?.HasFlag(JsonSchemaType.Null) is true) word.Enum.Add(JsonNullSentinel.JsonNull);
    }

    /// <summary>An answer has all its members, null or not. What a request lacks, the service says in its own words.</summary>
    static void SayWhatIsThere(OpenApiSchema schema, Type type) =>
        schema.Required = type.Name.EndsWith("Request", StringComparison.Ordinal) ? null : schema.Properties?.Keys.ToHashSet();

    static bool IsOurs(Type type) => type.Namespace?.StartsWith(nameof(GridActors), StringComparison.Ordinal) is true;
}
