namespace GridActors.Contracts.Appointments;

/// <summary>Why something about an appointment is refused, beside the codes that cases have too: the stable codes of docs/api.md.</summary>
public static class AppointmentRejections
{
    /// <summary>It was kept, missed or cancelled already.</summary>
    public const string Over = "appointment-over";

    /// <summary>Whoever should come isn't the worker of these households.</summary>
    public const string NotTheirWorker = "not-their-worker";

    /// <summary>The appointment is for no service, or the service is further, or at its end.</summary>
    public const string WrongStage = "wrong-stage";
}
