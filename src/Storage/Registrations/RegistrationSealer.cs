using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using GridActors.Contracts.People;
using GridActors.Contracts.Registrations;
using GridActors.Domain.Households;
using GridActors.Domain.Registrations;
using GridActors.Storage.Journal;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Registrations;

/// <summary>What a list shows of an application.</summary>
public sealed record RegistrationBody(
    ImmutableSortedDictionary<string, string> Household,
    ImmutableSortedDictionary<string, string> Representative,
    int Residents
);

/// <summary>Seals applications with a key of their own, and opens them.</summary>
public sealed class RegistrationSealer(Vault.Vault vault, SubjectKeys subjects)
{
    const string InEvent = "registration-event";
    const string InRow = "registration";

    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null when the application was erased, or isn't there yet.</summary>
    public async Task<SubjectKey?> KeyOf(Guid id, CancellationToken cancellationToken) =>
        (await subjects.Of([id], cancellationToken)).GetValueOrDefault(id);

    /// <param name="key">Null before the first event.</param>
    public RegistrationEntry Of(
        RegistrationState next,
        RegistrationEvent e,
        RegistrationCommand command,
        SubjectKey? key,
        DateTimeOffset at
    )
    {
        var view = next.View;
        var used = key ?? vault.NewKey(view.Area.Pack, view.Id);
        var submit = command as SubmitRegistration;
        var (kind, data) = RegistrationEventJson.Write(e.Map(f => f with { Sealed = vault.Seal(used, InEvent, Bytes(f.Clear)) }));
        return new()
        {
            Stream = RegistrationEntry.StreamOf(view.Id),
            After = view.Version - 1,
            Events = [new(kind, data, (short)view.Status)],
            At = at,
            By = view.UpdatedBy.Key,
            Area = view.Area.Key,
            Operation = next.Operations[^1],
            Registration = view,
            Body = e is RegistrationErased ? [] : vault.Seal(used, InRow, JsonSerializer.SerializeToUtf8Bytes(BodyOf(view), Json)),
            Secret = submit is null ? [] : [.. submit.Secret],
            Phone = submit is null ? [] : [.. submit.Phone],
            NewKeys = key is null ? [used] : [],
            Erased = e is RegistrationErased ? [view.Id] : [],
        };
    }

    public RegistrationState? Fold(Guid id, IReadOnlyList<StoredEvent> stored, SubjectKey? key)
    {
        RegistrationState? state = null;
        foreach (var s in stored)
        {
            var e = RegistrationEventJson.Read(s.Kind, s.Data).Map(f => f with { Clear = OpenFacts(key, f.Sealed) });
            state = RegistrationState.Evolve(state, id, e, s.At, new PersonId(s.By), s.Operation);
        }
        return state;
    }

    /// <returns>Null when it was erased.</returns>
    public RegistrationBody? Open(SubjectKey? key, byte[] body) =>
        body.Length > 0 && vault.Open(key, InRow, body) is { } clear ? JsonSerializer.Deserialize<RegistrationBody>(clear, Json) : null;

    ImmutableSortedDictionary<string, string> OpenFacts(SubjectKey? key, byte[]? value) =>
        value is { Length: > 0 } && vault.Open(key, InEvent, value) is { } clear
            ? JsonSerializer.Deserialize<ImmutableSortedDictionary<string, string>>(clear, Json) ?? Facts.None
            : Facts.None;

    static RegistrationBody BodyOf(RegistrationView view) =>
        new(view.Fields, view.Residents.FirstOrDefault(r => r.Id == view.Representative)?.Fields ?? Facts.None, view.Residents.Length);

    static byte[] Bytes(ImmutableSortedDictionary<string, string> fields) => JsonSerializer.SerializeToUtf8Bytes(fields, Json);
}
