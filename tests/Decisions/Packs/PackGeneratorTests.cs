using GridActors.Generator;

namespace GridActors.Decisions.Tests.Packs;

public sealed class PackGeneratorTests
{
    [Fact]
    public void Generator_reproduces_the_files_of_the_repository_byte_for_byte()
    {
        using var again = new TemporaryFolder();
        PackSet.Generate(Path.Combine(PackFolders.Packs, "data"), again.Path);
        var files = Directory.GetFiles(again.Path, "*", SearchOption.AllDirectories);
        // Four of each pack, and the duty of the one that has a rota.
        Assert.Equal(4 * PublishedPacks.Ids.Count + 1, files.Length);
        Assert.All(
            files,
            file =>
                Assert.True(
                    File.ReadAllBytes(file)
                        .AsSpan()
                        .SequenceEqual(File.ReadAllBytes(Path.Combine(PackFolders.Packs, Path.GetRelativePath(again.Path, file)))),
                    $"{Path.GetRelativePath(again.Path, file)} is not what packs/generator writes; run it, don't edit the file."
                )
        );
    }

    [Theory]
    [InlineData(220, 58)]
    [InlineData(600, 212)]
    [InlineData(1253, 203)]
    [InlineData(3, 5)]
    public void Shares_add_up_and_differ_by_at_most_one(int total, int parts)
    {
        var shares = Numbers.Share(total, parts);
        Assert.Equal((parts, total), (shares.Length, shares.Sum()));
        Assert.InRange(shares.Max() - shares.Min(), 0, 1);
    }

    [Theory]
    [InlineData(1, "一")]
    [InlineData(10, "十")]
    [InlineData(12, "十二")]
    [InlineData(20, "二十")]
    [InlineData(99, "九十九")]
    public void Numbers_are_written_in_Chinese(int number, string expected) => Assert.Equal(expected, Numbers.Chinese(number));
}
