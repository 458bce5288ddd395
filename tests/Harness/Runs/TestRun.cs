using System.Reflection;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace GridActors.Tests;

/// <summary>
/// Stops what the tests of a run share after the last test and before the run ends, because the test process is killed within a tenth of a
/// second after the run. Compiled into every project that runs the service (Tests.props).
/// </summary>
public sealed class TestRun(IMessageSink messages) : XunitTestFramework(messages)
{
    protected override ITestFrameworkExecutor CreateExecutor(AssemblyName assemblyName) =>
        new Executor(assemblyName, SourceInformationProvider, DiagnosticMessageSink);

    sealed class Executor(AssemblyName assembly, ISourceInformationProvider source, IMessageSink diagnostics)
        : XunitTestFrameworkExecutor(assembly, source, diagnostics)
    {
        protected override async void RunTestCases(
            IEnumerable<IXunitTestCase> testCases,
            IMessageSink executionMessageSink,
            ITestFrameworkExecutionOptions executionOptions
        )
        {
            using var runner = new Runner(TestAssembly, testCases, DiagnosticMessageSink, executionMessageSink, executionOptions);
            await runner.RunAsync();
        }
    }

    sealed class Runner(
        ITestAssembly assembly,
        IEnumerable<IXunitTestCase> cases,
        IMessageSink diagnostics,
        IMessageSink messages,
        ITestFrameworkExecutionOptions options
    ) : XunitTestAssemblyRunner(assembly, cases, diagnostics, messages, options)
    {
        protected override async Task BeforeTestAssemblyFinishedAsync()
        {
            await TestService.StopShared();
            await TestPostgres.StopShared();
            await base.BeforeTestAssemblyFinishedAsync();
        }
    }
}
