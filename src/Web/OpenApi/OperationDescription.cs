using System.Globalization;
using System.Text.Json;
using GridActors.Web.Cases;
using GridActors.Web.Households;
using GridActors.Web.Places;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.ModelBinding;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi;
using HttpJsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace GridActors.Web.OpenApi;

/// <summary>
/// Adds to each operation of the document what its types don't show: security, problems by code, response headers and examples.
/// </summary>
sealed class OperationDescription(IOptions<HttpJsonOptions> json) : IOpenApiOperationTransformer
{
    static readonly Dictionary<string, string> PathParameters = new()
    {
        ["code"] = "Code of an area.",
        ["id"] = "Id of a case.",
        ["meeting"] = "Id of a meeting.",
        ["consultation"] = "Id of a consultation.",
        ["number"] = "Number of a task among those of its case.",
        ["photo"] = "Id of a photo.",
        ["day"] = "A day, such as 2026-11-26.",
        ["record"] = "Id of a record, as the phone made it.",
        ["flag"] = "Name of a flag.",
        ["person"] = "Id of a person.",
        ["month"] = "A month, such as 2026-11.",
        ["appeal"] = "Id of an appeal.",
        ["session"] = "Id of a session.",
        ["kiosk"] = "Id of a wall screen.",
        ["pack"] = "Id of a pack.",
        ["system"] = "Id of another system, as the pack has it.",
        ["message"] = "Id of a message.",
        ["file"] = "Name of a file of the pack.",
        ["version"] = "Number of a version of the pack.",
        ["leave"] = "Id of a leave.",
        ["change"] = "Id of a change of posts and people.",
        ["export"] = "Id of a file that was asked for.",
        ["household"] = "Id of a household.",
        ["form"] = "Id of a form of the pack.",
        ["resident"] = "Id of a resident.",
        ["place"] = "Id of a place.",
        ["import"] = "Id of an import.",
        ["registration"] = "Id of an application.",
        ["appointment"] = "Id of an appointment.",
        ["door"] = "Id of a printed code.",
        ["task"] = "Id of a task.",
        ["area"] = "Code of an area.",
        ["schedule"] = "Id of a schedule.",
        ["survey"] = "Id of a survey.",
        ["subject"] = "Id of the household or resident who answers.",
        ["reassignment"] = "Id of a reassignment.",
        ["request"] = "Id of a resident's request.",
    };

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken cancellationToken)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        DescribeSecurity(operation, metadata, context.Document!);
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Path))
            parameter.Description = PathParameters[parameter.Name!];
        // What may be repeated may be left out, too.
        foreach (var parameter in (operation.Parameters ?? []).OfType<OpenApiParameter>().Where(p => p.In == ParameterLocation.Query))
            parameter.Required &= parameter.Schema?.Type?.HasFlag(JsonSchemaType.Array) != true;
        DescribeProblems(operation, [.. metadata.OfType<ProblemCodes>().SelectMany(p => p.Codes)], context.Document!);
        foreach (var (status, response) in operation.Responses ?? [])
            DescribeHeaders(status, (OpenApiResponse)response);
        AddExamples(operation, context);
        return Task.CompletedTask;
    }

    static void DescribeSecurity(OpenApiOperation operation, IList<object> metadata, OpenApiDocument document)
    {
        var isOpen = metadata.OfType<IAllowAnonymous>().Any() || !metadata.OfType<IAuthorizeData>().Any();
        // An empty list says that no session is needed; either of the two schemes is enough elsewhere.
        operation.Security = isOpen
            ? []
            :
            [
                new() { [new OpenApiSecuritySchemeReference(ApiDocument.BearerScheme, document)] = [] },
                new() { [new OpenApiSecuritySchemeReference(ApiDocument.CookieScheme, document)] = [] },
            ];
    }

    static void DescribeProblems(OpenApiOperation operation, IReadOnlyList<string> codes, OpenApiDocument document)
    {
        foreach (var ofStatus in codes.Distinct().GroupBy(c => Problem.StatusOf(c).ToString(CultureInfo.InvariantCulture)))
        {
            var response = (OpenApiResponse)operation.Responses![ofStatus.Key];
            response.Description = string.Join('\n', ofStatus.Select(c => $"`{c}`: {Problem.Sentence(c, english: true)}"));
            if (response.Content is null || !response.Content.TryGetValue(ProblemMetadata.ContentType, out var content))
                continue;
            content.Examples = new Dictionary<string, IOpenApiExample>();
            foreach (var code in ofStatus)
                content.Examples.Add(code, new OpenApiExampleReference(code, document));
        }
    }

    static void DescribeHeaders(string status, OpenApiResponse response)
    {
        if (status == "201")
            Header("Location", "Address of what was created.");
        if (status is "429" or "503")
            Header("Retry-After", "Seconds after which to try again.", JsonSchemaType.Integer);
        // A case has an ETag, and so has a photo.
        var isCase = (response.Content ?? new Dictionary<string, OpenApiMediaType>()).Values.Any(c =>
            c.Schema is OpenApiSchemaReference { Reference.Id: nameof(CaseJson) }
        );
        if (isCase)
            Header("ETag", "The version of the case, for `If-Match`.");
        var isHousehold = (response.Content ?? new Dictionary<string, OpenApiMediaType>()).Values.Any(c =>
            c.Schema is OpenApiSchemaReference { Reference.Id: nameof(HouseholdJson) }
        );
        if (isHousehold)
            Header("ETag", "The version of the household, for `If-Match`.");
        var isPlace = (response.Content ?? new Dictionary<string, OpenApiMediaType>()).Values.Any(c =>
            c.Schema is OpenApiSchemaReference { Reference.Id: nameof(PlaceDetailsJson) }
        );
        if (isPlace)
            Header("ETag", "The version of the place, for `If-Match`.");
        if (response.Content?.ContainsKey("image/jpeg") is true)
            Header("ETag", "The photo's id: its content never changes.");

        void Header(string name, string description, JsonSchemaType type = JsonSchemaType.String)
        {
            response.Headers ??= new Dictionary<string, IOpenApiHeader>();
            response.Headers[name] = new OpenApiHeader
            {
                Description = description,
                Schema = new OpenApiSchema { Type = type },
            };
        }
    }

    void AddExamples(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var body = context.Description.ParameterDescriptions.FirstOrDefault(p => p.Source == BindingSource.Body);
        if (body is not null && operation.RequestBody?.Content is { } content)
            AddExample(content, body.Type);
        foreach (var type in context.Description.SupportedResponseTypes.Where(r => r.StatusCode is >= 200 and < 300))
        {
            var status = type.StatusCode.ToString(CultureInfo.InvariantCulture);
            if (operation.Responses?[status].Content is { } answer)
                AddExample(answer, type.Type);
        }
    }

    void AddExample(IDictionary<string, OpenApiMediaType> content, Type? type)
    {
        if (type is null || Examples.Of(type) is not { } example)
            return;
        foreach (var media in content.Values)
            media.Example = JsonSerializer.SerializeToNode(example, type, json.Value.SerializerOptions);
    }
}
