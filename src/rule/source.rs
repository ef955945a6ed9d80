//! Rules about the files.

rules! {
    YAML_SYNTAX = "yaml-syntax", Source, Error, Fixed,
        "A file that is not YAML defines nothing.",
        bad: "",
        good: "";
    YAML_ENCODING = "yaml-encoding", Source, Error, Fixed,
        "Definitions are UTF-8, so that every tool reads the same text.",
        bad: "",
        good: "";
    YAML_LIMIT = "yaml-limit", Source, Error, Fixed,
        "Files, nesting and aliases have limits, so that no input can exhaust the machine that reads it.",
        bad: "",
        good: "";
    YAML_FEATURE = "yaml-feature", Source, Error, Fixed,
        "Tags, merge keys and composite keys mean different things to different readers of YAML.",
        bad: "",
        good: "";
    DUPLICATE_KEY = "duplicate-key", Source, Error, Fixed,
        "Of two equal keys one would be dropped in silence.",
        bad: "",
        good: "";
    FILE_UNREADABLE = "file-unreadable", Source, Error, Fixed,
        "What cannot be read cannot be checked, and leaving it out would retire its events.",
        bad: "",
        good: "";
    DEFINITIONS_MISSING = "definitions-missing", Source, Error, Fixed,
        "A mistyped path would look like a project whose events are all gone.",
        bad: "",
        good: "";
}
