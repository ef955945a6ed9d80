//! Whether the rows of an outbox can be read once the definitions are as they are now.

use std::collections::{BTreeMap, BTreeSet};

use evt_runtime::check_json;
use evt_runtime::outbox::operator::{RowPayload, VersionRows};
use evt_runtime::shape::{Object, Unknown};
use evt_runtime::types::Uuid;
use serde_json::Value;

use super::accepted::is_accepted;
use super::breaks::{Break, unreadable};
use super::judge::told;
use super::places::Places;
use crate::event::UnknownFields;
use crate::field_type::{Field, FieldType};
use crate::finding::Finding;
use crate::payload::table;
use crate::rule::{self, Severity};
use crate::schema::{Schema, Version};

/// The rows of one version, held against the version that is to read them.
#[derive(Debug)]
pub struct Case<'s> {
    /// The rows.
    pub rows: VersionRows,
    /// All versions of the event.
    versions: &'s [Version],
    /// What the rows may hold that cannot be read.
    breaks: Vec<Break>,
    reader: &'s Version,
    table: Option<&'static Object>,
    read: u64,
    extent: Extent,
    /// What cannot be read indeed, by its place.
    shown: BTreeMap<String, Shown>,
}

/// How many of the payloads were read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// Some, or none.
    Part,
    /// All.
    Whole,
}

/// What some rows hold at one place.
#[derive(Debug)]
struct Shown {
    /// How many rows.
    rows: u64,
    /// The place of the first in the outbox.
    seq: i64,
    /// Its id.
    id: Uuid,
    /// What is wrong there, without the value.
    message: String,
}

impl<'s> Case<'s> {
    /// Rows, and who reads them: the latest version of `schema`. What it does not know any more, a draft that was replaced,
    /// stands in `before`.
    ///
    /// # Errors
    /// That neither knows the event, or the version, or that it has another contract.
    pub fn of(rows: VersionRows, schema: &'s Schema, before: &'s Schema) -> Result<Self, Box<Finding>> {
        let (event, number) = (&rows.event_name, rows.event_version);
        let known = [schema, before];
        let stated = || known.into_iter().filter_map(move |schema| schema.version(event, number));
        let mut same = stated().filter(|version| version.fingerprint.to_string() == rows.fingerprint);
        let versions = schema.events.get(event).map_or(&[][..], Vec::as_slice);
        let (Some(reader), Some(writer)) = (versions.last(), same.next()) else {
            let what = match (schema.latest(event).or(before.latest(event)), stated().next()) {
                (None, _) => format!("no event `{event}` is known"),
                (Some(latest), None) => {
                    format!("no version {number} of `{event}` is known, its latest is {}", latest.number)
                }
                (Some(_), Some(_)) => {
                    format!("version {number} of `{event}` is known with another fingerprint")
                }
            };
            return Err(Box::new(unknown(&rows, &what)));
        };
        let breaks = unreadable(writer, reader);
        let (table, shown) = (None, BTreeMap::new());
        Ok(Self { rows, versions, breaks, reader, table, read: 0, extent: Extent::Part, shown })
    }

    /// Whether the rows may hold what cannot be read.
    #[must_use]
    pub fn is_suspected(&self) -> bool {
        !self.breaks.is_empty()
    }

    /// How many payloads were read.
    #[must_use]
    pub fn read(&self) -> u64 {
        self.read
    }

    /// Whether a row is one of these.
    #[must_use]
    pub fn is_of(&self, row: &RowPayload) -> bool {
        let of = &self.rows;
        (row.event_version, &row.event_name, &row.fingerprint)
            == (of.event_version, &of.event_name, &of.fingerprint)
    }

    /// Reads a payload as the reader would.
    pub fn look(&mut self, row: &RowPayload) {
        self.read += 1;
        let fields = &self.reader.contract.payload_fields;
        let unknown = match self.reader.metadata.unknown_fields {
            UnknownFields::Ignore => Unknown::Ignore,
            UnknownFields::Reject => Unknown::Reject,
        };
        let table = *self.table.get_or_insert_with(|| table(fields, unknown));
        let wrong: Vec<_> = match serde_json::from_str::<Value>(&row.payload) {
            Ok(value) => check_json(table, &value).err().map(|misfits| misfits.0).unwrap_or_default(),
            Err(_) => return self.show(String::new(), row, "is no JSON"),
        };
        let mut places = BTreeSet::new();
        for misfit in wrong {
            let place = place(&misfit.path, fields);
            if places.insert(place.clone()) {
                self.show(place, row, &misfit.message);
            }
        }
    }

    fn show(&mut self, place: String, row: &RowPayload, message: &str) {
        let first = || Shown { rows: 0, seq: row.seq, id: row.id, message: message.to_owned() };
        self.shown.entry(place).or_insert_with(first).rows += 1;
    }

    /// No further payload comes.
    pub fn end(&mut self, extent: Extent) {
        self.extent = if self.read >= self.rows.total() { Extent::Whole } else { extent };
    }

    /// What cannot be read. A break that no payload shows is none where all were read.
    #[must_use]
    pub fn findings(&self, places: &Places<'_>) -> Vec<Finding> {
        let mut findings = Vec::new();
        let mut strays: BTreeSet<&String> = self.shown.keys().collect();
        for found in &self.breaks {
            let shown = |place: &&String| is_at(place, found.path.as_deref().unwrap_or_default());
            let of_it: Vec<_> = self.shown.iter().filter(|(place, _)| shown(place)).collect();
            strays.retain(|place| !shown(place));
            if !of_it.is_empty() || self.extent == Extent::Part {
                findings.push(self.finding(found, &of_it, places));
            }
        }
        findings.extend(strays.into_iter().map(|place| self.stray(place, places)));
        findings
    }

    fn finding(&self, found: &Break, shown: &[(&String, &Shown)], places: &Places<'_>) -> Finding {
        let event = &self.rows.event_name;
        let finding = told(event, found, places);
        let mut finding = Finding {
            message: format!("{}; {}", finding.message, self.standing()),
            why: finding.why.map(|why| format!("{why}\n{}", self.evidence(shown))),
            help: finding.help.map(|help| format!("{help}; {}", self.way_out())),
            ..finding
        };
        if is_accepted(found, self.versions) {
            finding.severity = Severity::Warn;
            finding.message.push_str("; the break was accepted");
        }
        finding
    }

    /// What no break explains: the payload is none of its own version.
    fn stray(&self, place: &String, places: &Places<'_>) -> Finding {
        let (event, number, reader) = (&self.rows.event_name, self.rows.event_version, self.reader.number);
        let at = if place.is_empty() { "a payload".to_owned() } else { format!("`{place}`") };
        let message = format!(
            "`{event}`: {at} is not what version {reader} reads, nor what version {number} writes; {}",
            self.standing()
        );
        let shown = self.shown.get_key_value(place);
        let why = format!("{}\n{}", rule::PAYLOAD.why, self.evidence(&shown.into_iter().collect::<Vec<_>>()));
        let finding = Finding::new(&rule::PAYLOAD, message).event(event).why(why).help(
            "`evt outbox show ID` shows the row; `evt dead-letters retry ID --payload JSON` sends a dead one mended",
        );
        let finding = finding.versions(Some(number), Some(reader));
        let finding = if place.is_empty() { finding } else { finding.path(place) };
        places.placed(finding, event, Some(place))
    }

    /// "12 rows of version 1 are in the outbox: 10 pending, 2 dead".
    fn standing(&self) -> String {
        let VersionRows { event_version: number, pending, retrying, held, dead, .. } = &self.rows;
        let states = [(pending, "pending"), (retrying, "retrying"), (held, "held"), (dead, "dead")];
        let states: Vec<_> = states
            .into_iter()
            .filter(|(count, _)| **count > 0)
            .map(|(count, state)| format!("{count} {state}"))
            .collect();
        let (rows, are) = match self.rows.total() {
            1 => ("1 row".to_owned(), "is"),
            rows => (format!("{rows} rows"), "are"),
        };
        format!("{rows} of version {number} {are} in the outbox: {}", states.join(", "))
    }

    /// What the payloads show.
    fn evidence(&self, shown: &[(&String, &Shown)]) -> String {
        let (read, total) = (self.read, self.rows.total());
        let Some((place, first)) = shown.iter().min_by_key(|(_, shown)| shown.seq) else {
            let seen = match read {
                0 => "none of the payloads was read".to_owned(),
                _ => format!("none of the {read} payloads that were read shows it, of {total}"),
            };
            return format!("{seen}; `--payloads` reads all");
        };
        let most = shown.iter().map(|(_, shown)| shown.rows).max().unwrap_or_default();
        let shows = if most == 1 { "shows" } else { "show" };
        let at = if place.is_empty() { String::new() } else { format!("`{place}` ") };
        let Shown { id, seq, message, .. } = first;
        format!(
            "{most} of {read} payloads that were read {shows} it, the first is that of {id} (row {seq}): {at}{message}"
        )
    }

    fn way_out(&self) -> String {
        let event = &self.rows.event_name;
        let waits = self.rows.total() > self.rows.dead;
        let dead = format!("`evt dead-letters retry --event {event} --upcast` brings dead letters on");
        match (waits, self.rows.dead > 0) {
            (true, true) => format!("or wait until what waits is read; {dead}"),
            (false, true) => dead,
            (_, false) => "or wait until what waits is read".to_owned(),
        }
    }
}

fn unknown(rows: &VersionRows, what: &str) -> Finding {
    let VersionRows { event_name: event, pending, retrying, held, dead, .. } = rows;
    let waiting = pending + retrying + held;
    let number = rows.total();
    let noun = if number == 1 { "row" } else { "rows" };
    let message = format!("{what}: {number} {noun} ({waiting} waiting, {dead} dead)");
    let help = format!(
        "bring in the definitions that the writer was made of, and run `evt dump`; `evt outbox list --event {event}` \
         shows the rows"
    );
    Finding::new(&rule::OUTBOX_UNKNOWN_EVENT, message).event(event).version(rows.event_version).help(help)
}

/// Whether what was found at a place is about what stands at `path`, in it, or around it.
fn is_at(place: &str, path: &str) -> bool {
    let holds = |outer: &str, inner: &str| {
        inner.strip_prefix(outer).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[', '{']))
    };
    holds(path, place) || holds(place, path)
}

/// A place of a payload, `lines[3].sku`, as one of its type, `lines[].sku`: keys of maps may be personal data.
fn place(path: &str, fields: &[Field]) -> String {
    let mut place = String::new();
    let Some((field, rest)) = field_at(path, fields) else { return path.to_owned() };
    place.push_str(&field.name);
    inside(rest, &field.item.field_type, &mut place);
    place
}

/// Writes where in a type the rest of a path leads. Says whether the type has such a place.
fn inside(rest: &str, field_type: &FieldType, place: &mut String) -> bool {
    if rest.is_empty() {
        return true;
    }
    match field_type {
        FieldType::Object(fields) => {
            let path = rest.strip_prefix('.').unwrap_or(rest);
            place.push('.');
            match field_at(path, fields) {
                Some((field, rest)) => {
                    place.push_str(&field.name);
                    inside(rest, &field.item.field_type, place)
                }
                None => {
                    place.push_str(path);
                    false
                }
            }
        }
        FieldType::List(item) => {
            place.push_str("[]");
            rest.split_once(']').is_some_and(|(_, rest)| inside(rest, &item.field_type, place))
        }
        FieldType::Map(item) => {
            place.push_str("{}");
            behind_key(rest.strip_prefix('.').unwrap_or(rest), &item.field_type, place);
            true
        }
        FieldType::Scalar(_) | FieldType::Enum(_) => false,
    }
}

/// A key may hold dots and brackets of its own: it ends where a place of the map's values begins, or with the path.
fn behind_key(path: &str, field_type: &FieldType, place: &mut String) {
    for (end, _) in path.match_indices(['.', '[']) {
        let mut rest = String::new();
        if inside(&path[end..], field_type, &mut rest) {
            return place.push_str(&rest);
        }
    }
}

/// The field that a path begins with, and what follows it.
fn field_at<'f, 'p>(path: &'p str, fields: &'f [Field]) -> Option<(&'f Field, &'p str)> {
    let end = path.find(['.', '[']).unwrap_or(path.len());
    let field = fields.iter().find(|field| field.name == path[..end])?;
    Some((field, &path[end..]))
}

#[cfg(test)]
mod tests {
    use super::{is_at, place};
    use crate::example::farm;

    #[test]
    fn places_hold_no_keys_and_no_numbers() {
        let schema = farm();
        let fields = &schema.events["cow_fed"][0].contract.payload_fields;
        let told = |path| place(path, fields);
        assert_eq!(told("feeds[12].price.amount"), "feeds[].price.amount");
        assert_eq!(told("totals.ada@example.amount"), "totals{}.amount");
        assert_eq!(told("totals.ada"), "totals{}");
        assert_eq!(told("totals.ada@farm.example.com.amount"), "totals{}.amount");
        assert_eq!(told("totals.a[0].b.amount"), "totals{}.amount");
        assert_eq!(told("totals.ada@farm.example.com"), "totals{}");
        assert_eq!(told("tags[3]"), "tags[]");
        assert_eq!(
            (told("weight"), told("unknown"), told("")),
            ("weight".into(), "unknown".into(), String::new())
        );
    }

    #[test]
    fn a_place_is_in_another_by_whole_names() {
        assert!(is_at("lines[].sku", "lines") && is_at("lines", "lines[].sku") && is_at("a", "a"));
        assert!(!is_at("line", "lines") && !is_at("a.b", "a.c"));
    }
}
