//! A payload as flat lines: one for each place that a value can stand at, such as `lines[].sku`.

use crate::event::{Contract, Deprecation};
use crate::field_type::{EnumType, Field, FieldType, Flags, Item, Notes, Openness};
use crate::fingerprint::compact_json;

/// A place of a payload and all that is said about it, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// Where it is; `[]` goes into a list, `{}` into a map.
    pub path: String,
    /// Its type, such as `list<Money>`; what objects and named types hold stands in places of its own.
    pub type_text: String,
    /// Whether a value is there, and what is there without one, such as `optional, nullable`.
    pub presence: String,
    /// Its bounds, such as `min 0`.
    pub constraints: Vec<String>,
    /// Its unit of measure.
    pub unit: Option<String>,
    /// What it is read from, such as `cow.weight`.
    pub source: Option<String>,
    /// Whether it is personal data.
    pub is_pii: bool,
    /// What it is, for people.
    pub description: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: Option<Deprecation>,
}

/// All places of a contract's payload, in declared order, the outer ones first.
#[must_use]
pub fn outline(contract: &Contract) -> Vec<Place> {
    let mut places = Vec::new();
    fields("", &contract.payload_fields, &mut places);
    places
}

/// The places of one field of a payload.
pub(crate) fn outline_of_field(field: &Field) -> Vec<Place> {
    let mut places = Vec::new();
    fields("", std::slice::from_ref(field), &mut places);
    places
}

fn fields(prefix: &str, declared: &[Field], places: &mut Vec<Place>) {
    for field in declared {
        let path = format!("{prefix}{}", field.name);
        let presence = if field.required { "required" } else { "optional" };
        places.push(Place { source: source(field), ..place(&path, Some(presence), &field.item) });
        inside(&path, &field.item.field_type, places);
    }
}

fn inside(path: &str, field_type: &FieldType, places: &mut Vec<Place>) {
    match field_type {
        FieldType::Scalar(_) | FieldType::Enum(_) => {}
        FieldType::List(item) => element(&format!("{path}[]"), item, places),
        FieldType::Map(item) => element(&format!("{path}{{}}"), item, places),
        FieldType::Object(declared) => fields(&format!("{path}."), declared, places),
    }
}

/// An item of a list or a map: a place of its own only where something is said about it.
fn element(path: &str, item: &Item, places: &mut Vec<Place>) {
    let unsaid = Notes { named: item.notes.named.clone(), ..Notes::default() };
    if *item.flags != Flags::default() || *item.notes != unsaid {
        places.push(place(path, None, item));
    }
    inside(path, &item.field_type, places);
}

fn place(path: &str, presence: Option<&str>, item: &Item) -> Place {
    Place {
        path: path.to_owned(),
        type_text: readable_type(item),
        presence: presence_text(presence, &item.flags),
        constraints: constraints(&item.flags),
        unit: item.flags.unit.as_deref().map(str::to_owned),
        source: None,
        is_pii: item.is_pii(),
        description: item.notes.description.clone(),
        deprecated: item.notes.deprecated.as_deref().cloned(),
    }
}

fn source(field: &Field) -> Option<String> {
    let from = field.from.as_ref()?;
    Some(field.attr.as_ref().map_or_else(|| from.clone(), |attr| format!("{from}.{attr}")))
}

fn presence_text(presence: Option<&str>, flags: &Flags) -> String {
    let nullable = flags.nullable.then(|| "nullable".to_owned());
    let default = flags.default.as_ref().map(|default| format!("default {}", compact_json(default)));
    let parts = [presence.map(str::to_owned), nullable, default];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

fn constraints(flags: &Flags) -> Vec<String> {
    let bounds = [
        ("min", flags.min.map(|min| min.to_string())),
        ("max", flags.max.map(|max| max.to_string())),
        ("min length", flags.min_length.map(|length| length.to_string())),
        ("max length", flags.max_length.map(|length| length.to_string())),
        ("pattern", flags.pattern.as_deref().map(str::to_owned)),
    ];
    bounds.into_iter().filter_map(|(key, text)| Some(format!("{key} {}", text?))).collect()
}

/// The type for people: `Money`, `list<decimal>`, `enum(eur, usd)`, `object`.
pub(crate) fn readable_type(item: &Item) -> String {
    if let Some(name) = &item.notes.named {
        return match &item.field_type {
            FieldType::Enum(values) => format!("{name} {}", enum_text(values)),
            FieldType::Scalar(scalar) => format!("{name} ({scalar})"),
            FieldType::List(_) | FieldType::Map(_) | FieldType::Object(_) => name.clone(),
        };
    }
    match &item.field_type {
        FieldType::Scalar(scalar) => scalar.to_string(),
        FieldType::List(inner) => format!("list<{}>", readable_type(inner)),
        FieldType::Map(inner) => format!("map<{}>", readable_type(inner)),
        FieldType::Enum(values) => enum_text(values),
        FieldType::Object(_) => "object".to_owned(),
    }
}

fn enum_text(values: &EnumType) -> String {
    let mut shown: Vec<&str> = values.values.iter().map(String::as_str).collect();
    match values.openness {
        Openness::Open => shown.push("…"),
        Openness::Closed => {}
    }
    format!("enum({})", shown.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{FARM, history};

    #[test]
    fn every_place_has_a_line_and_a_path() {
        let schema = history(&[FARM]);
        let places = outline(&schema.latest("cow_fed").unwrap().contract);
        let lines: Vec<String> = places
            .iter()
            .map(|place| format!("{} : {} : {}", place.path, place.type_text, place.presence))
            .collect();
        insta::assert_snapshot!(lines.join("\n"), @r#"
        weight : float : required
        farmer_name : string : optional
        feeds : list<object> : required
        feeds[].sku : string : required
        feeds[].price : Money : required
        feeds[].price.amount : decimal : required
        feeds[].price.currency : enum(eur, usd) : required, default "eur"
        totals : map<Money> : required, nullable
        totals{}.amount : decimal : required
        totals{}.currency : enum(eur, usd) : required, default "eur"
        tags : list<string> : required, default []
        tags[] : string :
        "#);
    }

    #[test]
    fn an_open_enum_says_that_others_may_come() {
        let values = EnumType { values: vec!["eur".to_owned()], openness: Openness::Open };
        assert_eq!(readable_type(&Item::plain(FieldType::Enum(values.into()))), "enum(eur, …)");
    }
}
