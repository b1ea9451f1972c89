using System.Globalization;

namespace TryOn.Api.Limits;

/// <summary>
/// Writes the state of a key's rate window in OpenAI's headers. They are for people; no client obeys them.
/// </summary>
public static class RateHeaders
{
    /// <param name="reset">Time until the window is empty if no further request comes.</param>
    public static void Write(HttpResponse response, int limit, int remaining, TimeSpan reset)
    {
        response.Headers["x-ratelimit-limit-requests"] = Text(limit);
        response.Headers["x-ratelimit-remaining-requests"] = Text(Math.Max(0, remaining));
        response.Headers["x-ratelimit-reset-requests"] = Text((int)Math.Ceiling(reset.TotalSeconds)) + "s";
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
