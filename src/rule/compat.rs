//! Rules about two versions: what the newer one breaks, and whom.

use super::Severity;

/// Fails a check,
const E: Option<Severity> = Some(Severity::Error);
/// is told,
const W: Option<Severity> = Some(Severity::Warn);
/// is no finding.
const NONE: Option<Severity> = None;

const fn worst(backward: Option<Severity>, forward: Option<Severity>, full: Option<Severity>) -> Severity {
    match (backward, forward, full) {
        (Some(Severity::Error), _, _) | (_, Some(Severity::Error), _) | (_, _, Some(Severity::Error)) => {
            Severity::Error
        }
        _ => Severity::Warn,
    }
}

/// Declares rules and lists them. The severities are those of backward, forward and full.
macro_rules! compat_rules {
    ($($name:ident = $id:literal, $kind:ident, [$backward:ident, $forward:ident, $full:ident], $why:literal,
       instead: $way_out:literal, bad: $bad:literal, good: $good:literal;)*) => {
        $(
            #[doc = $why]
            pub static $name: crate::rule::Rule = crate::rule::Rule {
                id: $id,
                category: crate::rule::Category::Compat,
                severity: worst($backward, $forward, $full),
                scope: crate::rule::Scope::Adjustable,
                why: $why,
                bad: crate::rule::example($bad),
                good: crate::rule::example($good),
                compat: Some(crate::rule::Compat {
                    kind: crate::rule::CompatKind::$kind,
                    backward: $backward,
                    forward: $forward,
                    full: $full,
                    way_out: $way_out,
                }),
            };
        )*
        pub(super) static CHANGES: &[&crate::rule::Rule] = &[$(&$name),*];
    };
}

compat_rules! {
    FIELD_REQUIRED_ADDED = "field-required-added", Structural, [E, NONE, E],
        "Rows that were written before lack the field, so that new code cannot read them.",
        instead: "make the field optional, or give it a default",
        bad: r"
# version 1
payload:
  weight: { type: float, from: cow.weight }
# version 2
payload:
  weight: { type: float, from: cow.weight }
  barn: { type: string, from: cow.barn }
",
        good: r"
# version 1
payload:
  weight: { type: float, from: cow.weight }
# version 2
payload:
  weight: { type: float, from: cow.weight }
  barn: { type: string, from: cow.barn, required: false }
";
    FIELD_REQUIRED_REMOVED = "field-required-removed", Structural, [NONE, E, E],
        "Code that is not deployed anew needs the field and does not find it.",
        instead: "keep the field for a while, made optional first, until no reader needs it",
        bad: r"
# version 1
payload:
  weight: { type: float, from: cow.weight }
  barn: { type: string, from: cow.barn }
# version 2
payload:
  weight: { type: float, from: cow.weight }
",
        good: r"
# version 1
payload:
  weight: { type: float, from: cow.weight }
  barn: { type: string, from: cow.barn, required: false }
# version 2
payload:
  weight: { type: float, from: cow.weight }
";
    FIELD_BECAME_REQUIRED = "field-became-required", Structural, [E, NONE, E],
        "Rows that were written before may lack the field, so that new code cannot read them.",
        instead: "leave it optional, or give it a default",
        bad: r"
# version 1
payload:
  barn: { type: string, from: cow.barn, required: false }
# version 2
payload:
  barn: { type: string, from: cow.barn }
",
        good: r"
# version 1
payload:
  barn: { type: string, from: cow.barn, required: false }
# version 2
payload:
  barn: { type: string, from: cow.barn, default: main }
";
    FIELD_BECAME_OPTIONAL = "field-became-optional", Structural, [NONE, E, E],
        "Code that is not deployed anew needs the field, and new rows may lack it.",
        instead: "go on writing it, or give it a default first and make it optional a version later",
        bad: r"
# version 1
payload:
  barn: { type: string, from: cow.barn }
# version 2
payload:
  barn: { type: string, from: cow.barn, required: false }
",
        good: r"
# version 1
payload:
  barn: { type: string, from: cow.barn, default: main }
# version 2
payload:
  barn: { type: string, from: cow.barn, default: main, required: false }
";
    FIELD_BECAME_NULLABLE = "field-became-nullable", Structural, [NONE, E, E],
        "Code that is not deployed anew does not expect null.",
        instead: "leave the field out instead of writing null, or use a field of another name",
        bad: r"
# version 1
payload:
  barn: { type: string, from: cow.barn }
# version 2
payload:
  barn: { type: string, from: cow.barn, nullable: true }
",
        good: r"
# version 1
payload:
  barn: { type: string, from: cow.barn, nullable: true }
# version 2
payload:
  barn: { type: string, from: cow.barn, nullable: true, description: Where it stands. }
";
    FIELD_BECAME_NON_NULLABLE = "field-became-non-nullable", Structural, [E, NONE, E],
        "Rows that were written before may hold null, so that new code cannot read them.",
        instead: "leave it nullable, or use a field of another name",
        bad: r"
# version 1
payload:
  barn: { type: string, from: cow.barn, nullable: true }
# version 2
payload:
  barn: { type: string, from: cow.barn }
",
        good: r"
# version 1
payload:
  barn: { type: string, from: cow.barn, nullable: true }
# version 2
payload:
  barn: { type: string, from: cow.barn, nullable: true }
";
    FIELD_DEFAULT_CHANGED = "field-default-changed", Semantic, [W, W, W],
        "Where the field is absent, old and new code read different values.",
        instead: "write the value instead of leaving it out, or use a field of another name",
        bad: r"
# version 1
payload:
  barn: { type: string, from: cow.barn, required: false, default: main }
# version 2
payload:
  barn: { type: string, from: cow.barn, required: false, default: north }
",
        good: r"
# version 1
payload:
  barn: { type: string, from: cow.barn, required: false, default: main }
# version 2
payload:
  barn: { type: string, from: cow.barn, required: false, default: main }
";
    FIELD_ADDED_TO_SEALED = "field-added-to-sealed", Structural, [NONE, E, E],
        "Readers of the older version refuse fields that they do not know.",
        instead: "open the event first (`unknown_fields: ignore`), and wait until its readers are deployed",
        bad: r"
# version 1
unknown_fields: reject
payload:
  weight: { type: float, from: cow.weight }
# version 2
unknown_fields: reject
payload:
  weight: { type: float, from: cow.weight }
  barn: { type: string, from: cow.barn, required: false }
",
        good: r"
# version 1
payload:
  weight: { type: float, from: cow.weight }
# version 2
payload:
  weight: { type: float, from: cow.weight }
  barn: { type: string, from: cow.barn, required: false }
";
    FIELD_REMOVED_FROM_SEALED = "field-removed-from-sealed", Structural, [E, NONE, E],
        "Rows that were written before hold the field, which new code refuses as unknown.",
        instead: "keep the field as an optional one, or open the event (`unknown_fields: ignore`)",
        bad: r"
# version 1
unknown_fields: reject
payload:
  weight: { type: float, from: cow.weight }
  barn: { type: string, from: cow.barn, required: false }
# version 2
unknown_fields: reject
payload:
  weight: { type: float, from: cow.weight }
",
        good: r"
# version 1
unknown_fields: reject
payload:
  weight: { type: float, from: cow.weight }
  barn: { type: string, from: cow.barn, required: false }
# version 2
unknown_fields: reject
payload:
  weight: { type: float, from: cow.weight }
  barn: { type: string, from: cow.barn, required: false }
";
    EVENT_SEALED = "event-sealed", Structural, [E, NONE, E],
        "Rows of any earlier version may hold fields that the event no longer has, which it refuses from now on.",
        instead: "leave it open (`unknown_fields: ignore`), or keep the fields of earlier versions as optional ones",
        bad: r"
# version 1
payload:
  weight: { type: float, from: cow.weight }
  barn: { type: string, from: cow.barn, required: false }
# version 2
unknown_fields: reject
payload:
  weight: { type: float, from: cow.weight }
",
        good: r"
# version 1
payload:
  weight: { type: float, from: cow.weight }
  barn: { type: string, from: cow.barn, required: false }
# version 2
unknown_fields: reject
payload:
  weight: { type: float, from: cow.weight }
  barn: { type: string, from: cow.barn, required: false }
";
    FIELD_NAME_REUSED = "field-name-reused", Structural, [E, E, E],
        "A name that meant something else before is read as that by code and queries that still know it.",
        instead: "use a name that no version had",
        bad: r"
# version 1
payload:
  weight: { type: float, from: cow.weight }
# version 2: `weight` is gone
# version 3
payload:
  weight: { type: string, from: cow.weight }
",
        good: r"
# version 3
payload:
  weight_text: { type: string, from: cow.weight }
";
    FIELD_RENAME_SUSPECTED = "field-rename-suspected", Semantic, [W, W, W],
        "A field that goes while one of the same type comes is most likely the same under another name, which no reader knows.",
        instead: "keep both fields for a while and write them both",
        bad: r"
# version 1
payload:
  barn: { type: string, from: cow.barn, required: false }
# version 2
payload:
  stable: { type: string, from: cow.stable, required: false }
",
        good: r"
# version 1
payload:
  barn: { type: string, from: cow.barn, required: false }
# version 2
payload:
  barn: { type: string, from: cow.barn, required: false }
  stable: { type: string, from: cow.stable, required: false }
";
    TYPE_CHANGED = "type-changed", Structural, [E, E, E],
        "Neither side can read what the other one writes.",
        instead: "add a field of another name, and keep both for a while",
        bad: r"
# version 1
payload:
  tag: { type: int, from: cow.tag }
# version 2
payload:
  tag: { type: string, from: cow.tag }
",
        good: r"
# version 1
payload:
  tag: { type: int, from: cow.tag }
# version 2
payload:
  tag: { type: int, from: cow.tag }
  tag_text: { type: string, from: cow.tag_text, required: false }
";
    TYPE_WIDENED = "type-widened", Structural, [NONE, E, E],
        "Code that is not deployed anew cannot read the values that the wider type adds.",
        instead: "add a field of the wider type beside it, and keep both for a while",
        bad: r"
# version 1
payload:
  kind: { type: { enum: [cow, calf] }, from: cow.kind }
# version 2
payload:
  kind: { type: string, from: cow.kind }
",
        good: r"
# version 1
payload:
  kind: { type: { enum: [cow, calf] }, from: cow.kind }
# version 2
payload:
  kind: { type: { enum: [cow, calf] }, from: cow.kind }
  breed: { type: string, from: cow.breed, required: false }
";
    TYPE_WIDENED_LOSSY = "type-widened-lossy", Semantic, [W, NONE, W],
        "A whole number beyond 2^53 is another number as a float.",
        instead: "bound it by `min` and `max` within ±9007199254740992, or leave it an int",
        bad: r"
# version 1
payload:
  count: { type: int, from: cow.count }
# version 2
payload:
  count: { type: float, from: cow.count }
",
        good: r"
# version 1
payload:
  count: { type: int, from: cow.count, min: 0, max: 1000 }
# version 2
payload:
  count: { type: float, from: cow.count, min: 0, max: 1000 }
";
    TYPE_NARROWED = "type-narrowed", Structural, [E, NONE, E],
        "Rows that were written before may hold values that the narrower type has not.",
        instead: "leave the type, or add a field of the narrower one",
        bad: r"
# version 1
payload:
  kind: { type: string, from: cow.kind }
# version 2
payload:
  kind: { type: { enum: [cow, calf] }, from: cow.kind }
",
        good: r"
# version 1
payload:
  kind: { type: string, from: cow.kind }
# version 2
payload:
  kind: { type: string, from: cow.kind }
  known_kind: { type: { enum: [cow, calf] }, from: cow.known_kind, required: false }
";
    CONSTRAINT_TIGHTENED = "constraint-tightened", Structural, [E, NONE, E],
        "Rows that were written before may break the constraint, so that new code cannot read them.",
        instead: "leave the constraint, and check where the value is made",
        bad: r"
# version 1
payload:
  weight: { type: int, from: cow.weight, max: 2000 }
# version 2
payload:
  weight: { type: int, from: cow.weight, max: 1000 }
",
        good: r"
# version 1
payload:
  weight: { type: int, from: cow.weight, max: 2000 }
# version 2
payload:
  weight: { type: int, from: cow.weight, max: 2000 }
";
    CONSTRAINT_RELAXED = "constraint-relaxed", Structural, [NONE, E, E],
        "Code that is not deployed anew refuses what the older constraint did not allow.",
        instead: "deploy the readers first: relax the constraint where nobody writes beyond it yet, and accept the break",
        bad: r"
# version 1
payload:
  weight: { type: int, from: cow.weight, max: 1000 }
# version 2
payload:
  weight: { type: int, from: cow.weight, max: 2000 }
",
        good: r"
# version 1
payload:
  weight: { type: int, from: cow.weight, max: 1000 }
# version 2
payload:
  weight: { type: int, from: cow.weight, max: 1000 }
";
    CONSTRAINT_CHANGED = "constraint-changed", Structural, [E, E, E],
        "Values that match the one pattern need not match the other.",
        instead: "add a field with the new pattern, and keep both for a while",
        bad: r"
# version 1
payload:
  tag: { type: string, from: cow.tag, pattern: '^[A-Z]+$' }
# version 2
payload:
  tag: { type: string, from: cow.tag, pattern: '^[0-9]+$' }
",
        good: r"
# version 1
payload:
  tag: { type: string, from: cow.tag, pattern: '^[A-Z]+$' }
# version 2
payload:
  tag: { type: string, from: cow.tag, pattern: '^[A-Z]+$' }
";
    UNIT_CHANGED = "unit-changed", Semantic, [E, E, E],
        "The same number means something else.",
        instead: "add a field with the new unit, named after it, and keep both for a while",
        bad: r"
# version 1
payload:
  weight: { type: float, from: cow.weight, unit: kg }
# version 2
payload:
  weight: { type: float, from: cow.weight, unit: lb }
",
        good: r"
# version 1
payload:
  weight: { type: float, from: cow.weight, unit: kg }
# version 2
payload:
  weight: { type: float, from: cow.weight, unit: kg }
";
    ENUM_VALUE_ADDED = "enum-value-added", Structural, [NONE, E, E],
        "Code that is not deployed anew refuses values that it does not know.",
        instead: "make the enum open, so that readers expect values that they do not know",
        bad: r"
# version 1
payload:
  kind: { type: { enum: [cow, calf] }, from: cow.kind }
# version 2
payload:
  kind: { type: { enum: [cow, calf, bull] }, from: cow.kind }
",
        good: r"
# version 1
payload:
  kind: { type: { enum: [cow, calf], open: true }, from: cow.kind }
# version 2
payload:
  kind: { type: { enum: [cow, calf, bull], open: true }, from: cow.kind }
";
    ENUM_VALUE_REMOVED = "enum-value-removed", Structural, [E, NONE, E],
        "Rows that were written before may hold the value, which new code does not know.",
        instead: "keep the value, and say in its description that it is no longer used",
        bad: r"
# version 1
payload:
  kind: { type: { enum: [cow, calf, bull] }, from: cow.kind }
# version 2
payload:
  kind: { type: { enum: [cow, calf] }, from: cow.kind }
",
        good: r"
# version 1
payload:
  kind: { type: { enum: [cow, calf, bull] }, from: cow.kind }
# version 2
payload:
  kind: { type: { enum: [cow, calf, bull] }, from: cow.kind }
";
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

rules! {
    ALLOW_UNUSED = "allow-unused", Compat, Warn, Adjustable,
        "A rule that nothing breaks is still switched off, and will be when something does.",
        bad: r#"
event_name: cow_fed
event_type: domain
allow: [{ rule: enum-value-added, reason: "consumers checked" }]   # no value was added
"#,
        good: r"
event_name: cow_fed
event_type: domain
";
    ALLOW_EXPIRED = "allow-expired", Compat, Warn, Adjustable,
        "The day until which the rule was switched off is over.",
        bad: r#"
event_name: cow_fed
event_type: domain
allow: [{ rule: enum-value-added, reason: "consumers are told", until: 2020-01-31 }]
"#,
        good: r"
event_name: cow_fed
event_type: domain
";
    ACCEPTS_UNPROVEN = "accepts-unproven", Compat, Error, Adjustable,
        "A break was accepted that the version does not make, so that it is not known any more what was accepted.",
        bad: r#"
event_name: cow_fed
event_type: domain
accepts: [{ rule: type-changed, path: weight, reason: "nobody reads it" }]   # the type is as it was
"#,
        good: r"
event_name: cow_fed
event_type: domain
";
}
