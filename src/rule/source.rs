//! Rules about the files.

rules! {
    YAML_SYNTAX = "yaml-syntax", Source, Error, Fixed,
        "A file that is not YAML defines nothing, and leaving it out would retire its events.",
        bad: r"
event_name: cow_fed
event_type: domain
description: Fed: a cow, by its farmer.
",
        good: r#"
event_name: cow_fed
event_type: domain
description: "Fed: a cow, by its farmer."
"#;
    DEFINITION_CONFLICT = "definition-conflict", Source, Error, Fixed,
        "A merge left conflict markers: only a person knows what both sides meant.",
        bad: r"
event_name: cow_fed
<<<<<<< HEAD
event_type: domain
=======
event_type: public
>>>>>>> topic
",
        good: r"
event_name: cow_fed
event_type: public
";
    YAML_ENCODING = "yaml-encoding", Source, Error, Fixed,
        "Definitions are UTF-8, so that every tool reads the same text.",
        bad: r"
$ file events/cow.yaml
events/cow.yaml: ISO-8859 text
",
        good: r"
$ iconv -f ISO-8859-1 -t UTF-8 events/cow.yaml > cow.utf8 && mv cow.utf8 events/cow.yaml
$ file events/cow.yaml
events/cow.yaml: Unicode text, UTF-8 text
";
    YAML_LIMIT = "yaml-limit", Source, Error, Fixed,
        "Files, nesting and aliases have limits, so that no input can exhaust the machine that reads it.",
        bad: r"
x-a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
x-b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
x-c: &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
x-d: [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]
event_name: cow_fed
event_type: domain
",
        good: r"
x-a: &a [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
x-b: [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
event_name: cow_fed
event_type: domain
";
    YAML_FEATURE = "yaml-feature", Source, Error, Fixed,
        "Tags, merge keys and composite keys mean different things to different readers of YAML.",
        bad: r"
x-ours: &ours { owner: team-barn }
event_name: cow_fed
event_type: domain
<<: *ours
",
        good: r"
event_name: cow_fed
event_type: domain
owner: team-barn
";
    DUPLICATE_KEY = "duplicate-key", Source, Error, Fixed,
        "Of two equal keys one would be dropped in silence.",
        bad: r"
event_name: cow_fed
event_type: domain
owner: team-barn
owner: team-milk
",
        good: r"
event_name: cow_fed
event_type: domain
owner: team-milk
";
    FILE_UNREADABLE = "file-unreadable", Source, Error, Fixed,
        "What cannot be read cannot be checked, and leaving it out would retire its events.",
        bad: r"
$ ls -l events/
----------  farmer  cow.yaml
",
        good: r"
$ chmod 644 events/cow.yaml
$ ls -l events/
-rw-r--r--  farmer  cow.yaml
";
    DEFINITIONS_MISSING = "definitions-missing", Source, Error, Fixed,
        "A mistyped path would look like a project whose events are all gone.",
        bad: r#"
# evt.toml; the definitions stand in `events`
[definitions]
paths = ["event"]
"#,
        good: r#"
# evt.toml; a project that only reads a schema file says `paths = []`
[definitions]
paths = ["events"]
"#;
}
