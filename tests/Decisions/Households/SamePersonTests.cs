using System.Collections.Immutable;
using GridActors.Domain.Households;

namespace GridActors.Decisions.Tests.Households;

/// <summary>When two records may be of one person.</summary>
public sealed class SamePersonTests
{
    [Theory]
    [InlineData("张三||1950-01-05|", "李四||1950-01-05|", null)]
    [InlineData("张三|11010519491231002X||", "张叁|11010519491231002x||", Likeness.Number)]
    [InlineData("张三|11010519491231002X||", "张三|110105195001050018||", null)]
    [InlineData("张三|11010519491231002X|1949-12-31|", "张三||1949-12-31|", Likeness.BirthDate)]
    [InlineData("张三||1949-12-31|13812345678", "张三||1950-12-31|13812345678", null)]
    [InlineData("张三|||13812345678", "张三||1950-12-31|13812345678", Likeness.Phone)]
    [InlineData("张三|||13812345678", "李四|||13812345678", null)]
    [InlineData("张三|||", "张三|||", null)]
    public void Records_are_alike_by_number_or_by_name_and_something_else(string one, string other, Likeness? by)
    {
        Assert.Equal(by, SamePerson.Compare(Of(one), Of(other)));
        Assert.Equal(by, SamePerson.Compare(Of(other), Of(one)));
        if (by is { } likeness)
            Assert.Contains(SamePerson.Texts(Of(one)), t => t.By == likeness && SamePerson.Texts(Of(other)).Contains(t));
    }

    static ImmutableSortedDictionary<string, string> Of(string text)
    {
        string[] fields = [StandardFields.Name, StandardFields.IdNumber, StandardFields.BirthDate, StandardFields.Phone];
        var values = text.Split('|');
        return Facts.None.AddRange(fields.Zip(values).Where(f => f.Second.Length > 0).Select(f => KeyValuePair.Create(f.First, f.Second)));
    }
}
