using GridActors.Contracts.Appointments;

namespace GridActors.Web.Problems;

/// <summary>The problems of appointments and services.</summary>
partial class Problem
{
    static Dictionary<string, Entry> OfAppointments =>
        new()
        {
            [AppointmentRejections.Over] = new(
                409,
                "这次预约已经办过、错过或取消。",
                "The appointment is over: it was kept, missed or cancelled."
            ),
            [AppointmentRejections.NotTheirWorker] = new(
                409,
                "上门的人不是这些住户的网格员。",
                "Whoever should come isn't the worker of these households."
            ),
            [AppointmentRejections.WrongStage] = new(
                409,
                "这项代办已经办到这一步之后，或不是代办。",
                "The service is further already or at its end, or the appointment is for none."
            ),
        };
}
