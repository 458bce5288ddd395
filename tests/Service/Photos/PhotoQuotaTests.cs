using GridActors.Contracts.People;
using GridActors.Storage.Photos;
using Microsoft.Extensions.Options;

namespace GridActors.Service.Tests.Photos;

public sealed class PhotoQuotaTests : SharedServiceTest
{
    const int Photos = 50;

    [Fact]
    public async Task Uploads_at_the_same_time_never_exceed_the_limit_of_the_day()
    {
        var files = Enumerable.Range(0, Photos).Select(Padded).ToList();
        var person = new PersonId("qinghe", "quota-race");
        using var first = Store(limit: 10 * 100_000 + 50_000);
        using var second = Store(limit: 10 * 100_000 + 50_000); // Another process.

        var saved = await Task.WhenAll(files.Select((file, i) => Save(i % 2 == 0 ? first : second, file, person)));

        Assert.Equal(10, saved.Count(s => s is null));
        Assert.All(saved, s => Assert.True(s is null or PhotoRejection.TooMuch));
        Assert.Equal(10L, await Service.Ask<long>("select count(*) from photo_upload where uploader = $1", person.Key));
        var stored = await Service.Ask<long>(
            "select sum(length(bytes) + length(thumbnail)) from photo join photo_upload on photo = id where uploader = $1",
            person.Key
        );
        Assert.InRange(stored, 10 * 100_000, 10 * 100_000 + 50_000);
    }

    [Fact]
    public async Task A_repeated_upload_is_accepted_though_the_limit_is_reached()
    {
        var person = new PersonId("qinghe", "quota-repeat");
        using var store = Store(limit: 150_000);

        Assert.Null(await Save(store, Padded(Photos + 1), person));
        Assert.Equal(PhotoRejection.TooMuch, await Save(store, Padded(Photos + 2), person));
        Assert.Null(await Save(store, Padded(Photos + 1), person));
    }

    [Fact]
    public async Task A_photo_that_waits_too_long_for_its_turn_is_rejected_as_busy()
    {
        var person = new PersonId("qinghe", "quota-busy");
        using var store = Store(limit: 1_000_000, atOnce: 1, patience: TimeSpan.FromMilliseconds(50));
        using var slow = new SlowStream();

        var waiting = store.Save(slow, 10, person, CancellationToken.None);
        var rejected = await Save(store, Padded(Photos + 3), person);
        slow.Release();

        Assert.Equal(PhotoRejection.Busy, rejected);
        Assert.Equal(PhotoRejection.NotAPhoto, (await waiting).Rejection);
        Assert.Null(await Save(store, Padded(Photos + 3), person));
    }

    PhotoStore Store(long limit, int atOnce = 4, TimeSpan? patience = null) =>
        new(
            Service.Data,
            TimeProvider.System,
            Options.Create(
                new PhotoOptions
                {
                    MaxBytesADay = limit,
                    MaxAtOnce = atOnce,
                    Patience = patience ?? TimeSpan.FromMinutes(1),
                }
            )
        );

    static async Task<PhotoRejection?> Save(PhotoStore store, byte[] file, PersonId person)
    {
        using var content = new MemoryStream(file);
        return (await store.Save(content, file.Length, person, CancellationToken.None)).Rejection;
    }

    /// <summary>A picture of 100,000 bytes: what follows its end belongs to the file.</summary>
    static byte[] Padded(int number)
    {
        var file = new byte[100_000];
        Pictures.Jpeg((byte)number).CopyTo(file, 0);
        BitConverter.TryWriteBytes(file.AsSpan(^8), (long)number);
        return file;
    }

    /// <summary>Answers zeros, once it is told to.</summary>
    sealed class SlowStream : MemoryStream
    {
        readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void Release() => _released.SetResult();

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await _released.Task.WaitAsync(cancellationToken);
            buffer.Span.Clear();
            return buffer.Length;
        }
    }
}
