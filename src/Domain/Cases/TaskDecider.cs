using System.Collections.Immutable;
using GridActors.Contracts.Cases;
using GridActors.Contracts.People;
using GridActors.Domain.Clocks;
using GridActors.Domain.Leaves;
using GridActors.Domain.Packs;
using static GridActors.Contracts.Cases.CaseRejections;

namespace GridActors.Domain.Cases;

/// <summary>The tasks that decisions about a case give: who finishes one, and when its time is over (docs/cases.md).</summary>
public static class TaskDecider
{
    internal static Decision Finish(CaseView view, FinishTask command, DecisionContext context)
    {
        if (view.Tasks.FirstOrDefault(t => t.Number == command.Task) is not { } task)
            return Decision.Reject(NotFound);
        if (!Owns(task, command.By) && !context.HoldsPost)
            return Decision.Reject(NotPermitted);
        if (!task.IsOpen)
            return Decision.Reject(AlreadyFinished);
        return Decision.Accept(new CaseTaskFinished(task.Number, command.IsDone, command.Note));
    }

    /// <summary>A moment at which the time of tasks may be over.</summary>
    internal static Decision Fire(CaseView view, FireClock command)
    {
        var isOver = view.IsOpen && view.Tasks.Any(t => t is { IsOpen: true, BreachedAt: null } && t.Assigned.DueAt == command.Moment);
        return isOver ? Decision.Accept(new CaseClockBreached(ClockName.Task, command.Moment)) : Decision.Accept();
    }

    /// <summary>Who owns a task: those it was given to, and who decided it.</summary>
    static bool Owns(CaseTask task, PersonId person) => task.Assigned.Owners.Contains(person) || task.By == person;

    /// <summary>
    /// Whether a person holds the post that a task was given to, by the pack as it is now, or stands in for an owner who is away.
    /// </summary>
    public static bool HoldsPost(LoadedPack pack, CaseView view, int task, PersonId person, DateTimeOffset at)
    {
        if (view.Tasks.FirstOrDefault(t => t.Number == task) is not { Assigned: { } assigned })
            return false;
        var held =
            assigned.Post is { } post && pack.Areas.GetValueOrDefault(view.Area.Code) is { } area
                ? LoadedPack.NearestHolders(post, null, area)
                : [];
        return Deputies.Beside(pack, RoutedCase.Of(view), [.. assigned.Owners.Union(held)], at).Contains(person);
    }

    /// <summary>Works out who owns the task and by when; null when it is given to nobody.</summary>
    public static AssignedTask? Plan(
        LoadedPack pack,
        CaseView view,
        string text,
        PersonId? person,
        string? post,
        Term term,
        DateTimeOffset at
    )
    {
        if (pack.Areas.GetValueOrDefault(view.Area.Code) is not { } area)
            return null;
        IEnumerable<PersonId> found = person is { } id
            ? pack.Person(id) is { Posts.Count: > 0 }
                ? [id]
                : []
            : LoadedPack.NearestHolders(post ?? "", null, area);
        var people = Deputies.Beside(pack, RoutedCase.Of(view), [.. found.Distinct()], at);
        // Nobody learns of a confidential case by a task.
        ImmutableArray<PersonId> owners = [.. people.Where(p => !view.Confidential || CaseAccess.MaySee(view, p, reads: false))];
        if (owners.IsEmpty)
            return null;
        var due = pack.WorkingTime.Due(at, term);
        return new(text, person is null ? post : null, owners, term.ToString(), due.At.ToUniversalTime(), due.Provisional);
    }

    /// <summary>
    /// Tasks whose time begins when the case hears of the decision. A meeting or a consultation decides a moment before; with its time,
    /// each changed pack would find the task due at another moment, and move it.
    /// </summary>
    internal static ImmutableArray<AssignedTask> Begin(ImmutableArray<AssignedTask> tasks, WorkingTime time, DateTimeOffset at) =>
        tasks.IsDefaultOrEmpty ? tasks : [.. tasks.Select(t => Begin(t, time, at))];

    static AssignedTask Begin(AssignedTask task, WorkingTime time, DateTimeOffset at)
    {
        if (Term.Parse(task.Term) is not { } term)
            return task;
        var due = time.Due(at, term);
        return task with { DueAt = due.At.ToUniversalTime(), Provisional = due.Provisional };
    }

    /// <summary>The open tasks that another calendar makes due at another time, or certain; the default where there are none.</summary>
    internal static ImmutableArray<MovedTask> Moved(CaseView view, WorkingTime time)
    {
        ImmutableArray<MovedTask>.Builder? moved = null;
        foreach (var task in view.Tasks)
        {
            if (!task.IsOpen || Term.Parse(task.Assigned.Term) is not { } term)
                continue;
            var due = time.Due(task.At, term);
            var next = new MovedTask(task.Number, due.At.ToUniversalTime(), due.Provisional);
            if (next.DueAt != task.Assigned.DueAt || next.Provisional != task.Assigned.Provisional)
                (moved ??= ImmutableArray.CreateBuilder<MovedTask>()).Add(next);
        }
        return moved?.ToImmutable() ?? default;
    }

    internal static CaseView Assign(CaseView view, ImmutableArray<AssignedTask> tasks, string source, EventContext context)
    {
        if (tasks.IsDefaultOrEmpty)
            return view;
        var first = view.Tasks.Length + 1;
        return view with
        {
            Tasks = view.Tasks.AddRange(
                tasks.Select((t, i) => new CaseTask(first + i, t, source, context.At, context.By, null, null, null, false, ""))
            ),
        };
    }

    /// <summary>The tasks of a case after a step.</summary>
    internal static CaseView After(CaseView view, CaseEvent e, EventContext context) =>
        e switch
        {
            CaseTaskFinished x => With(
                view,
                t => t.Number == x.Task && t.IsOpen,
                t => t with { FinishedAt = context.At, FinishedBy = context.By, IsDone = x.IsDone, Note = x.Note }
            ),
            CaseClockBreached { Clock: ClockName.Task } x => With(
                view,
                t => t is { IsOpen: true, BreachedAt: null } && t.Assigned.DueAt == x.DueAt,
                t => t with { BreachedAt = context.At }
            ),
            CaseReplanned { Tasks: { IsDefault: false } moved } => With(
                view,
                t => t.IsOpen && moved.Any(m => m.Number == t.Number),
                t => At(t, moved.First(m => m.Number == t.Number), context.At)
            ),
            CaseReoffered { Tasks: { IsDefault: false } left } => With(
                view,
                t => t.IsOpen && left.Any(l => l.Number == t.Number),
                t => t with { Assigned = t.Assigned with { Owners = left.First(l => l.Number == t.Number).Owners } }
            ),
            _ => view,
        };

    /// <summary>
    /// The open tasks of which an owner has left, with who owns them now: who is still there, who took over, or who holds the post that it
    /// was given to; where that is nobody, who decided it, or else those who have the case. The default where nobody has left.
    /// </summary>
    public static ImmutableArray<TaskOwners> Left(LoadedPack pack, CaseView view, ImmutableArray<PersonId> recipients)
    {
        ImmutableArray<TaskOwners>.Builder? left = null;
        if (pack.Areas.GetValueOrDefault(view.Area.Code) is not { } area || !view.IsOpen)
            return default;
        foreach (var task in view.Tasks)
        {
            if (!task.IsOpen || task.Assigned.Owners.All(o => IsThere(pack, o)))
                continue;
            var found = task.Assigned.Owners.Select(o => IsThere(pack, o) ? o : pack.SuccessorOf(o)).OfType<PersonId>();
            if (task.Assigned.Post is { } post)
                found = found.Union(LoadedPack.NearestHolders(post, null, area));
            ImmutableArray<PersonId> owners =
            [
                .. found.Distinct().Where(p => !view.Confidential || CaseAccess.MaySee(view, p, reads: false)),
            ];
            if (owners.IsEmpty)
                owners = IsThere(pack, task.By) ? [task.By] : recipients;
            (left ??= ImmutableArray.CreateBuilder<TaskOwners>()).Add(new(task.Number, owners));
        }
        return left?.ToImmutable() ?? default;
    }

    /// <summary>Whether somebody still holds a post.</summary>
    static bool IsThere(LoadedPack pack, PersonId person) => pack.Person(person) is { Posts.Count: > 0 };

    /// <summary>A task that isn't late any more, where its new time is still to come.</summary>
    static CaseTask At(CaseTask task, MovedTask moved, DateTimeOffset at) =>
        task with
        {
            Assigned = task.Assigned with { DueAt = moved.DueAt, Provisional = moved.Provisional },
            BreachedAt = moved.DueAt > at ? null : task.BreachedAt,
        };

    /// <summary>Adds when the tasks are due that a step gave or moved. Nearly every step does neither.</summary>
    public static ImmutableArray<ClockMoment> WithMoments(ImmutableArray<ClockMoment> moments, CaseView? before, CaseView now)
    {
        if (now.Tasks.IsEmpty || before?.Tasks == now.Tasks)
            return moments;
        var known = before?.Tasks ?? [];
        var due = now
            .Tasks.Where(t => t.IsOpen && known.FirstOrDefault(k => k.Number == t.Number)?.Assigned.DueAt != t.Assigned.DueAt)
            .Select(t => t.Assigned.DueAt)
            .Distinct();
        return moments.AddRange(due.Select(at => new ClockMoment(ClockName.Task, at)));
    }

    static CaseView With(CaseView view, Func<CaseTask, bool> isMeant, Func<CaseTask, CaseTask> change) =>
        view.Tasks.Any(isMeant) ? view with { Tasks = [.. view.Tasks.Select(t => isMeant(t) ? change(t) : t)] } : view;
}
