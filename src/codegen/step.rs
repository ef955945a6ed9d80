//! How a payload of one version becomes one of the next.

use crate::event::UnknownFields;
use crate::field_type::{EnumType, Field, FieldType, Flags, Item, Number, Openness, ScalarType};
use crate::schema::Version;

/// A step from a version to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    /// The next version reads the payload as it is.
    Same,
    /// The payload is read first, and written again: defaults are filled in, and fields go.
    Rewritten,
    /// Nobody but the author knows, and why.
    Yours(Vec<String>),
}

/// The step from `old` to `new`.
pub(crate) fn between(old: &Version, new: &Version) -> Step {
    let sealed = new.metadata.unknown_fields == UnknownFields::Reject;
    let mut judge =
        Judge { old: old.number, new: new.number, sealed, is_rewritten: false, reasons: Vec::new() };
    judge.fields(&old.contract.payload_fields, &new.contract.payload_fields, "");
    match (judge.reasons.is_empty(), judge.is_rewritten) {
        (false, _) => Step::Yours(judge.reasons),
        (true, true) => Step::Rewritten,
        (true, false) => Step::Same,
    }
}

struct Judge {
    old: u32,
    new: u32,
    sealed: bool,
    is_rewritten: bool,
    reasons: Vec<String>,
}

impl Judge {
    fn refuse(&mut self, reason: String) {
        self.reasons.push(reason);
    }

    fn fields(&mut self, old: &[Field], new: &[Field], parent: &str) {
        let path = |field: &Field| {
            if parent.is_empty() { field.name.clone() } else { format!("{parent}.{}", field.name) }
        };
        for field in new {
            match old.iter().find(|known| known.name == field.name) {
                Some(known) => self.field(known, field, &path(field)),
                None if field.required && field.item.flags.default.is_none() => {
                    let (old, new) = (self.old, self.new);
                    self.refuse(format!(
                        "version {new} needs `{}`, which version {old} does not have",
                        path(field)
                    ));
                }
                None => {}
            }
        }
        for field in old.iter().filter(|field| new.iter().all(|kept| kept.name != field.name)) {
            if self.sealed {
                let new = self.new;
                self.refuse(format!("version {new} refuses `{}`, which it does not have", path(field)));
            }
            self.is_rewritten = true;
        }
    }

    fn field(&mut self, old: &Field, new: &Field, path: &str) {
        let (before, after) = (&old.item.flags.default, &new.item.flags.default);
        if before.is_some() && before != after {
            self.is_rewritten = true;
        }
        if !old.required && before.is_none() && new.required && after.is_none() {
            let (old, new) = (self.old, self.new);
            self.refuse(format!("version {new} needs `{path}`, which is optional in version {old}"));
        }
        self.item(&old.item, &new.item, path);
    }

    fn item(&mut self, old: &Item, new: &Item, path: &str) {
        let (from, to) = (self.old, self.new);
        if old.flags.nullable && !new.flags.nullable && new.field_type.scalar() != Some(ScalarType::Json) {
            self.refuse(format!("`{path}` may be null in version {from}, and not in version {to}"));
        }
        if let (Some(before), Some(after)) = (&old.flags.unit, &new.flags.unit)
            && before != after
        {
            self.refuse(format!(
                "`{path}` is in `{before}` in version {from}, and in `{after}` in version {to}"
            ));
        }
        if self.field_type(&old.field_type, &new.field_type, path) {
            if !is_within(&old.flags, &new.flags) {
                self.refuse(format!("version {to} narrows `{path}`"));
            }
        } else {
            self.refuse(format!("`{path}` has another type in version {to}"));
        }
    }

    /// Whether a type reads all that another one writes, what it holds aside.
    fn field_type(&mut self, old: &FieldType, new: &FieldType, path: &str) -> bool {
        match (old, new) {
            (_, FieldType::Scalar(ScalarType::Json))
            | (FieldType::Enum(_), FieldType::Scalar(ScalarType::String)) => true,
            (FieldType::Scalar(old), FieldType::Scalar(new)) => reads(*new, *old),
            (FieldType::Enum(old), FieldType::Enum(new)) => has_words(new, old),
            (FieldType::List(old), FieldType::List(new)) => {
                self.item(old, new, &format!("{path}[]"));
                true
            }
            (FieldType::Map(old), FieldType::Map(new)) => {
                self.item(old, new, &format!("{path}{{}}"));
                true
            }
            (FieldType::Object(old), FieldType::Object(new)) => {
                self.fields(old, new, path);
                true
            }
            (FieldType::Object(old), FieldType::Map(new)) => {
                self.is_rewritten = true;
                for field in old.iter() {
                    self.item(&field.item, new, &format!("{path}.{}", field.name));
                }
                true
            }
            _ => false,
        }
    }
}

/// Whether a scalar reads what another one writes.
fn reads(new: ScalarType, old: ScalarType) -> bool {
    old == new
        || match new {
            ScalarType::Float => old == ScalarType::Int,
            ScalarType::String => matches!(
                old,
                ScalarType::Uuid
                    | ScalarType::Date
                    | ScalarType::Timestamp
                    | ScalarType::Decimal
                    | ScalarType::Bytes
            ),
            ScalarType::Int
            | ScalarType::Bool
            | ScalarType::Decimal
            | ScalarType::Uuid
            | ScalarType::Timestamp
            | ScalarType::Date
            | ScalarType::Bytes
            | ScalarType::Json => false,
        }
}

fn has_words(new: &EnumType, old: &EnumType) -> bool {
    match (new.openness, old.openness) {
        (Openness::Open, _) => true,
        (Openness::Closed, Openness::Open) => false,
        (Openness::Closed, Openness::Closed) => old.values.iter().all(|word| new.values.contains(word)),
    }
}

/// Whether new bounds admit all that the old ones do.
fn is_within(old: &Flags, new: &Flags) -> bool {
    let least = |bound: Option<Number>, before: Option<Number>| match (bound, before) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(bound), Some(before)) => at_most(bound, before),
    };
    let most = |bound: Option<Number>, before: Option<Number>| match (bound, before) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(bound), Some(before)) => at_most(before, bound),
    };
    let min_length = new.min_length.unwrap_or(0) <= old.min_length.unwrap_or(0);
    let max_length = new.max_length.is_none_or(|new| old.max_length.is_some_and(|old| old <= new));
    let pattern = new.pattern.is_none() || new.pattern == old.pattern;
    least(new.min, old.min) && most(new.max, old.max) && min_length && max_length && pattern
}

/// Whether one bound is not above another; an `int` may have become a `float`.
fn at_most(low: Number, high: Number) -> bool {
    #[expect(clippy::cast_precision_loss, reason = "the version that reads it has a float")]
    let float = |number: Number| match number {
        Number::Int(number) => Some(number as f64),
        Number::Float(number) => Some(number),
        Number::Decimal(_) => None,
    };
    match low.partial_cmp(&high) {
        Some(order) => order.is_le(),
        None => float(low).zip(float(high)).is_some_and(|(low, high)| low <= high),
    }
}
