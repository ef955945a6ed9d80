//! Changes by which nothing is refused, and something is read as something else.

use std::collections::BTreeMap;

use super::path::{Path, Segment};
use super::read::find;
use crate::event::ProcessType;
use crate::field_type::{Field, FieldType, Item, Number, ScalarType};
use crate::fingerprint::{compact_json, type_text};
use crate::rule::{self, Rule, Severity};
use crate::schema::Version;

/// A change of meaning.
pub(super) struct Change {
    pub(super) rule: &'static Rule,
    pub(super) path: Option<Path>,
    pub(super) message: String,
    /// How bad it is at most.
    pub(super) most: Severity,
}

fn change(rule: &'static Rule, path: Option<&Path>, message: String) -> Change {
    Change { rule, path: path.cloned(), message, most: Severity::Error }
}

/// What fields mean in two versions; `held` are all whose rows count.
pub(super) fn of_fields(old: &Version, new: &Version, held: &[Version]) -> Vec<Change> {
    let mut look = Look { held, found: Vec::new() };
    look.fields(&old.contract.payload_fields, &new.contract.payload_fields, &Path::default());
    look.found
}

struct Look<'v> {
    held: &'v [Version],
    found: Vec<Change>,
}

impl Look<'_> {
    fn fields(&mut self, old: &[Field], new: &[Field], at: &Path) {
        for field in old {
            if let Some(now) = find(new, &field.name) {
                let path = at.field(&field.name);
                self.default(field, now, &path);
                self.items(&field.item, &now.item, &path);
            }
        }
        self.renames(old, new, at);
    }

    fn default(&mut self, old: &Field, new: &Field, at: &Path) {
        let (Some(before), Some(now)) = (&old.item.flags.default, &new.item.flags.default) else { return };
        let can_be_absent = || !old.required || !new.required || self.is_left_out(at);
        if before != now && can_be_absent() {
            let (before, now) = (compact_json(before), compact_json(now));
            let message = format!("where `{at}` is absent it was read as `{before}`, and is read as `{now}`");
            self.found.push(change(&rule::FIELD_DEFAULT_CHANGED, Some(at), message));
        }
    }

    /// Whether rows of a version have what stands around the place, and may lack the field there.
    fn is_left_out(&self, at: &Path) -> bool {
        let Some((last, around)) = at.segments().split_last() else { return false };
        let Segment::Field(name) = last else { return false };
        let may_lack = |fields: &[Field]| find(fields, name).is_none_or(|field| !field.required);
        self.held
            .iter()
            .any(|version| fields_at(&version.contract.payload_fields, around).is_some_and(may_lack))
    }

    /// One field is gone, one of the same type has come: the same one, most likely.
    fn renames(&mut self, old: &[Field], new: &[Field], at: &Path) {
        let gone = old.iter().filter(|field| find(new, &field.name).is_none());
        let come: Vec<_> = new.iter().filter(|field| find(old, &field.name).is_none()).collect();
        let mut taken = Vec::new();
        for field in gone {
            let written = type_text(&field.item.field_type);
            let alike = |other: &&&Field| {
                type_text(&other.item.field_type) == written && !taken.contains(&other.name.as_str())
            };
            if let Some(other) = come.iter().find(alike) {
                taken.push(other.name.as_str());
                let message =
                    format!("`{}` is gone and `{}` has come, of the same type", field.name, other.name);
                let path = at.field(&other.name);
                self.found.push(change(&rule::FIELD_RENAME_SUSPECTED, Some(&path), message));
            }
        }
    }

    fn items(&mut self, old: &Item, new: &Item, at: &Path) {
        self.unit(old, new, at);
        match (&old.field_type, &new.field_type) {
            (FieldType::List(a), FieldType::List(b)) => self.items(a, b, &at.then(Segment::Items)),
            (FieldType::Map(a), FieldType::Map(b)) => self.items(a, b, &at.then(Segment::Values)),
            (FieldType::Object(a), FieldType::Object(b)) => self.fields(a, b, at),
            (FieldType::Object(a), FieldType::Map(b)) => {
                for field in a.iter() {
                    self.items(&field.item, b, &at.field(&field.name));
                }
            }
            (FieldType::Scalar(ScalarType::Int), FieldType::Scalar(ScalarType::Float)) if !is_exact(old) => {
                let message = format!("`{at}` was a whole number of 64 bits, and is a float, which has 53");
                self.found.push(change(&rule::TYPE_WIDENED_LOSSY, Some(at), message));
            }
            _ => {}
        }
    }

    fn unit(&mut self, old: &Item, new: &Item, at: &Path) {
        let (before, now) = (&old.flags.unit, &new.flags.unit);
        if before == now {
            return;
        }
        let shown = |unit: &Option<Box<str>>| unit.as_ref().map_or("none".to_owned(), |it| format!("`{it}`"));
        let message = format!("the unit of `{at}` was {}, and is {}", shown(before), shown(now));
        let most = if before.is_some() && now.is_some() { Severity::Error } else { Severity::Warn };
        self.found.push(Change { most, ..change(&rule::UNIT_CHANGED, Some(at), message) });
    }
}

/// The fields of the object at a place; `None` where there is no object.
fn fields_at<'f>(fields: &'f [Field], at: &[Segment]) -> Option<&'f [Field]> {
    let Some((first, rest)) = at.split_first() else { return Some(fields) };
    let Segment::Field(name) = first else { return None };
    let (mut item, mut rest) = (&find(fields, name)?.item, rest);
    loop {
        match (&item.field_type, rest.split_first()) {
            (FieldType::List(inner), Some((Segment::Items, behind)))
            | (FieldType::Map(inner), Some((Segment::Values, behind))) => (item, rest) = (inner, behind),
            (FieldType::Object(fields), _) => return fields_at(fields, rest),
            _ => return None,
        }
    }
}

/// Whether all whole numbers within the bounds are floats, too.
fn is_exact(item: &Item) -> bool {
    const MOST: i64 = 1 << 53;
    let within =
        |bound: Option<Number>| matches!(bound, Some(Number::Int(bound)) if (-MOST..=MOST).contains(&bound));
    within(item.flags.min) && within(item.flags.max)
}

/// What is said besides the contract.
pub(super) fn of_event(old: &Version, new: &Version) -> Vec<Change> {
    let (before, now) = (&old.metadata, &new.metadata);
    let mut found = Vec::new();
    let mut add = |rule, message| found.push(change(rule, None, message));
    let (was, is) = (&old.contract.event_type, &new.contract.event_type);
    if was != is {
        add(&rule::EVENT_TYPE_CHANGED, format!("its event_type was `{was}`, and is `{is}`"));
    }
    if before.process_type == ProcessType::Broker && now.process_type != ProcessType::Broker {
        add(&rule::DELIVERY_CHANGED, format!("it went to the broker, and is `{}` now", now.process_type));
    }
    let key = |version: &Version| {
        let aggregate = version.metadata.aggregate.as_deref()?;
        Some(format!("{} {}", aggregate.aggregate_type, aggregate.id))
    };
    let shown = |key: Option<String>| key.map_or("none".to_owned(), |key| format!("`{key}`"));
    if key(old) != key(new) {
        let message = format!("its aggregate was {}, and is {}", shown(key(old)), shown(key(new)));
        add(&rule::AGGREGATE_CHANGED, message);
    }
    if before.partition_key != now.partition_key {
        let (was, is) = (shown(before.partition_key.clone()), shown(now.partition_key.clone()));
        add(&rule::PARTITION_KEY_CHANGED, format!("its partition key was {was}, and is {is}"));
    }
    found
}

/// Names that come back with another meaning: `old` are all earlier versions.
pub(super) fn reused(old: &[Version], new: &Version) -> Vec<Change> {
    let Some((latest, earlier)) = old.split_last() else { return Vec::new() };
    let (known, now) = (meanings(latest), meanings(new));
    let mut found = Vec::new();
    for (path, meaning) in now.iter().filter(|(path, _)| !known.contains_key(*path)) {
        let other = earlier.iter().rev().find_map(|version| Some((version, meanings(version).remove(path)?)));
        if let Some((version, before)) = other.filter(|(_, before)| before != meaning) {
            let number = version.number;
            let message =
                format!("`{path}` is {meaning}, and was {before} in version {number}, before it went");
            found.push(change(&rule::FIELD_NAME_REUSED, Some(path), message));
        }
    }
    found
}

/// The type and the unit at every place of the payload.
fn meanings(version: &Version) -> BTreeMap<Path, String> {
    let mut found = BTreeMap::new();
    collect(&version.contract.payload_fields, &Path::default(), &mut found);
    found
}

fn collect(fields: &[Field], at: &Path, found: &mut BTreeMap<Path, String>) {
    for field in fields {
        let path = at.field(&field.name);
        collect_item(&field.item, &path, found);
        let unit = field.item.flags.unit.as_ref().map_or(String::new(), |unit| format!(" in `{unit}`"));
        let kind = match &field.item.field_type {
            FieldType::Object(_) => "object".to_owned(),
            other => type_text(other),
        };
        found.insert(path, format!("`{kind}`{unit}"));
    }
}

fn collect_item(item: &Item, at: &Path, found: &mut BTreeMap<Path, String>) {
    match &item.field_type {
        FieldType::Object(fields) => collect(fields, at, found),
        FieldType::List(inner) => collect_item(inner, &at.then(Segment::Items), found),
        FieldType::Map(inner) => collect_item(inner, &at.then(Segment::Values), found),
        FieldType::Scalar(_) | FieldType::Enum(_) => {}
    }
}
