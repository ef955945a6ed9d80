//! Payload fields: a table of kinds, and how one is written.

use std::fmt::Write;

use super::dice::Dice;
use super::words::REMARKS;

/// A kind of field: its name, its type (none: `json`), and its other keys.
pub(super) type Kind = (&'static str, &'static str, &'static [&'static str]);

/// The kinds of field; their number is a prime, so that any step visits all of them.
#[rustfmt::skip]
pub(super) const KINDS: [Kind; 37] = [
    ("active", "bool", &[]),
    ("amount", "Money", &[]),
    ("attachments", "{ list: { type: string, max_length: 200 } }", &["max_length: 10"]),
    ("tries", "int", &["min: 0"]),
    ("channel", "{ enum: [web, app, phone, branch], open: true }", &[]),
    ("checksum", "bytes", &[]),
    ("closed_at", "timestamp", &["nullable: true"]),
    ("counters", "map<int>", &[]),
    ("country", "CountryCode", &[]),
    ("currency", "{ enum: [eur, usd, gbp] }", &[]),
    ("details", "", &[]),
    ("discount", "decimal", &["min: 0", "max: 100", "unit: percent"]),
    ("due_date", "date", &[]),
    ("duration", "int", &["min: 0", "unit: ms"]),
    ("email", "string", &["max_length: 254", "pii: true"]),
    ("external_id", "uuid", &[]),
    ("full_name", "string", &["pii: true"]),
    ("labels", "map<string>", &[]),
    ("length", "float", &["min: 0", "unit: cm"]),
    ("lines", "list<OrderLine>", &[]),
    ("locale", "string", &["pattern: '^[a-z]{2}(-[A-Z]{2})?$'", "examples: [en, de-AT]"]),
    ("note_code", "string", &["min_length: 2", "max_length: 8"]),
    ("opened_at", "timestamp", &[]),
    ("phone", "string", &[r"pattern: '^\+?[0-9 ]{6,20}$'", "pii: true"]),
    ("position", "GeoPoint", &[]),
    ("priority", "{ enum: [low, normal, high] }", &["default: normal"]),
    ("quantity", "int", &["min: 1", "max: 10000"]),
    ("reference", "string", &["max_length: 40"]),
    ("scores", "list<float>", &[]),
    ("ship_to", "Address", &[]),
    ("sku", "Sku", &["examples: [ABC-1234]"]),
    ("source_system", "string", &[]),
    ("tags", "list<string>", &["max_length: 20"]),
    ("tax_rate", "decimal", &["default: 0.2"]),
    ("total", "decimal", &["min: 0"]),
    ("urgent", "bool", &["default: false"]),
    ("weight", "float", &["min: 0", "max: 50000", "unit: kg"]),
];

/// A kind of its own: an object in an object.
pub(super) const SNAPSHOT: Kind = (
    "snapshot",
    "{ object: { state: { type: { enum: [open, closed] } }, counted: { type: int, min: 0 }, \
     place: { type: { object: { hall: { type: string }, row: { type: int, required: false } } } } } }",
    &[],
);

/// The value of a passthrough input.
pub(super) const NOTE: Kind = ("note", "string", &["max_length: 2000"]);
/// The fields that a changed event has more, strings all of them, in their order.
#[rustfmt::skip]
pub(super) const ADDED: [&str; 11] = [
    "added_reference", "batch_reference", "customer_reference", "dispatch_reference", "export_reference", "file_reference",
    "grant_reference", "hall_reference", "import_reference", "job_reference", "key_reference",
];

/// Whether a field is always there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    Required,
    Optional,
}

/// Appends a field that reads the attribute of its own name of `input`.
pub(super) fn reading(text: &mut String, kind: Kind, input: &str, presence: Presence, dice: &mut Dice) {
    let from = if dice.percent(15) {
        vec![format!("from: {input}"), format!("attr: {}", kind.0)]
    } else {
        vec![format!("from: {input}.{}", kind.0)]
    };
    write(text, kind, from, presence, dice);
}

/// Appends a field that is `input` itself.
pub(super) fn passing(text: &mut String, kind: Kind, input: &str, dice: &mut Dice) {
    write(text, kind, vec![format!("from: {input}")], Presence::Required, dice);
}

fn write(text: &mut String, kind: Kind, from: Vec<String>, presence: Presence, dice: &mut Dice) {
    let (name, field_type, others) = kind;
    let mut keys = Vec::new();
    if !field_type.is_empty() {
        keys.push(format!("type: {field_type}"));
    }
    keys.extend(from);
    keys.extend(others.iter().map(ToString::to_string));
    if presence == Presence::Optional {
        keys.push("required: false".into());
    }
    if dice.percent(18) {
        keys.push(format!("description: {}", dice.pick(&REMARKS)));
    }
    if dice.percent(30) {
        in_flow(text, name, &keys);
    } else {
        in_block(text, name, &keys);
    }
}

fn in_flow(text: &mut String, name: &str, keys: &[String]) {
    writeln!(text, "  {name}: {{ {} }}", keys.join(", ")).expect("a string takes any text");
}

fn in_block(text: &mut String, name: &str, keys: &[String]) {
    writeln!(text, "  {name}:\n    {}", keys.join("\n    ")).expect("a string takes any text");
}
