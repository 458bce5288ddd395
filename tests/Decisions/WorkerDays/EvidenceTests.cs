using GridActors.Contracts.Cases;
using GridActors.Contracts.WorkerDays;
using GridActors.Domain.WorkerDays;
using static GridActors.Contracts.WorkerDays.FieldRecordKind;

namespace GridActors.Decisions.Tests.WorkerDays;

/// <summary>How records are graded, and when they are doubted.</summary>
public sealed class EvidenceTests
{
    static readonly DateTimeOffset Now = new(2026, 11, 26, 1, 0, 0, TimeSpan.Zero);
    static readonly Position Here = new(113.05, 27.05);
    static readonly AreaShape Square = AreaShape.Parse(
        """{"type":"Polygon","coordinates":[[[113,27],[113.1,27],[113.1,27.1],[113,27.1],[113,27]]]}"""
    );

    static FieldEvidence Record(FieldPosition? position, FieldRecordKind kind = CheckIn, bool code = false, DateTimeOffset? at = null) =>
        new(Guid.NewGuid(), kind, at ?? Now, 1, position, code, false, []);

    static FieldPosition At(
        Position? at = null,
        double accuracy = 10,
        PositionSource source = PositionSource.Device,
        bool mocked = false
    ) => new(at ?? Here, accuracy, source, CoordinateSystem.Wgs84, mocked);

    static JudgedAgainst Nothing(params MeasuredPosition[] others) =>
        new(Now.AddSeconds(5), TimeSpan.Zero, FieldThresholds.Default, Square, [], new(others), 1, []);

    static MeasuredPosition Other(double minutes, Position? at = null) => new(Guid.NewGuid(), Now.AddMinutes(minutes), at ?? Here, 10);

    static FlagKind[] FlagsOf(FieldEvidence record, JudgedAgainst against) =>
        [.. PlausibilityRules.Judge(record, against).Flags.Select(f => f.Kind)];

    [Theory]
    [InlineData(10.0, true, false, false, false, EvidenceGrade.A)]
    [InlineData(50.0, true, false, false, false, EvidenceGrade.A)]
    [InlineData(51.0, true, false, false, false, EvidenceGrade.B)]
    [InlineData(500.0, true, true, false, false, EvidenceGrade.A)] // A code and a position.
    [InlineData(null, false, true, false, false, EvidenceGrade.B)]
    [InlineData(null, false, false, true, false, EvidenceGrade.B)]
    [InlineData(null, false, false, true, true, EvidenceGrade.B)]
    [InlineData(10.0, false, false, false, false, EvidenceGrade.C)] // Chosen on a map.
    [InlineData(10.0, false, true, false, false, EvidenceGrade.B)]
    [InlineData(null, false, false, false, false, EvidenceGrade.C)]
    public void Grade_follows_from_position_code_and_photo(
        double? accuracy,
        bool measured,
        bool code,
        bool photo,
        bool original,
        EvidenceGrade grade
    )
    {
        var facts = new GradedFacts(accuracy, measured, code, photo, original, false);

        Assert.Equal(grade, EvidenceGrader.Grade(CheckIn, facts, FieldThresholds.Default, []).Grade);
    }

    [Fact]
    public void Flag_makes_the_best_evidence_the_weakest_until_it_is_cleared()
    {
        var facts = new GradedFacts(5, true, true, true, true, false);

        var flagged = EvidenceGrader.Grade(Visit, facts, FieldThresholds.Default, [FlagKind.Mocked]);
        var cleared = EvidenceGrader.Grade(Visit, facts, FieldThresholds.Default, []);

        Assert.Equal((EvidenceGrade.C, EvidenceGrade.A), (flagged.Grade, cleared.Grade));
        Assert.Equal((GradeReason)103, flagged.Reasons[^1]);
        Assert.Equal([GradeReason.PositionPrecise, GradeReason.CodeScanned, GradeReason.PhotoOriginal], cleared.Reasons.AsEnumerable());
    }

    [Theory]
    [InlineData(Pause)]
    [InlineData(Resume)]
    public void Pauses_are_not_graded(FieldRecordKind kind)
    {
        Assert.Equal(EvidenceGrade.None, PlausibilityRules.Judge(Record(null, kind), Nothing()).Graded.Grade);
    }

    [Fact]
    public void Precise_position_inside_raises_no_doubt()
    {
        var judgement = PlausibilityRules.Judge(Record(At()), Nothing(Other(-10)));

        Assert.Empty(judgement.Flags);
        Assert.Equal(EvidenceGrade.A, judgement.Graded.Grade);
        Assert.Null(judgement.CorrectedAt);
    }

    [Theory]
    [InlineData(113.1005, 10, false)] // 50 m outside.
    [InlineData(113.102, 10, true)] // 200 m.
    [InlineData(113.102, 150, false)] // 200 m, and it may be 150 m wrong.
    [InlineData(113.12, 150, true)]
    public void Position_outside_is_told_with_its_accuracy_taken_off(double lon, double accuracy, bool isFlagged)
    {
        var flags = FlagsOf(Record(At(new(lon, 27.05), accuracy)), Nothing());

        Assert.Equal(isFlagged ? [FlagKind.OutsideArea] : [], flags);
    }

    [Fact]
    public void Distance_outside_is_said_in_metres()
    {
        var flag = Assert.Single(PlausibilityRules.Judge(Record(At(new(113.12, 27.05))), Nothing()).Flags);

        Assert.InRange(flag.Detail!.Value, 1950, 2020);
    }

    [Fact]
    public void Schematic_border_raises_no_doubt()
    {
        Assert.Empty(FlagsOf(Record(At(new(120, 30))), Nothing() with { Shape = null }));
    }

    [Fact]
    public void Sign_in_at_the_station_outside_the_grid_raises_no_doubt()
    {
        var against = Nothing() with { Stations = [new(113.2, 27.05)] };

        var judgement = PlausibilityRules.Judge(Record(At(new(113.2001, 27.05)), SignIn), against);

        Assert.Empty(judgement.Flags);
        Assert.Contains(GradeReason.AtStation, judgement.Graded.Reasons);
        Assert.Equal([FlagKind.OutsideArea], FlagsOf(Record(At(new(113.2001, 27.05)), Visit), against));
    }

    [Fact]
    public void Sign_in_elsewhere_that_is_said_to_be_so_raises_no_doubt()
    {
        Assert.Empty(FlagsOf(Record(At(new(113.3, 27.05)), SignIn) with { IsOutOfOffice = true }, Nothing()));
    }

    [Theory]
    [InlineData(10.0, -10, true)] // Ten kilometres and more in a minute or so.
    [InlineData(0.5, -60, false)]
    [InlineData(10.0, 10, true)] // One that came earlier, and happened later.
    [InlineData(100.0, -800, false)] // Too long ago to compare.
    public void Speed_is_taken_from_the_records_before_and_after(double hundredths, double minutes, bool isFlagged)
    {
        var other = Other(minutes, new(113.05, 27.05 + hundredths / 20));
        var flags = FlagsOf(Record(At()), Nothing(other));

        Assert.Equal(isFlagged ? [FlagKind.ImpossibleSpeed] : [], flags);
    }

    [Fact]
    public void Records_at_one_moment_far_apart_are_doubted()
    {
        Assert.Equal([FlagKind.ImpossibleSpeed], FlagsOf(Record(At()), Nothing(Other(0, new(113.08, 27.05)))));
    }

    [Fact]
    public void Same_coordinates_again_and_again_are_doubted()
    {
        Assert.Empty(FlagsOf(Record(At()), Nothing(Other(-30), Other(-20))));
        Assert.Equal([FlagKind.SameCoordinates], FlagsOf(Record(At()), Nothing(Other(-30), Other(-20), Other(-10))));
        Assert.Empty(FlagsOf(Record(At()), Nothing(Other(-30), Other(-20), Other(-10, new(113.0501, 27.05)))));
    }

    [Fact]
    public void Mocked_position_is_doubted()
    {
        Assert.Equal([FlagKind.Mocked], FlagsOf(Record(At(mocked: true)), Nothing()));
    }

    [Fact]
    public void Device_of_several_people_is_doubted()
    {
        var flag = Assert.Single(PlausibilityRules.Judge(Record(At()), Nothing() with { PeopleOnDevice = 3 }).Flags);

        Assert.Equal(new Flag(FlagKind.SharedDevice, 3), flag);
    }

    [Fact]
    public void Replayed_photo_is_doubted()
    {
        var record = Record(At()) with { Photos = ["a"] };

        Assert.Equal([FlagKind.PhotoReplayed], FlagsOf(record, Nothing() with { Photos = [new("a", null, null, true)] }));
    }

    [Fact]
    public void Photo_taken_there_and_then_is_an_original()
    {
        var record = Record(At(accuracy: 300)) with { Photos = ["a"] };

        var there = PlausibilityRules.Judge(record, Nothing() with { Photos = [new("a", Now.AddMinutes(-3), Here, false)] });
        var elsewhere = PlausibilityRules.Judge(record, Nothing() with { Photos = [new("a", Now.AddMinutes(-3), new(114, 27), false)] });

        Assert.Contains(GradeReason.PhotoOriginal, there.Graded.Reasons);
        Assert.Contains(GradeReason.Photo, elsewhere.Graded.Reasons);
    }

    [Theory]
    [InlineData(-9, false)]
    [InlineData(-11, true)]
    [InlineData(11, true)]
    [InlineData(60 * 24 * 400, true)] // A clock that was set back by more than a year.
    public void Clock_that_is_off_is_corrected_and_told(int minutesBehind, bool isFlagged)
    {
        var off = TimeSpan.FromMinutes(minutesBehind);
        var record = Record(At(), at: Now - off);

        var judgement = PlausibilityRules.Judge(record, Nothing() with { ClockOff = off });

        Assert.Equal(isFlagged ? [FlagKind.ClockOff] : [], judgement.Flags.Select(f => f.Kind));
        Assert.Equal(isFlagged ? Now : null, judgement.CorrectedAt);
    }

    [Fact]
    public void What_is_to_come_is_taken_as_now_and_told()
    {
        var judgement = PlausibilityRules.Judge(Record(At(), at: Now.AddHours(2)), Nothing());

        Assert.Equal([FlagKind.Future], judgement.Flags.Select(f => f.Kind));
        Assert.Equal(Now.AddSeconds(5), judgement.CorrectedAt);
    }

    [Theory]
    [InlineData(SignIn, true)]
    [InlineData(Visit, true)]
    [InlineData(Checkpoint, true)]
    [InlineData(SignOut, false)]
    [InlineData(Pause, false)]
    public void Record_of_a_place_without_one_is_doubted(FieldRecordKind kind, bool isFlagged)
    {
        Assert.Equal(isFlagged ? [FlagKind.NoPosition] : [], FlagsOf(Record(null, kind), Nothing()));
        Assert.Empty(FlagsOf(Record(null, kind, code: true), Nothing()));
    }
}
