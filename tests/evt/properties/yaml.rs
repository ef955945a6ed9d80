//! Contracts written as definitions: JSON, which is YAML, in one of several spellings.

use evt::event::Contract;
use evt::field_type::{Field, FieldType, Flags, Item, Openness, ScalarType};
use evt::fingerprint::compact_json;
use serde_json::Value;

/// How a contract is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spelling {
    /// `from: a.b`, `list<string>`, nothing that says nothing.
    Short,
    /// `from: a` with `attr: b`, `{ list: { type: string } }`, and all that says nothing.
    Long,
}

/// The document of an event.
pub(super) fn document(contract: &Contract, spelling: Spelling) -> String {
    let inputs = [(&contract.required_inputs, true), (&contract.optional_inputs, false)];
    let inputs =
        inputs.into_iter().flat_map(|(names, required)| names.iter().map(move |name| (name, required)));
    let inputs = inputs.map(|(name, required)| (name.clone(), input(required, spelling)));
    let fields =
        contract.payload_fields.iter().map(|field| (field.name.clone(), payload_field(field, spelling)));
    let document = object(vec![
        ("event_name".to_owned(), text(&contract.event_name)),
        ("event_type".to_owned(), text(&contract.event_type)),
        ("inputs".to_owned(), object(inputs.collect())),
        ("payload".to_owned(), object(fields.collect())),
    ]);
    // Raw in JSON, but no printable character of YAML.
    document.replace('\u{7f}', "\\u007f")
}

fn text(text: &str) -> String {
    compact_json(&Value::from(text))
}

/// A mapping whose keys stand in the given order.
fn object(members: Vec<(String, String)>) -> String {
    let members: Vec<String> =
        members.into_iter().map(|(key, value)| format!("{}: {value}", text(&key))).collect();
    format!("{{ {} }}", members.join(", "))
}

fn input(required: bool, spelling: Spelling) -> String {
    match (spelling, required) {
        (Spelling::Short, true) => "required".to_owned(),
        (Spelling::Short, false) => "optional".to_owned(),
        (Spelling::Long, required) => format!("{{ required: {required} }}"),
    }
}

fn payload_field(field: &Field, spelling: Spelling) -> String {
    let from = field.from.as_deref().expect("a payload field reads an input");
    let mut members = match (&field.attr, spelling) {
        (Some(attr), Spelling::Short) => vec![("from".to_owned(), text(&format!("{from}.{attr}")))],
        (Some(attr), Spelling::Long) => {
            vec![("attr".to_owned(), text(attr)), ("from".to_owned(), text(from))]
        }
        (None, _) => vec![("from".to_owned(), text(from))],
    };
    members.extend(said_of(field, spelling));
    object(members)
}

fn said_of(field: &Field, spelling: Spelling) -> Vec<(String, String)> {
    let mut members = item_members(&field.item, spelling);
    if !field.required || spelling == Spelling::Long {
        members.push(("required".to_owned(), field.required.to_string()));
    }
    members
}

fn item_members(item: &Item, spelling: Spelling) -> Vec<(String, String)> {
    let mut members = flags(&item.flags, spelling);
    let is_json = item.field_type.scalar() == Some(ScalarType::Json);
    if !is_json || spelling == Spelling::Long {
        members.push(("type".to_owned(), field_type(&item.field_type, spelling)));
    }
    members
}

fn flags(flags: &Flags, spelling: Spelling) -> Vec<(String, String)> {
    let nullable = (flags.nullable || spelling == Spelling::Long).then(|| flags.nullable.to_string());
    let all = [
        ("unit", flags.unit.as_deref().map(text)),
        ("pattern", flags.pattern.as_deref().map(text)),
        ("max_length", flags.max_length.map(|length| length.to_string())),
        ("min_length", flags.min_length.map(|length| length.to_string())),
        ("max", flags.max.map(|bound| bound.to_string())),
        ("min", flags.min.map(|bound| bound.to_string())),
        ("default", flags.default.as_deref().map(compact_json)),
        ("nullable", nullable),
    ];
    all.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?))).collect()
}

fn field_type(field_type: &FieldType, spelling: Spelling) -> String {
    if let (Some(short), Spelling::Short) = (short(field_type), spelling) {
        return short;
    }
    match field_type {
        FieldType::Scalar(scalar) => scalar.to_string(),
        FieldType::List(inner) => format!("{{ list: {} }}", item(inner, spelling)),
        FieldType::Map(inner) => format!("{{ map: {} }}", item(inner, spelling)),
        FieldType::Enum(values) => {
            let open = match (values.openness, spelling) {
                (Openness::Open, _) => ", open: true",
                (Openness::Closed, Spelling::Long) => ", open: false",
                (Openness::Closed, Spelling::Short) => "",
            };
            format!("{{ enum: {}{open} }}", compact_json(&Value::from(values.values.clone())))
        }
        FieldType::Object(fields) => {
            let fields = fields.iter().map(|field| (field.name.clone(), object(said_of(field, spelling))));
            format!("{{ object: {} }}", object(fields.collect()))
        }
    }
}

/// `list<string>` and its like, for what can be written so.
fn short(field_type: &FieldType) -> Option<String> {
    let plain = |item: &Item| {
        if *item == Item::plain(item.field_type.clone()) { short(&item.field_type) } else { None }
    };
    match field_type {
        FieldType::Scalar(scalar) => Some(scalar.to_string()),
        FieldType::List(item) => Some(format!("list<{}>", plain(item)?)),
        FieldType::Map(item) => Some(format!("map<{}>", plain(item)?)),
        FieldType::Enum(_) | FieldType::Object(_) => None,
    }
}

/// What stands in `{ list: … }`.
fn item(item: &Item, spelling: Spelling) -> String {
    let is_plain = *item == Item::plain(item.field_type.clone());
    if is_plain && spelling == Spelling::Short {
        return field_type(&item.field_type, spelling);
    }
    let mut members = flags(&item.flags, spelling);
    members.push(("type".to_owned(), field_type(&item.field_type, spelling)));
    object(members)
}
