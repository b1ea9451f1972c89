using TryOn.Sandbox.Settings;

namespace TryOn.Sandbox.Pictures;

/// <summary>A cache of fittings by their pictures. The oldest are removed when they hold too many bytes.</summary>
public sealed class FittingCache(SandboxOptions options)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<FittingKey, Fitting> _fittings = [];
    private readonly Queue<Fitting> _oldest = new();
    private long _bytes;

    public Fitting GetOrAdd(SentPicture person, SentPicture garment)
    {
        lock (_lock)
        {
            if (_fittings.TryGetValue(new FittingKey(person.Sha256, garment.Sha256), out var known))
                return known;
            var fitting = new Fitting(person, garment);
            Keep(fitting);
            return fitting;
        }
    }

    public Fitting? Find(FittingKey key)
    {
        lock (_lock)
            return _fittings.GetValueOrDefault(key);
    }

    private void Keep(Fitting fitting)
    {
        while (_bytes + fitting.Bytes > options.PictureBytesMax && _oldest.TryDequeue(out var old))
        {
            _fittings.Remove(old.Key);
            _bytes -= old.Bytes;
        }

        _fittings.Add(fitting.Key, fitting);
        _oldest.Enqueue(fitting);
        _bytes += fitting.Bytes;
    }
}
