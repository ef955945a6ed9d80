//! Rules about the schema file: its integrity, its history, and drift from it.

rules! {
    SCHEMA_FILE_SYNTAX = "schema-file-syntax", History, Error, Fixed,
        "A schema file that was cut or mangled cannot be trusted, and nothing is written over it.",
        bad: r#"
{
  "evt": 1,
  "events": [
    {
      "event_name": "cow_fed",
      "event_versi
"#,
        good: r"
$ git checkout -- schemas/events.json
$ evt dump
";
    SCHEMA_FILE_CONFLICT = "schema-file-conflict", History, Error, Fixed,
        "A merge left its conflict markers in the schema file; both sides hold versions that must stay.",
        bad: r#"
<<<<<<< HEAD
      "event_version": 2,
=======
      "event_version": 3,
>>>>>>> topic
"#,
        good: r"
# once `evt init` has set up `evt merge-driver`:
$ git checkout --merge -- schemas/events.json
$ evt dump
";
    SCHEMA_FILE_NEWER = "schema-file-newer", History, Error, Fixed,
        "The file was written by a newer evt, which may mean things that this one does not know.",
        bad: r#"
{
  "evt": 2,
  "events": []
}
"#,
        good: r#"
{
  "evt": 1,
  "events": []
}
"#;
    SCHEMA_FILE_ORDER = "schema-file-order", History, Error, Fixed,
        "Entries are sorted by name and version, so that the same content has the same bytes.",
        bad: r#"
{ "event_name": "cow_sold", "event_version": 1, … },
{ "event_name": "cow_fed", "event_version": 1, … }
"#,
        good: r#"
{ "event_name": "cow_fed", "event_version": 1, … },
{ "event_name": "cow_sold", "event_version": 1, … }
"#;
    HISTORY_VERSION_GAP = "history-version-gap", History, Error, Fixed,
        "Versions are 1 to N without a gap; a missing one was lost, and its rows with it.",
        bad: r#"
{ "event_name": "cow_fed", "event_version": 1, … },
{ "event_name": "cow_fed", "event_version": 3, … }
"#,
        good: r#"
{ "event_name": "cow_fed", "event_version": 1, … },
{ "event_name": "cow_fed", "event_version": 2, … },
{ "event_name": "cow_fed", "event_version": 3, … }
"#;
    HISTORY_VERSION_DUPLICATED = "history-version-duplicated", History, Error, Fixed,
        "A version has one contract; two entries of one number are two branches that met.",
        bad: r#"
{ "event_name": "cow_fed", "event_version": 2, … "fingerprint": "1f0c…" … },
{ "event_name": "cow_fed", "event_version": 2, … "fingerprint": "9ab7…" … }
"#,
        good: r#"
{ "event_name": "cow_fed", "event_version": 2, … "fingerprint": "1f0c…" … },
{ "event_name": "cow_fed", "event_version": 3, … "fingerprint": "9ab7…", "previous": "1f0c…" … }
"#;
    HISTORY_FINGERPRINT_MISMATCH = "history-fingerprint-mismatch", History, Error, Fixed,
        "The entry was edited by hand: its contract is not the one that was fingerprinted.",
        bad: r#"
# schemas/events.json, edited by hand
-        { "name": "weight", "required": true, "from": "cow", "attr": "weight", "type": "float" }
+        { "name": "weight", "required": true, "from": "cow", "attr": "weight", "type": "int" }
"#,
        good: r"
# events/cow.yaml, after which `evt dump` adds a version
-  weight: { type: float, from: cow.weight }
+  weight: { type: int, from: cow.weight }
";
    HISTORY_CHAIN_BROKEN = "history-chain-broken", History, Error, Fixed,
        "`previous` of each version is the fingerprint of the version before, so that none can be slipped in or out.",
        bad: r#"
{ "event_name": "cow_fed", "event_version": 1, … "fingerprint": "1f0c…", "previous": null },
{ "event_name": "cow_fed", "event_version": 2, … "fingerprint": "9ab7…", "previous": "4e21…" }
"#,
        good: r#"
{ "event_name": "cow_fed", "event_version": 1, … "fingerprint": "1f0c…", "previous": null },
{ "event_name": "cow_fed", "event_version": 2, … "fingerprint": "9ab7…", "previous": "1f0c…" }
"#;
    HISTORY_VERSION_REMOVED = "history-version-removed", History, Error, Fixed,
        "Rows of that version may still be stored or in flight; committed versions stay.",
        bad: r"
cow_fed in schemas/events.json
  at origin/main:  versions 1, 2
  here:            version 1
",
        good: r"
cow_fed in schemas/events.json
  at origin/main:  versions 1, 2
  here:            versions 1, 2, 3
";
    HISTORY_VERSION_REWRITTEN = "history-version-rewritten", History, Error, Fixed,
        "Consumers rely on the contract that they read under that number.",
        bad: r"
cow_fed in schemas/events.json
  at origin/main:  version 2 is 9ab7…
  here:            version 2 is 4e21…
",
        good: r"
cow_fed in schemas/events.json
  at origin/main:  version 2 is 9ab7…
  here:            version 2 is 9ab7…, version 3 is 4e21…
";
    HISTORY_ACCEPTS_REMOVED = "history-accepts-removed", History, Error, Fixed,
        "An accepted break is sealed with its version, so that it stays known who accepted what, and why.",
        bad: r#"
# cow_fed, version 2, in schemas/events.json
-      "accepts": [
-        { "rule": "field-required-removed", "path": "note", "reason": "nobody reads it" }
-      ],
"#,
        good: r#"
# cow_fed, version 2, in schemas/events.json: as the base has it
       "accepts": [
         { "rule": "field-required-removed", "path": "note", "reason": "nobody reads it" }
       ],
"#;
    HISTORY_UNREADABLE = "history-unreadable", History, Error, Fixed,
        "The schema file of the base cannot be read, so nothing can be proven against it.",
        bad: r"
$ git show origin/main:schemas/events.json
<<<<<<< HEAD
…
$ evt verify --against origin/main
",
        good: r"
# origin/main is mended first; until then a commit that is whole:
$ evt verify --against origin/main~1
";
    DRIFT_SCHEMA_MISSING = "drift-schema-missing", Drift, Error, Fixed,
        "The schema file is committed, so that everybody reads the same contracts.",
        bad: r"
$ ls
events/  evt.toml
$ evt verify
",
        good: r"
$ evt dump
$ git add schemas/events.json
$ evt verify
";
    DRIFT_EVENT_ADDED = "drift-event-added", Drift, Error, Fixed,
        "The event is defined, but the schema file does not hold it, so nobody can read it.",
        bad: r"
$ evt new event cow_milked
$ evt verify
",
        good: r"
$ evt new event cow_milked
$ evt dump
$ evt verify
";
    DRIFT_EVENT_CHANGED = "drift-event-changed", Drift, Error, Fixed,
        "The contract of the definition is not that of the latest version in the schema file.",
        bad: r"
# events/cow.yaml; `evt dump` has not run since
-  weight: { type: float, from: cow.weight }
+  weight: { type: decimal, from: cow.weight }
",
        good: r"
$ evt dump
$ git add events/ schemas/events.json
";
    DRIFT_EVENT_RETIRED = "drift-event-retired", Drift, Error, Fixed,
        "The event is no longer defined, but the schema file holds it as live.",
        bad: r"
$ git rm events/cow_sold.yaml
$ evt verify
",
        good: r#"
# in a definition file, then `evt dump`
removed: { cow_sold: { reason: "The farm gives cows away." } }
"#;
    DRIFT_METADATA = "drift-metadata", Drift, Error, Fixed,
        "What the definition says besides the contract is not what the schema file holds.",
        bad: r"
# events/cow.yaml; `evt dump` has not run since
-process_type: durable
+process_type: broker
",
        good: r"
$ evt dump
$ git add events/ schemas/events.json
";
    DRIFT_LAYOUT = "drift-layout", Drift, Error, Fixed,
        "Same content, same bytes: the file is not laid out as `evt dump` writes it.",
        bad: r"
$ prettier --write schemas/events.json
$ evt verify
",
        good: r"
$ echo schemas/events.json >> .prettierignore
$ evt dump
";
    DRIFT_RUST = "drift-rust", Drift, Error, Fixed,
        "The generated Rust is committed beside the schema file, so that what is built is what was agreed on.",
        bad: r"
# src/events.rs, edited by hand
-            pub weight: f64,
+            pub weight: i64,
",
        good: r"
# events/cow.yaml, after which `evt dump` writes src/events.rs
-  weight: { type: float, from: cow.weight }
+  weight: { type: int, from: cow.weight }
";
}
