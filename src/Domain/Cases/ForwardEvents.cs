using System.Text.Json;
using System.Text.Json.Serialization;
using GridActors.Contracts.Cases;
using GridActors.Domain.Clocks;

namespace GridActors.Domain.Cases;

/// <summary>The case was handed over to another system.</summary>
/// <param name="Message">The id of the message that tells it.</param>
/// <param name="Answer">How soon its answer is expected; null when the pack sets no term.</param>
public sealed record CaseForwarded(string System, string Reason, Guid Message, ClockTerm? Answer) : CaseEvent(CaseStep.Forwarded), IHasText
{
    string IHasText.Text => Reason;
}

/// <summary>Another system answered.</summary>
/// <param name="Message">The message that was answered.</param>
/// <param name="IsLate">Nobody waited for the answer any more. It is recorded, and changes nothing.</param>
public sealed record CaseForwardAnswered(
    string System,
    Guid Message,
    [property: JsonConverter(typeof(ForwardAnswerJson))] ForwardAnswer Answer,
    string Text,
    bool IsLate
) : CaseEvent(CaseStep.ForwardAnswered), IHasText;

/// <summary>The case was taken back from a system that hadn't answered.</summary>
public sealed record CaseRecalled(string Reason) : CaseEvent(CaseStep.Recalled), IHasText
{
    string IHasText.Text => Reason;
}

sealed class ForwardAnswerJson() : JsonStringEnumConverter<ForwardAnswer>(JsonNamingPolicy.CamelCase);
