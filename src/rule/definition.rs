//! Rules about the form of definitions: their kinds, keys, values and names.

rules! {
    DEFINITION_KIND = "definition-kind", Definition, Error, Fixed,
        "A document is an event (`event_name`), a family (`lifecycle`) or a register (`types`, `subjects`, `removed`).",
        bad: r"
subjects:
  cow: { description: A cow of ours. }
event_name: cow_fed
event_type: domain
subject: cow
",
        good: r"
subjects:
  cow: { description: A cow of ours. }
---
event_name: cow_fed
event_type: domain
subject: cow
";
    UNKNOWN_KEY = "unknown-key", Definition, Error, Fixed,
        "A mistyped key would be ignored in silence; keys that begin with `x-` are yours.",
        bad: r"
event_name: cow_fed
event_type: domain
descripton: A cow was fed.
ticket: FARM-12
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
x-ticket: FARM-12
";
    MISSING_KEY = "missing-key", Definition, Error, Fixed,
        "Without this key the definition is not complete, and evt makes nothing up.",
        bad: r"
event_name: cow_fed
",
        good: r"
event_name: cow_fed
event_type: domain
";
    WRONG_KIND = "wrong-kind", Definition, Error, Fixed,
        "A value of another kind than the key takes could only be guessed at.",
        bad: r"
event_name: cow_fed
event_type: domain
description: [A cow was fed., By its farmer.]
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed. By its farmer.
";
    UNKNOWN_VALUE = "unknown-value", Definition, Error, Fixed,
        "The key takes one of a few words; any other would mean nothing.",
        bad: r"
event_name: cow_fed
event_type: domain
process_type: durabel
",
        good: r"
event_name: cow_fed
event_type: domain
process_type: durable
";
    CONFLICTING_KEYS = "conflicting-keys", Definition, Error, Fixed,
        "Two keys that say the same thing can disagree.",
        bad: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  weight:
    type: float
    from: cow.weight
    attr: mass
",
        good: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  weight:
    type: float
    from: cow.weight
";
    INVALID_NAME = "invalid-name", Definition, Error, Fixed,
        "Names become columns, topics and Rust items: `snake_case`, for types `UpperCamelCase`.",
        bad: r"
event_name: CowFed
event_type: domain
",
        good: r"
event_name: cow_fed
event_type: domain
";
    RESERVED_NAME = "reserved-name", Definition, Error, Fixed,
        "The envelope or the outbox has a field of this name already.",
        bad: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  created_at: { type: timestamp, from: cow.born_at }
",
        good: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  born_at: { type: timestamp, from: cow.born_at }
";
    LIFECYCLE_VERB = "lifecycle-verb", Definition, Error, Fixed,
        "`on` adds to the verbs that `lifecycle` lists, each of them once.",
        bad: r"
subjects: { export: { description: A file that is written for a user. } }
---
lifecycle: [started, failed]
subject: export
event_type: product
on:
  faild: { description: No file was written. }
",
        good: r"
subjects: { export: { description: A file that is written for a user. } }
---
lifecycle: [started, failed]
subject: export
event_type: product
on:
  failed: { description: No file was written. }
";
    LIFECYCLE_REDECLARED = "lifecycle-redeclared", Definition, Error, Fixed,
        "What `on` adds must not change what all verbs share.",
        bad: r"
subjects: { export: { description: A file that is written for a user. } }
---
lifecycle: [started, failed]
subject: export
event_type: product
inputs:
  export: required
payload:
  format: { type: string, from: export.format }
on:
  failed:
    inputs: { export: optional }
",
        good: r"
subjects: { export: { description: A file that is written for a user. } }
---
lifecycle: [started, failed]
subject: export
event_type: product
inputs:
  export: required
payload:
  format: { type: string, from: export.format }
on:
  failed:
    inputs: { error: required }
    payload:
      error_class: { type: string, from: error.class }
";
}
