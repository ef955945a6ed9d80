//! Rules about types, constraints, units and the values of enums.

use super::{E, NONE, W, worst};

compat_rules! {
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
}
