namespace GridActors.Contracts.Cases;

/// <summary>A command that the service alone sends, so that nobody needs to see the case: no call of the API makes one.</summary>
public interface IServiceCommand;
