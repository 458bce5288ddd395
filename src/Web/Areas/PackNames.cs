using System.Runtime.CompilerServices;
using System.Text;
using GridActors.Contracts.People;
using GridActors.Domain.Packs;

namespace GridActors.Web.Areas;

/// <summary>
/// The names of a pack as a search compares them: full-width and half-width, capital and small, and every Unicode form of a character are
/// one.
/// </summary>
sealed class PackNames
{
    static readonly ConditionalWeakTable<LoadedPack, PackNames> Known = [];

    readonly (string Name, AreaNode Area)[] _areas;
    readonly (string Name, PersonId Person)[] _people;
    readonly (string Name, string NameEn, string Code)[] _categories;

    PackNames(LoadedPack pack)
    {
        _areas = [.. pack.Areas.Values.OrderBy(a => a.Left).Select(a => (Fold(a.Name), a))];
        _people = [.. pack.People.Values.Select(p => (Fold(p.Name), p.Id))];
        _categories = [.. pack.Categories.Values.Select(c => (Fold(c.Name), Fold(c.NameEn), c.Code))];
    }

    /// <summary>Made once for each pack that is loaded.</summary>
    public static PackNames Of(LoadedPack pack) => Known.GetValue(pack, p => new(p));

    public static string Fold(string text) => text.Normalize(NormalizationForm.FormKC).ToLowerInvariant();

    /// <summary>Areas whose name or code contains a text, in the order of the pack.</summary>
    public IEnumerable<AreaNode> Areas(string text)
    {
        var part = Fold(text);
        return _areas.Where(a => Has(a.Name, part) || a.Area.Code.Contains(part, StringComparison.OrdinalIgnoreCase)).Select(a => a.Area);
    }

    /// <param name="part">Folded, and not empty.</param>
    public IEnumerable<AreaNode> AreasNamed(string part) => _areas.Where(a => Has(a.Name, part)).Select(a => a.Area);

    /// <inheritdoc cref="AreasNamed"/>
    public IEnumerable<PersonId> PeopleNamed(string part) => _people.Where(p => Has(p.Name, part)).Select(p => p.Person);

    /// <inheritdoc cref="AreasNamed"/>
    public IEnumerable<string> CategoriesNamed(string part) =>
        _categories.Where(c => Has(c.Name, part) || Has(c.NameEn, part)).Select(c => c.Code);

    static bool Has(string name, string part) => name.Contains(part, StringComparison.Ordinal);
}
