using Orleans.Runtime;

namespace Orleans;

public interface IGrain : IAddressable;

/// <summary>A grain whose key is a string, the only kind of key of the subset.</summary>
public interface IGrainWithStringKey : IGrain;

/// <summary>An object outside the actors that actors may call through a reference.</summary>
public interface IGrainObserver : IAddressable;
