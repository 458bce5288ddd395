using GridActors.Contracts.Areas;
using GridActors.Contracts.People;

namespace GridActors.Storage.GridCards;

/// <summary>What residents are shown of a person, because somebody entered it to be shown.</summary>
/// <param name="Phone">The duty phone; empty for none.</param>
/// <param name="Portrait">A small JPEG; null for none.</param>
public sealed record CardPerson(PersonId Person, bool ShowsName, string Phone, byte[]? Portrait)
{
    public bool IsEmpty => !ShowsName && Phone.Length == 0 && Portrait is null;
}

/// <summary>Where residents go during office hours.</summary>
public sealed record CardStation(AreaId Area, string Name, string Address, string Phone);

/// <summary>A code that hangs in an area.</summary>
/// <param name="Registers">Residents can apply by it to register their household, too.</param>
public sealed record CardCode(Guid Id, AreaId Area, string Code, DateTimeOffset MadeAt, PersonId MadeBy, bool Registers);
