using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Web.Areas;
using GridActors.Web.Inbox;

namespace GridActors.Web.Cases;

/// <summary>Generates the code that writes the answers which are asked for most often. Their bytes are those of any other answer.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    NumberHandling = JsonNumberHandling.Strict,
    GenerationMode = JsonSourceGenerationMode.Serialization
)]
[JsonSerializable(typeof(CaseJson))]
[JsonSerializable(typeof(CaseListJson))]
[JsonSerializable(typeof(ListJson<CaseStepJson>), TypeInfoPropertyName = "History")]
[JsonSerializable(typeof(InboxJson))]
sealed partial class CaseJsonContext : JsonSerializerContext;
