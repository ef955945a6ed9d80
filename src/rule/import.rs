//! Rules about what is taken over from other tools.

rules! {
    IMPORT_SYNTAX = "import-syntax", Import, Error, Fixed,
        "What is not as the other tool writes it could only be guessed at, and history is no matter for guesses.",
        bad: r"
$ evt import event-engine db/event_schema.rb
",
        good: r"
$ bin/rails event_engine:schema:dump
$ evt import event-engine db/event_schema.json
";
    IMPORT_HISTORY = "import-history", Import, Error, Fixed,
        "Versions are numbered without a gap, and each has the fingerprint of what it says: or rows that were written under \
         them could not be told apart.",
        bad: r#"
[
  { "event_name": "cow_fed", "event_version": 1, … },
  { "event_name": "cow_fed", "event_version": 3, … }
]
"#,
        good: r#"
[
  { "event_name": "cow_fed", "event_version": 1, … },
  { "event_name": "cow_fed", "event_version": 2, … }
]
"#;
    IMPORT_CONFLICT = "import-conflict", Import, Error, Fixed,
        "Nothing that exists is overwritten: an event has one history and one definition.",
        bad: r"
$ ls events
cow_fed.yaml
$ evt import event-engine db/event_schema.json   # it holds a `cow_fed`, too
",
        good: r"
$ git mv events/cow_fed.yaml events/cow_fed_before.yaml   # and rename the event in it
$ evt import event-engine db/event_schema.json
";
    IMPORT_NOT_DEFINED = "import-not-defined", Import, Warn, Adjustable,
        "What no definition can say is kept in the history alone, so that it has no emit helper from now on.",
        bad: r#"
[{ "event_name": "cow.fed", "event_version": 1, … }]
"#,
        good: r#"
[{ "event_name": "cow_fed", "event_version": 1, … }]
"#;
    IMPORT_LEFT_OUT = "import-left-out", Import, Warn, Adjustable,
        "What evt does not know of the other tool's file is lost unless somebody takes it over by hand.",
        bad: r#"
[{ "event_name": "cow_fed", "event_version": 1, "owner": "team-barn", … }]
"#,
        good: r"
event_name: cow_fed
owner: team-barn
";
}
