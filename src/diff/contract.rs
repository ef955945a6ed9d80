use super::{Line, Sign};
use crate::event::Contract;
use crate::field_type::{Field, FieldType, Flags, Item};
use crate::fingerprint::{compact_json, type_text};

/// All changes of a contract.
pub(super) fn changes(old: &Contract, new: &Contract) -> Vec<Line> {
    let mut lines = Vec::new();
    if old.event_type != new.event_type {
        changed(&mut lines, format!("event_type: {} → {}", old.event_type, new.event_type));
    }
    inputs(old, new, &mut lines);
    fields("field ", "", &old.payload_fields, &new.payload_fields, &mut lines);
    if lines.is_empty() && old != new {
        order(old, new, &mut lines);
    }
    lines
}

/// The fields of a new event.
pub(super) fn fields_of(contract: &Contract) -> Vec<Line> {
    let fields = contract.payload_fields.iter();
    fields
        .map(|field| Line {
            sign: Sign::Added,
            text: format!("field `{}`: {}", field.name, described(field)),
        })
        .collect()
}

fn order(old: &Contract, new: &Contract, lines: &mut Vec<Line>) {
    let names = |contract: &Contract| -> Vec<String> {
        contract.payload_fields.iter().map(|field| field.name.clone()).collect()
    };
    if names(old) != names(new) {
        changed(lines, "the order of the fields".to_owned());
    } else if old.required_inputs != new.required_inputs || old.optional_inputs != new.optional_inputs {
        changed(lines, "the order of the inputs".to_owned());
    } else {
        changed(lines, "notes inside of types".to_owned());
    }
}

fn inputs(old: &Contract, new: &Contract, lines: &mut Vec<Line>) {
    let all = |contract: &Contract| -> Vec<(String, &'static str)> {
        let required = contract.required_inputs.iter().map(|name| (name.clone(), "required"));
        required.chain(contract.optional_inputs.iter().map(|name| (name.clone(), "optional"))).collect()
    };
    let (before, after) = (all(old), all(new));
    for (name, need) in &before {
        match after.iter().find(|(other, _)| other == name) {
            None => removed(lines, format!("input `{name}`")),
            Some((_, now)) if now != need => changed(lines, format!("input `{name}`: {need} → {now}")),
            Some(_) => {}
        }
    }
    for (name, need) in after {
        if !before.iter().any(|(other, _)| *other == name) {
            lines.push(Line { sign: Sign::Added, text: format!("input `{name}`: {need}") });
        }
    }
}

fn fields(what: &str, path: &str, old: &[Field], new: &[Field], lines: &mut Vec<Line>) {
    for field in old {
        let at = format!("{path}{}", field.name);
        match new.iter().find(|other| other.name == field.name) {
            None => removed(lines, format!("{what}`{at}`")),
            Some(now) => field_changes(what, &at, field, now, lines),
        }
    }
    for field in new {
        if !old.iter().any(|other| other.name == field.name) {
            let text = format!("{what}`{path}{}`: {}", field.name, described(field));
            lines.push(Line { sign: Sign::Added, text });
        }
    }
}

fn field_changes(what: &str, at: &str, old: &Field, new: &Field, lines: &mut Vec<Line>) {
    if old.required != new.required {
        let need = |field: &Field| if field.required { "required" } else { "optional" };
        changed(lines, format!("{what}`{at}`: {} → {}", need(old), need(new)));
    }
    if (&old.from, &old.attr) != (&new.from, &new.attr) {
        changed(lines, format!("{what}`{at}`: from {} → {}", source(old), source(new)));
    }
    item_changes(what, at, &old.item, &new.item, lines);
}

fn source(field: &Field) -> String {
    let from = field.from.as_deref().unwrap_or("nothing");
    field.attr.as_ref().map_or_else(|| from.to_owned(), |attr| format!("{from}.{attr}"))
}

fn item_changes(what: &str, at: &str, old: &Item, new: &Item, lines: &mut Vec<Line>) {
    match (&old.field_type, &new.field_type) {
        (FieldType::List(a), FieldType::List(b)) => item_changes(what, &format!("{at}[]"), a, b, lines),
        (FieldType::Map(a), FieldType::Map(b)) => item_changes(what, &format!("{at}{{}}"), a, b, lines),
        (FieldType::Object(a), FieldType::Object(b)) => fields(what, &format!("{at}."), a, b, lines),
        (FieldType::Enum(a), FieldType::Enum(b)) if a.openness == b.openness => {
            for value in a.values.iter().filter(|value| !b.values.contains(value)) {
                changed(lines, format!("{what}`{at}`: enum value `{value}` removed"));
            }
            for value in b.values.iter().filter(|value| !a.values.contains(value)) {
                changed(lines, format!("{what}`{at}`: enum value `{value}` added"));
            }
        }
        (a, b) => {
            let (a, b) = (type_text(a), type_text(b));
            if a != b {
                changed(lines, format!("{what}`{at}`: {a} → {b}"));
            }
        }
    }
    flag_changes(what, at, &old.flags, &new.flags, lines);
    note_changes(what, at, old, new, lines);
}

fn flag_changes(what: &str, at: &str, old: &Flags, new: &Flags, lines: &mut Vec<Line>) {
    for ((key, before), (_, after)) in flag_texts(old).into_iter().zip(flag_texts(new)) {
        if before != after {
            let show = |text: Option<String>| text.unwrap_or_else(|| "none".to_owned());
            changed(lines, format!("{what}`{at}`: {key} {} → {}", show(before), show(after)));
        }
    }
}

fn flag_texts(flags: &Flags) -> [(&'static str, Option<String>); 8] {
    [
        ("nullable", flags.nullable.then(|| "true".to_owned())),
        ("default", flags.default.as_deref().map(compact_json)),
        ("min", flags.min.map(|min| min.to_string())),
        ("max", flags.max.map(|max| max.to_string())),
        ("min_length", flags.min_length.map(|length| length.to_string())),
        ("max_length", flags.max_length.map(|length| length.to_string())),
        ("pattern", flags.pattern.as_deref().map(str::to_owned)),
        ("unit", flags.unit.as_deref().map(str::to_owned)),
    ]
}

fn note_changes(what: &str, at: &str, old: &Item, new: &Item, lines: &mut Vec<Line>) {
    let (a, b) = (&old.notes, &new.notes);
    let keys = [
        ("named type", a.named != b.named),
        ("description", a.description != b.description),
        ("deprecated", a.deprecated != b.deprecated),
        ("examples", a.examples != b.examples),
        ("rust_name", a.rust_name != b.rust_name),
    ];
    let is_personal = |pii: Option<bool>| pii == Some(true);
    match (is_personal(a.pii), is_personal(b.pii)) {
        (false, true) => changed(lines, format!("{what}`{at}`: marked as personal data")),
        (true, false) => changed(lines, format!("{what}`{at}`: no longer marked as personal data")),
        _ if a.pii != b.pii => changed(lines, format!("{what}`{at}`: pii")),
        _ => {}
    }
    for (key, _) in keys.into_iter().filter(|(_, differs)| *differs) {
        changed(lines, format!("{what}`{at}`: {key}"));
    }
}

fn described(field: &Field) -> String {
    let mut parts = vec![type_text(&field.item.field_type)];
    parts.push(if field.required { "required" } else { "optional" }.to_owned());
    let flags = flag_texts(&field.item.flags).into_iter();
    parts.extend(flags.filter_map(|(key, text)| Some(format!("{key} {}", text?))));
    if field.from.is_some() {
        parts.push(format!("from {}", source(field)));
    }
    parts.join(", ")
}

fn changed(lines: &mut Vec<Line>, text: String) {
    lines.push(Line { sign: Sign::Changed, text });
}

fn removed(lines: &mut Vec<Line>, text: String) {
    lines.push(Line { sign: Sign::Removed, text });
}
