using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;
using GridActors.Web.Problems;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.SignalR;
using Microsoft.AspNetCore.SignalR.Protocol;
using Microsoft.Extensions.Options;

namespace GridActors.Web.Live;

/// <summary>
/// SignalR's JSON protocol. Where the arguments of a call don't fit its method, no method and no filter runs, and SignalR would answer a
/// sentence of its own: here it gets a code, as every refusal has one.
/// </summary>
sealed class LiveProtocol(IOptions<JsonHubProtocolOptions> options) : IHubProtocol
{
    static readonly ExceptionDispatchInfo WrongArguments = ExceptionDispatchInfo.Capture(
        new HubException($"{Problem.InvalidRequest}: {Problem.Sentence(Problem.InvalidRequest, english: false)}")
    );

    readonly JsonHubProtocol _json = new(options);

    public string Name => _json.Name;
    public int Version => _json.Version;
    public TransferFormat TransferFormat => _json.TransferFormat;

    public bool TryParseMessage(ref ReadOnlySequence<byte> input, IInvocationBinder binder, [NotNullWhen(true)] out HubMessage? message)
    {
        if (!_json.TryParseMessage(ref input, binder, out message))
            return false;
        if (message is InvocationBindingFailureMessage failed)
            message = new InvocationBindingFailureMessage(failed.InvocationId, failed.Target, WrongArguments);
        return true;
    }

    public void WriteMessage(HubMessage message, IBufferWriter<byte> output) => _json.WriteMessage(message, output);

    public ReadOnlyMemory<byte> GetMessageBytes(HubMessage message) => _json.GetMessageBytes(message);

    public bool IsVersionSupported(int version) => _json.IsVersionSupported(version);
}
