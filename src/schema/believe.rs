//! From what was parsed to what it says; whatever `evt dump` would never write is refused.

use std::sync::Arc;

use rust_decimal::Decimal;
use serde_json::value::RawValue;

use super::Version;
use super::wire::{
    AcceptanceWire, AggregateWire, AllowanceWire, DeprecationWire, EntryWire, InputWire, ObjectWire, TypeWire,
};
use crate::event::{
    Acceptance, Access, Aggregate, Allowance, CompatMode, Contract, Deprecation, InputNotes, Metadata,
    OnDeadLetter, Ordering, ProcessType, RustType, UnknownFields,
};
use crate::field_type::{EnumType, Field, FieldType, Flags, Item, Notes, Number, Openness, ScalarType};
use crate::fingerprint::Fingerprint;
use crate::rare::Rare;

type Result<T> = std::result::Result<T, String>;

/// The version that an entry describes.
pub(super) fn version_of(mut wire: EntryWire<'_>) -> Result<Version> {
    let fields = std::mem::take(&mut wire.payload_fields);
    let contract = Contract {
        event_name: std::mem::take(&mut wire.event_name),
        event_type: std::mem::take(&mut wire.event_type),
        required_inputs: std::mem::take(&mut wire.required_inputs),
        optional_inputs: std::mem::take(&mut wire.optional_inputs),
        payload_fields: fields_of(fields)?,
    };
    let previous = wire.previous.take().map(|text| fingerprint(&text, "previous")).transpose()?;
    Ok(Version {
        number: wire.event_version,
        contract: Arc::new(contract),
        fingerprint: fingerprint(&wire.fingerprint, "fingerprint")?,
        previous,
        renamed_to: wire.renamed_to.take(),
        retired: wire.retired,
        metadata: Arc::new(metadata_of(wire)?),
    })
}

fn fingerprint(text: &str, key: &str) -> Result<Fingerprint> {
    Fingerprint::parse(text).ok_or_else(|| format!("`{key}` is not 64 hex digits"))
}

fn metadata_of(wire: EntryWire<'_>) -> Result<Metadata> {
    let default = Metadata::default();
    Ok(Metadata {
        process_type: word(wire.process_type, "process_type", ProcessType::parse)?.unwrap_or_default(),
        domain: wire.domain,
        subject: wire.subject,
        description: wire.description,
        owner: wire.owner,
        deprecated: wire.deprecated.map(deprecation_of).transpose()?.map(Box::new),
        aggregate: wire.aggregate.map(|aggregate| {
            let AggregateWire { aggregate_type, id, version } = aggregate;
            Box::new(Aggregate { aggregate_type, id, version })
        }),
        partition_key: wire.partition_key,
        ordering: word(wire.ordering, "ordering", Ordering::parse)?,
        on_dead_letter: word(wire.on_dead_letter, "on_dead_letter", OnDeadLetter::parse)?
            .unwrap_or(default.on_dead_letter),
        unknown_fields: word(wire.unknown_fields, "unknown_fields", UnknownFields::parse)?
            .unwrap_or(default.unknown_fields),
        compat: word(wire.compat, "compat", CompatMode::parse)?,
        allow: wire.allow.into_iter().map(allowance_of).collect::<Result<_>>()?,
        accepts: wire.accepts.into_iter().map(acceptance_of).collect(),
        rust_name: wire.rust_name,
        inputs: wire
            .inputs
            .into_iter()
            .map(|(name, notes)| Ok((name, input_notes_of(notes)?)))
            .collect::<Result<_>>()?,
    })
}

fn word<T>(text: Option<String>, key: &str, parse: fn(&str) -> Option<T>) -> Result<Option<T>> {
    text.map(|text| parse(&text).ok_or_else(|| format!("`{key}` cannot be `{text}`"))).transpose()
}

fn deprecation_of(wire: DeprecationWire) -> Result<Deprecation> {
    Ok(Deprecation { reason: wire.reason, sunset: date(wire.sunset, "sunset")? })
}

fn date(text: Option<String>, key: &str) -> Result<Option<jiff::civil::Date>> {
    text.map(|text| text.parse().map_err(|_| format!("`{key}` is no day"))).transpose()
}

fn allowance_of(wire: AllowanceWire) -> Result<Allowance> {
    Ok(Allowance { rule: wire.rule, reason: wire.reason, until: date(wire.until, "until")? })
}

fn acceptance_of(wire: AcceptanceWire) -> Acceptance {
    Acceptance { rule: wire.rule, path: wire.path, reason: wire.reason }
}

fn input_notes_of(wire: InputWire) -> Result<InputNotes> {
    let rust = match wire.rust {
        None => None,
        Some(rust) => Some(RustType {
            path: rust.path,
            access: word(rust.access, "access", Access::parse)?.unwrap_or(Access::Field),
        }),
    };
    Ok(InputNotes { description: wire.description, rust })
}

/// The fields of a payload or an object, each name once.
fn fields_of(wire: Vec<TypeWire<'_>>) -> Result<Vec<Field>> {
    let fields: Vec<Field> = wire.into_iter().map(field_of).collect::<Result<_>>()?;
    let mut names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    names.sort_unstable();
    match names.windows(2).find(|pair| pair[0] == pair[1]) {
        Some(pair) => Err(format!("the field `{}` stands twice", pair[0])),
        None => Ok(fields),
    }
}

fn field_of(wire: TypeWire<'_>) -> Result<Field> {
    let TypeWire::Object(mut wire) = wire else { return Err("a field is no object".to_owned()) };
    let name = wire.name.take().ok_or("a field has no `name`")?;
    let required =
        wire.required.take().ok_or_else(|| format!("the field `{name}` does not say `required`"))?;
    let (from, attr) = (wire.from.take(), wire.attr.take());
    let rust_name = wire.rust_name.take();
    let mut item = described(*wire).map_err(|reason| format!("the field `{name}`: {reason}"))?;
    if rust_name.is_some() {
        item.notes.rust_name = rust_name;
    }
    Ok(Field { name, required, from, attr, item })
}

/// A type, or a type with what is said beside it.
fn item_of(wire: TypeWire<'_>) -> Result<Item> {
    match wire {
        TypeWire::Scalar(word) => Ok(Item::plain(FieldType::Scalar(scalar_of(&word)?))),
        TypeWire::Object(wire) if wire.field_type.is_some() => described(*wire),
        TypeWire::Object(wire) => Ok(Item::plain(constructed(*wire)?)),
    }
}

fn type_of(wire: TypeWire<'_>) -> Result<FieldType> {
    match wire {
        TypeWire::Scalar(word) => scalar_of(&word).map(FieldType::Scalar),
        TypeWire::Object(wire) => constructed(*wire),
    }
}

fn scalar_of(word: &str) -> Result<ScalarType> {
    ScalarType::parse(word).ok_or_else(|| format!("`{word}` is no type"))
}

/// `{ "type": …, … }`
fn described(wire: ObjectWire<'_>) -> Result<Item> {
    if wire.list.is_some() || wire.map.is_some() || wire.values.is_some() || wire.object.is_some() {
        return Err("a type stands beside `type`".to_owned());
    }
    if let Some(key) = stray(&wire) {
        return Err(format!("`{key}` does not belong there"));
    }
    let field_type = match wire.field_type {
        Some(written) => type_of(written)?,
        None => FieldType::Scalar(ScalarType::Json),
    };
    let flags = Rare::new(Flags {
        nullable: wire.nullable.unwrap_or_default(),
        default: wire.default.map(Box::new),
        min: wire.min.map(|raw| number(raw, &field_type)).transpose()?,
        max: wire.max.map(|raw| number(raw, &field_type)).transpose()?,
        min_length: wire.min_length,
        max_length: wire.max_length,
        pattern: wire.pattern.map(String::into_boxed_str),
        unit: wire.unit.map(String::into_boxed_str),
    });
    let notes = Rare::new(Notes {
        named: wire.named,
        description: wire.description,
        pii: wire.pii,
        deprecated: wire.deprecated.map(deprecation_of).transpose()?.map(Box::new),
        examples: wire.examples,
        rust_name: None,
    });
    Ok(Item { field_type, flags, notes })
}

/// A key that belongs to a field, or to a type, and is left over.
fn stray(wire: &ObjectWire<'_>) -> Option<&'static str> {
    let keys = [
        ("name", wire.name.is_some()),
        ("required", wire.required.is_some()),
        ("from", wire.from.is_some()),
        ("attr", wire.attr.is_some()),
        ("open", wire.open.is_some()),
        ("rust_name", wire.rust_name.is_some()),
    ];
    keys.into_iter().find(|(_, is_there)| *is_there).map(|(key, _)| key)
}

/// `{ "list": … }` and its like.
fn constructed(mut wire: ObjectWire<'_>) -> Result<FieldType> {
    let (list, map) = (wire.list.take(), wire.map.take());
    let (values, object) = (wire.values.take(), wire.object.take());
    let open = wire.open.take();
    let is_enum = values.is_some();
    let field_type = match (list, map, values, object) {
        (Some(item), None, None, None) => FieldType::List(Box::new(item_of(item)?)),
        (None, Some(item), None, None) => FieldType::Map(Box::new(item_of(item)?)),
        (None, None, Some(values), None) => {
            let openness = if open == Some(true) { Openness::Open } else { Openness::Closed };
            FieldType::Enum(Arc::new(EnumType { values, openness }))
        }
        (None, None, None, Some(fields)) => FieldType::Object(Arc::new(fields_of(fields)?)),
        _ => return Err("a type is one of `list`, `map`, `enum` and `object`".to_owned()),
    };
    let rest = described(wire)?;
    if (open.is_some() && !is_enum) || rest != Item::plain(FieldType::Scalar(ScalarType::Json)) {
        return Err("something stands beside a type that does not belong there".to_owned());
    }
    Ok(field_type)
}

/// A bound, never read through a float unless it bounds one.
fn number(raw: &RawValue, field_type: &FieldType) -> Result<Number> {
    let text = raw.get();
    let number = match field_type.scalar() {
        Some(ScalarType::Int) => text.parse().ok().map(Number::Int),
        Some(ScalarType::Float) => {
            text.parse().ok().filter(|float: &f64| float.is_finite()).map(Number::Float)
        }
        Some(ScalarType::Decimal) => text.parse().ok().map(|decimal: Decimal| Number::Decimal(decimal)),
        Some(_) | None => None,
    };
    number.ok_or_else(|| format!("`{text}` bounds no value of the type"))
}
