using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace GridActors.Domain.Packs.Files;

/// <summary>
/// A YAML mapping whose keys are taken one by one. Keys that are left when the reader is done are unknown, and are reported with their
/// lines, so that a misspelt key doesn't count as a missing one.
/// </summary>
sealed class YamlMap
{
    const int MaxDepth = 32;

    readonly Dictionary<string, (YamlNode Key, YamlNode Value)> _rest = [];
    readonly string _file;
    readonly PackErrors _errors;
    readonly string _what;

    /// <param name="what">What the mapping describes, for messages: "the pack", "post grid-worker".</param>
    YamlMap(YamlMappingNode node, string file, string what, PackErrors errors)
    {
        (_file, _errors, _what, Line) = (file, errors, what, (int)node.Start.Line);
        foreach (var (key, value) in node.Children)
        {
            if (key is YamlScalarNode { Value: { } name })
                _rest.TryAdd(name, (key, value));
            else
                Wrong(key, $"a key of {what} must be a word");
        }
    }

    public int Line { get; }

    public static YamlMap? Load(PackFiles files, string file, string what, PackErrors errors)
    {
        if (files.Text(file) is not { } text)
            return null;
        var (scan, parser) = (new Parser(new StringReader(text)), new Parser(new StringReader(text)));
        try
        {
            if (Refused(scan) is (var at, var why))
            {
                errors.Add(file, at, why);
                return null;
            }
            var stream = new YamlStream();
            stream.Load(parser);
            if (stream.Documents is [{ RootNode: YamlMappingNode root }])
                return new YamlMap(root, file, what, errors);
            errors.Add(file, 1, "the file must be one mapping of keys to values");
        }
        catch (YamlException e)
        {
            if (IndentedWithTab(text) is { } line)
                errors.Add(file, line, "the line is indented with a tab; YAML takes spaces only");
            else
                errors.Add(file, (int)e.Start.Line, $"this is not YAML: {e.Message}");
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException)
        {
            // YamlDotNet throws this, without a useful message, for a file that ends within a list or mapping.
            errors.Add(
                file,
                (int)((parser.Current ?? scan.Current)?.Start.Line ?? 1),
                "this is not YAML: something opened near here is never closed"
            );
        }
        return null;
    }

    /// <summary>
    /// Refuses aliases and deep nesting. No pack needs them, and the reader follows both by recursion, so that a harmful file could
    /// overflow the stack and end the process.
    /// </summary>
    static (int Line, string Why)? Refused(Parser parser)
    {
        for (var depth = 0; parser.MoveNext(); )
        {
            var at = parser.Current!;
            depth += at.NestingIncrease;
            if (depth > MaxDepth)
                return ((int)at.Start.Line, $"lists and mappings are nested more than {MaxDepth} deep");
            if (at is AnchorAlias)
                return ((int)at.Start.Line, "an alias (*name) can't be used in a pack; write out what it stands for");
        }
        return null;
    }

    /// <summary>The first such line. The parser only notices that the structure is broken, often at another line.</summary>
    static int? IndentedWithTab(string text)
    {
        var number = 1;
        for (var rest = text.AsSpan(); !rest.IsEmpty; number++)
        {
            var end = rest.IndexOf('\n');
            var line = end < 0 ? rest : rest[..end];
            if (line[..^line.TrimStart(" \t").Length].Contains('\t'))
                return number;
            rest = rest[(line.Length + (end < 0 ? 0 : 1))..];
        }
        return null;
    }

    /// <summary>A required text; "" when it is missing, which is reported.</summary>
    public string Text(string key, Func<string, string?>? check = null) => Take(key, check) ?? Missing(key);

    public string? Optional(string key, Func<string, string?>? check = null) => Take(key, check);

    public bool Flag(string key) =>
        Take(key, t => Formats.Flag(t) is null ? $"\"{t}\" must be true or false" : null) is { } text && Formats.Flag(text) == true;

    public ImmutableArray<string> Texts(string key, bool required)
    {
        var list = TakeList(key, required);
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var node in list)
        {
            if (node is YamlScalarNode { Value: { Length: > 0 } text })
                texts.Add(text);
            else
                Wrong(node, $"{key} of {_what} must be a list of words");
        }
        return texts.ToImmutable();
    }

    public IReadOnlyList<YamlMap> Maps(string key, string what, bool required)
    {
        var maps = new List<YamlMap>();
        foreach (var node in TakeList(key, required))
        {
            if (node is YamlMappingNode map)
                maps.Add(new YamlMap(map, _file, what, _errors));
            else
                Wrong(node, $"{key} of {_what} must be a list of mappings");
        }
        return maps;
    }

    /// <summary>A list of lists of two texts, each with its line; null when the key is missing.</summary>
    public IReadOnlyList<(string First, string Second, int Line)>? Pairs(string key, string example)
    {
        if (!_rest.ContainsKey(key))
            return null;
        var pairs = new List<(string, string, int)>();
        foreach (var node in TakeList(key, required: true))
        {
            if (node is YamlSequenceNode { Children: [YamlScalarNode { Value: { } first }, YamlScalarNode { Value: { } second }] })
                pairs.Add((first, second, (int)node.Start.Line));
            else
                Wrong(node, $"{key} of {_what} must be a list of pairs like {example}");
        }
        return pairs;
    }

    public YamlMap? Map(string key, string what)
    {
        if (!_rest.Remove(key, out var entry))
            return null;
        if (entry.Value is YamlMappingNode map)
            return new YamlMap(map, _file, what, _errors);
        Wrong(entry.Key, $"{key} of {_what} must be a mapping");
        return null;
    }

    public bool Has(string key) => _rest.ContainsKey(key);

    public void Wrong(string message) => WrongAt(Line, message);

    public void WrongAt(int line, string message) => _errors.Add(_file, line, message);

    /// <summary>Reports the keys that weren't taken.</summary>
    public void Done()
    {
        foreach (var (name, (key, _)) in _rest)
            Wrong(key, $"\"{name}\" is no key of {_what}");
    }

    string? Take(string key, Func<string, string?>? check)
    {
        if (!_rest.Remove(key, out var entry))
            return null;
        if (entry.Value is not YamlScalarNode { Value: { } text })
        {
            Wrong(entry.Key, $"{key} of {_what} must be a text");
            return null;
        }
        if (check?.Invoke(text) is { } complaint)
            Wrong(entry.Key, $"{key} of {_what}: {complaint}");
        return text;
    }

    IList<YamlNode> TakeList(string key, bool required)
    {
        if (!_rest.Remove(key, out var entry))
        {
            if (required)
                Missing(key);
            return [];
        }
        if (entry.Value is not YamlSequenceNode list)
        {
            Wrong(entry.Key, $"{key} of {_what} must be a list");
            return [];
        }
        if (required && list.Children.Count == 0)
            Wrong(entry.Key, $"{key} of {_what} must not be empty");
        return list.Children;
    }

    string Missing(string key)
    {
        Wrong($"{key} of {_what} is missing");
        return "";
    }

    void Wrong(YamlNode node, string message) => _errors.Add(_file, (int)node.Start.Line, message);
}
