//! Rules about fields that come, go and change their presence.

use super::{E, NONE, W, worst};

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
}
