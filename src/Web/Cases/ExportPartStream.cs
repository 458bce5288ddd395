namespace GridActors.Web.Cases;

/// <summary>Cuts what is written to it into parts of one size, and stores each as soon as it is full.</summary>
/// <param name="store">Stores a part, given its number from 0 on.</param>
sealed class ExportPartStream(Func<int, byte[], Task> store) : Stream
{
    const int PartSize = 1024 * 1024;

    readonly MemoryStream _part = new();
    int _number;

    public override bool CanRead => false;
    public override bool CanSeek => false;
    public override bool CanWrite => true;
    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Stores what is left.</summary>
    public Task Complete() => _part.Length > 0 ? Store() : Task.CompletedTask;

    public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
    {
        _part.Write(buffer.Span);
        if (_part.Length >= PartSize)
            await Store();
    }

    public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    /// <summary>A zip archive writes its last few bytes without awaiting; they wait for the next part.</summary>
    public override void Write(byte[] buffer, int offset, int count) => _part.Write(buffer, offset, count);

    public override void Flush() { }

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _part.Dispose();
        base.Dispose(disposing);
    }

    async Task Store()
    {
        await store(_number++, _part.ToArray());
        _part.SetLength(0);
    }
}
