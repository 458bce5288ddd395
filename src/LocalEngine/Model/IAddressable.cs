namespace Orleans.Runtime;

/// <summary>Anything a reference can point to: a grain or an observer.</summary>
public interface IAddressable;
