namespace TryOn.Api.Browsers;

/// <summary>Which web pages may watch jobs from a browser. Section <c>TryOn:Browsers</c>.</summary>
public sealed class BrowserOptions
{
    /// <summary>
    /// Origins of pages, such as <c>https://shop.example</c>, that may watch jobs and read results. Default: empty,
    /// which allows any page that has a job's token.
    /// </summary>
    public IList<string> Origins { get; set; } = [];
}
