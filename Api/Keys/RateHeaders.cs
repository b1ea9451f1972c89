using System.Globalization;

namespace TryOn.Api.Keys;

/// <summary>OpenAI's names for how a key's rate window stands. No client obeys them; people look at them.</summary>
public static class RateHeaders
{
    /// <param name="reset">Until the window is empty, when nothing more is sent.</param>
    public static void Write(HttpResponse response, int limit, int remaining, TimeSpan reset)
    {
        response.Headers["x-ratelimit-limit-requests"] = Text(limit);
        response.Headers["x-ratelimit-remaining-requests"] = Text(Math.Max(0, remaining));
        response.Headers["x-ratelimit-reset-requests"] = Text((int)Math.Ceiling(reset.TotalSeconds)) + "s";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
