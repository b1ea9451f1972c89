using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;

namespace TryOn.Silo.Pictures;

public sealed partial class S3OptionsValidator : IValidateOptions<S3Options>
{
    private const string Section = "TryOn:Cluster:S3";

    public ValidateOptionsResult Validate(string? name, S3Options options)
    {
        var builder = new ValidateOptionsResultBuilder();
        if (options.Configured)
        {
            CheckAddress(options, builder);
            CheckNames(options, builder);
        }
        else if (options.Region.Length + options.ServiceUrl.Length + options.Prefix.Length > 0
            || options.ForcePathStyle)
        {
            // Otherwise a misspelled Bucket key would silently leave pictures in each node's own folder.
            builder.AddError(
                $"{Section}:Bucket is not set, but another key of {Section} is; name the bucket or leave all out.");
        }

        return builder.Build();
    }

    private static void CheckAddress(S3Options options, ValidateOptionsResultBuilder builder)
    {
        if (options.Region.Length + options.ServiceUrl.Length == 0)
            builder.AddError(
                $"{Section}:Region is not set; name the bucket's region, or the store's address in "
                    + $"{Section}:ServiceUrl.");
        if (options.ServiceUrl.Length > 0
            && !(Uri.TryCreate(options.ServiceUrl, UriKind.Absolute, out var address) && address.Scheme is "http"
                or "https"))
            builder.AddError(
                $"{Section}:ServiceUrl is '{options.ServiceUrl}'; set it to an http or https address, or leave "
                    + "it out.");
    }

    private static void CheckNames(S3Options options, ValidateOptionsResultBuilder builder)
    {
        if (!BucketName().IsMatch(options.Bucket))
            builder.AddError(
                $"{Section}:Bucket is '{options.Bucket}'; a bucket's name has 3 to 63 of a-z, 0-9, '.' and '-'.");
        if (options.Prefix.Length > 0 && !PrefixName().IsMatch(options.Prefix))
            builder.AddError(
                $"{Section}:Prefix is '{options.Prefix}'; set it to letters, digits, '-', '_' and '/', ending in '/'.");
    }

    [GeneratedRegex(@"\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\z", RegexOptions.NonBacktracking)]
    private static partial Regex BucketName();

    [GeneratedRegex(@"\A([A-Za-z0-9_-]+/)+\z", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex PrefixName();
}
