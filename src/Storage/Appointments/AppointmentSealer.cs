using System.Text.Encodings.Web;
using System.Text.Json;
using GridActors.Contracts.Appointments;
using GridActors.Contracts.People;
using GridActors.Domain.Appointments;
using GridActors.Storage.Journal;
using GridActors.Storage.Vault;

namespace GridActors.Storage.Appointments;

/// <summary>Seals appointments with a key of their own, and opens them.</summary>
public sealed class AppointmentSealer(Vault.Vault vault, SubjectKeys subjects)
{
    const string InEvent = "appointment-event";
    const string InRow = "appointment";

    static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Null when the appointment was erased, or isn't there yet.</summary>
    public async Task<SubjectKey?> KeyOf(Guid id, CancellationToken cancellationToken) =>
        (await subjects.Of([id], cancellationToken)).GetValueOrDefault(id);

    /// <param name="key">Null before the first event.</param>
    /// <param name="callAt">When the appointment must be called; null when this event doesn't say.</param>
    public AppointmentEntry Of(AppointmentState next, AppointmentEvent e, SubjectKey? key, DateTimeOffset at, DateTimeOffset? callAt)
    {
        var view = next.View;
        var used = key ?? vault.NewKey(view.Area.Pack, view.Id);
        var (kind, data) = AppointmentEventJson.Write(e.Map(f => f with { Sealed = vault.SealFields(used, InEvent, f.Clear) }));
        return new()
        {
            Stream = AppointmentEntry.StreamOf(view.Id),
            After = view.Version - 1,
            Events = [new(kind, data, (short)view.Status)],
            At = at,
            By = view.UpdatedBy.Key,
            Area = view.Area.Key,
            Operation = next.Operations[^1],
            Appointment = view,
            Body = e is AppointmentErased ? [] : vault.Seal(used, InRow, JsonSerializer.SerializeToUtf8Bytes(view, Json)),
            NewKeys = key is null ? [used] : [],
            Erased = e is AppointmentErased ? [view.Id] : [],
            CallAt = callAt,
        };
    }

    public AppointmentState? Fold(Guid id, IReadOnlyList<StoredEvent> stored, SubjectKey? key)
    {
        AppointmentState? state = null;
        foreach (var s in stored)
        {
            var e = AppointmentEventJson.Read(s.Kind, s.Data).Map(f => f with { Clear = vault.OpenFields(key, InEvent, f.Sealed) });
            state = AppointmentState.Evolve(state, id, e, s.At, new PersonId(s.By), s.Operation);
        }
        return state;
    }

    /// <returns>Null when it was erased.</returns>
    public AppointmentView? Open(SubjectKey? key, byte[] body) =>
        body.Length > 0 && vault.Open(key, InRow, body) is { } clear ? JsonSerializer.Deserialize<AppointmentView>(clear, Json) : null;
}
