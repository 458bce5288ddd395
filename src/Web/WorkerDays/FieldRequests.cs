using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http;

namespace GridActors.Web.WorkerDays;

/// <summary>Where somebody was.</summary>
/// <param name="Accuracy">In metres.</param>
/// <param name="Crs"><c>wgs84</c>, which it is without this, or <c>gcj02</c>.</param>
/// <param name="Source"><c>device</c>, which it is without this, <c>wecom</c>, <c>map</c> or <c>typed</c>.</param>
/// <param name="Mock">Whether the device says that an app made it up.</param>
public sealed record FieldPositionRequest(double? Lon, double? Lat, double? Accuracy, string? Crs, string? Source, bool? Mock);

/// <summary>What every item of a batch has.</summary>
public abstract record FieldItemRequest
{
    /// <summary>A UUID that the phone made: the same on every attempt.</summary>
    public string? Id { get; init; }

    /// <summary>Counts up on the device, from 1.</summary>
    public int? Sequence { get; init; }

    /// <summary>When, by the clock of the device; RFC 3339 with its offset. Of a track the first point says it.</summary>
    public string? At { get; init; }
    public FieldPositionRequest? Position { get; init; }
    public string? Note { get; init; }
    public IReadOnlyList<string>? Photos { get; init; }

    /// <summary>The text of a QR code that was scanned there.</summary>
    public string? Code { get; init; }
}

public sealed record CheckInItemRequest : FieldItemRequest
{
    public string? Kind { get; init; }

    /// <summary>Code of the grid; without it, your own.</summary>
    public string? Area { get; init; }

    /// <summary>Ids of the people who were there, too.</summary>
    public IReadOnlyList<string>? With { get; init; }

    /// <summary>Id of the item that began the patrol.</summary>
    public string? Patrol { get; init; }

    /// <summary>Id of a line of the checklist or of a key place.</summary>
    public string? Checkpoint { get; init; }

    /// <summary><c>ok</c> or <c>hazard</c>.</summary>
    public string? Seen { get; init; }

    /// <summary>Id of the case that the hazard became.</summary>
    public string? Case { get; init; }

    /// <summary>You sign in elsewhere than at the station (外勤).</summary>
    public bool? OutOfOffice { get; init; }
}

public sealed record SettledRequest(string? Item, bool? Done, string? Note);

public sealed record VisitItemRequest : FieldItemRequest
{
    public IReadOnlyList<string>? Households { get; init; }

    /// <summary>Id of a key place.</summary>
    public string? Place { get; init; }

    /// <summary>When the visit ended.</summary>
    public string? Until { get; init; }

    /// <summary>Id of a purpose of the pack.</summary>
    public string? Purpose { get; init; }
    public IReadOnlyList<SettledRequest>? Settled { get; init; }

    /// <summary>Id of the appointment that was kept.</summary>
    public string? Appointment { get; init; }

    /// <summary>Something of the ledger was corrected on this visit.</summary>
    public bool? Changed { get; init; }

    /// <summary>Ids of cases that the visit led to.</summary>
    public IReadOnlyList<string>? Cases { get; init; }
}

public sealed record TrackPointRequest(string? At, double? Lon, double? Lat, double? Accuracy, double? Speed);

public sealed record TrackItemRequest
{
    /// <summary>A UUID that the phone made: the same on every attempt.</summary>
    public string? Id { get; init; }

    /// <summary>Counts up on the device, from 1.</summary>
    public int? Sequence { get; init; }
    public string? Patrol { get; init; }

    /// <summary>1 to 500, by their times. A gap between two points stays a gap.</summary>
    public IReadOnlyList<TrackPointRequest>? Points { get; init; }
    public string? Crs { get; init; }
    public string? Source { get; init; }
    public bool? Mock { get; init; }
}

/// <summary>A batch as the document describes it. It is read as <see cref="FieldBatch"/>, so that one bad item fails alone.</summary>
/// <param name="Device">A random id of the installation, made by the app; up to 64 visible ASCII characters.</param>
/// <param name="SentAt">When the request was sent, by the clock of the device.</param>
/// <param name="Items">1 to 100.</param>
public sealed record CheckInsRequest(string Device, DateTimeOffset SentAt, IReadOnlyList<CheckInItemRequest> Items);

/// <inheritdoc cref="CheckInsRequest"/>
public sealed record VisitsRequest(string Device, DateTimeOffset SentAt, IReadOnlyList<VisitItemRequest> Items);

/// <inheritdoc cref="CheckInsRequest"/>
public sealed record TracksRequest(string Device, DateTimeOffset SentAt, IReadOnlyList<TrackItemRequest> Items);

/// <summary>A batch whose items are still to be read.</summary>
sealed record FieldBatch(string? Device, string? SentAt, JsonElement Items)
{
    public static async ValueTask<FieldBatch?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        if (!context.Request.HasJsonContentType())
            throw new BadHttpRequestException("The body isn't JSON.", StatusCodes.Status415UnsupportedMediaType);
        try
        {
            return await context.Request.ReadFromJsonAsync<FieldBatch>(context.RequestAborted)
                ?? throw new BadHttpRequestException("The body is null.");
        }
        catch (JsonException e)
        {
            throw new BadHttpRequestException("The body isn't JSON.", e);
        }
    }
}
