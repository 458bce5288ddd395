using System.Globalization;
using System.Text.Json;
using GridActors.Domain.Identifiers;

namespace GridActors.Decisions.Tests.Identifiers;

/// <summary>The service and the pages check numbers alike: both are tested with these cases.</summary>
public sealed class IdentifierVectorTests
{
    static readonly JsonElement Vectors = JsonDocument
        .Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "vectors", "identifiers.json")))
        .RootElement;

    [Fact]
    public void A_number_of_a_certificate_is_checked_as_in_the_pages() =>
        Assert.All(
            Vectors.GetProperty("identifiers").EnumerateArray(),
            vector =>
            {
                var check = IdentifierRules.Check(Text(vector, "idType")!, Text(vector, "typed")!, Day(Text(vector, "today")));
                Assert.Equal(Text(vector, "error"), check.Error);
                Assert.Equal(Text(vector, "birthDate"), check.BirthDate?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                Assert.Equal(Text(vector, "sex"), check.Sex);
                if (Text(vector, "canonical") is { } canonical)
                    Assert.Equal(canonical, check.Canonical);
            }
        );

    [Fact]
    public void A_phone_is_normalised_as_in_the_pages()
    {
        Assert.All(
            Vectors.GetProperty("phones").EnumerateArray(),
            vector => Assert.Equal(Text(vector, "normal"), Phones.Normalise(Text(vector, "typed")!))
        );
        Assert.All(
            Vectors.GetProperty("severalPhones").EnumerateArray(),
            vector => Assert.Equal(vector.GetProperty("several").GetBoolean(), Phones.AreSeveral(Text(vector, "typed")!))
        );
    }

    [Fact]
    public void A_plate_is_normalised_as_in_the_pages() =>
        Assert.All(
            Vectors.GetProperty("plates").EnumerateArray(),
            vector => Assert.Equal(Text(vector, "normal"), Plates.Normalise(Text(vector, "typed")!))
        );

    static DateOnly? Day(string? text) => text is null ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string? Text(JsonElement vector, string name) => vector.TryGetProperty(name, out var value) ? value.GetString() : null;
}
