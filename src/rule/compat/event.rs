//! Rules about events as a whole: whether they are there, and how they are delivered.

use super::{E, W, worst};

compat_rules! {
    EVENT_REMOVED = "event-removed", Semantic, [E, E, E],
        "Whoever builds on the event waits for it in vain, and was not told.",
        instead: "say so under `removed` with a reason, use `renamed_from`, or set `deprecated: { sunset: … }` and remove it after that day",
        bad: r"
# `cow_sold` stood in events/cow.yaml, and no more
",
        good: r#"
# events/cow.yaml
removed: { cow_sold: { reason: "The farm gives cows away." } }
"#;
    EVENT_TYPE_CHANGED = "event-type-changed", Semantic, [W, W, W],
        "Consumers that choose events by their type no longer get this one.",
        instead: "leave the type, or tell the consumers first",
        bad: r"
# version 1
event_type: domain
payload:
  weight: { type: float, from: cow.weight }
# version 2
event_type: integration
payload:
  weight: { type: float, from: cow.weight }
",
        good: r"
# version 1
event_type: domain
payload:
  weight: { type: float, from: cow.weight }
# version 2
event_type: domain
payload:
  weight: { type: float, from: cow.weight }
";
    DELIVERY_CHANGED = "delivery-changed", Semantic, [W, W, W],
        "An event that leaves the broker no longer reaches who reads it there.",
        instead: "leave `process_type: broker`, or tell the consumers first",
        bad: r"
# version 1
process_type: broker
payload:
  weight: { type: float, from: cow.weight }
# version 2
process_type: durable
payload:
  weight: { type: float, from: cow.weight }
",
        good: r"
# version 1
process_type: broker
payload:
  weight: { type: float, from: cow.weight }
# version 2
process_type: broker
payload:
  weight: { type: float, from: cow.weight }
";
    COMPAT_WEAKENED = "compat-weakened", Semantic, [W, W, W],
        "What the event promised its readers is no longer promised.",
        instead: "leave the mode, and accept the one break by `accepts`",
        bad: r"
# version 1
compat: full
payload:
  weight: { type: float, from: cow.weight }
# version 2
compat: backward
payload:
  weight: { type: float, from: cow.weight }
",
        good: r"
# version 1
compat: full
payload:
  weight: { type: float, from: cow.weight }
# version 2
compat: full
payload:
  weight: { type: float, from: cow.weight }
";
    AGGREGATE_CHANGED = "aggregate-changed", Semantic, [W, E, E],
        "Events of one thing are published under another key from now on, so that their order is lost where the two meet.",
        instead: "use a new event",
        bad: r"
# version 1
aggregate: { type: Cow, id: cow.id }
payload:
  weight: { type: float, from: cow.weight }
# version 2
aggregate: { type: Cow, id: cow.tag }
payload:
  weight: { type: float, from: cow.weight }
",
        good: r"
# version 1
aggregate: { type: Cow, id: cow.id }
payload:
  weight: { type: float, from: cow.weight }
# version 2
aggregate: { type: Cow, id: cow.id }
payload:
  weight: { type: float, from: cow.weight }
";
    PARTITION_KEY_CHANGED = "partition-key-changed", Semantic, [W, E, E],
        "Events of one key are published under another one from now on, so that their order is lost where the two meet.",
        instead: "use a new event",
        bad: r"
# version 1
partition_key: cow.id
payload:
  weight: { type: float, from: cow.weight }
# version 2
partition_key: cow.barn
payload:
  weight: { type: float, from: cow.weight }
",
        good: r"
# version 1
partition_key: cow.id
payload:
  weight: { type: float, from: cow.weight }
# version 2
partition_key: cow.id
payload:
  weight: { type: float, from: cow.weight }
";
}
