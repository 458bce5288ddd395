namespace GridActors.Contracts.WorkerDays;

/// <summary>What a worker did, as their phone tells it. The numbers are stored.</summary>
public enum FieldRecordKind : byte
{
    SignIn = 1,
    SignOut = 2,
    Pause = 3,
    Resume = 4,
    PatrolStart = 5,
    PatrolEnd = 6,
    CheckIn = 7,
    Checkpoint = 8,
    Visit = 9,
}

/// <summary>What somebody is doing (在岗状态).</summary>
public enum DutyState : byte
{
    Off = 0,
    OnDuty = 1,
    Patrol = 2,
    Visit = 3,
    Paused = 4,
}

/// <summary>How well a record is proved. Pauses have none.</summary>
public enum EvidenceGrade : byte
{
    None = 0,
    A = 1,
    B = 2,
    C = 3,
}

/// <summary>Why a record is doubted. The numbers are stored.</summary>
public enum FlagKind : byte
{
    OutsideArea = 1,
    ImpossibleSpeed = 2,
    Mocked = 3,
    SameCoordinates = 4,
    ClockOff = 5,
    PhotoReplayed = 6,
    SharedDevice = 7,
    Future = 8,
    NoPosition = 9,
}

/// <summary>Why a grade is what it is. The numbers are stored.</summary>
public enum GradeReason : byte
{
    PositionPrecise = 1,
    PositionCoarse = 2,
    CodeScanned = 3,
    Typed = 4,
    Photo = 5,
    PhotoOriginal = 6,
    NoPosition = 7,
    AtStation = 8,

    /// <summary>With the number of the flag added.</summary>
    Flagged = 100,
}
