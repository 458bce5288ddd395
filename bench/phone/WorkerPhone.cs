using System.Globalization;
using GridActors.Harness;
using Microsoft.Playwright;
using SkiaSharp;

namespace GridActors.PhoneLine;

/// <summary>A worker's phone in the field app, driven by its buttons.</summary>
sealed class WorkerPhone(IPage page)
{
    /// <summary>So large is the noise of a picture that a phone sends as it is, with about 300 kB.</summary>
    const int Width = 700;
    const int Height = 525;

    /// <summary>Bytes of the pictures that were taken.</summary>
    public long PhotoBytes { get; private set; }

    public async Task SignIn()
    {
        await page.GotoAsync("/m/report");
        await page.GetByTestId("category").First.WaitForAsync();
        await page.EvaluateAsync("() => navigator.serviceWorker.ready");
        await page.GotoAsync("/m");
        await page.GetByTestId("duty-sign-in").TapAsync();
        await page.Locator("[data-testid=duty][data-state='on-duty']").WaitForAsync();
        // The first visit loads the list of households, which the phone keeps.
        await page.GetByTestId("duty-visit").TapAsync();
        await page.GetByTestId("pick").First.WaitForAsync();
        await page.GotoAsync("/m");
        await page.GetByTestId("duty").WaitForAsync();
    }

    public async Task CheckIn(int number)
    {
        await page.GetByTestId("duty-check-in").TapAsync();
        var waiting = page.GetByTestId("duty-waiting").Filter(new() { HasText = number.ToString(CultureInfo.InvariantCulture) });
        await waiting.WaitForAsync();
    }

    public async Task Visit(int number)
    {
        await page.GetByTestId("duty-visit").TapAsync();
        await page.GetByTestId("pick").First.TapAsync();
        await page.GetByTestId("pick-done").TapAsync();
        await Photo(number);
        await page.GetByTestId("visit-send").TapAsync();
        await page.GetByTestId("duty").WaitForAsync();
    }

    public async Task Report(int number)
    {
        await page.GetByTestId("tab-report").TapAsync();
        await Photo(number);
        await page.GetByTestId("category").First.TapAsync();
        await page.GetByTestId("report-text").FillAsync($"第{number}处塌方");
        await page.GetByTestId("report-send").TapAsync();
        await page.Locator("[data-testid=sent][data-kind='saved']").WaitForAsync();
    }

    async Task Photo(int seed)
    {
        var picture = Pictures.Encode(SKEncodedImageFormat.Jpeg, seed, Width, Height);
        PhotoBytes += picture.Length;
        await page.GetByTestId("photo-album")
            .SetInputFilesAsync(
                new FilePayload
                {
                    Name = $"{seed}.jpg",
                    MimeType = "image/jpeg",
                    Buffer = picture,
                }
            );
        await page.Locator("[data-testid=photos][data-count='1']").WaitForAsync();
    }
}
