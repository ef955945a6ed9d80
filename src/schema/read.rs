use std::sync::Arc;

use rayon::prelude::*;
use serde_json::value::RawValue;

use super::believe::version_of;
use super::conflict::conflict;
use super::integrity::Entry;
use super::recognise::{Said, event_name, recognise};
use super::settled::LeftOut;
use super::split::split;
use super::wire::{EntryWire, FileWire, FormatWire, NameWire};
use super::{FORMAT, Schema, Version, entry_text, integrity};
use crate::event::Contract;
use crate::finding::Finding;
use crate::fingerprint::Fingerprint;
use crate::rule;
use crate::source::{SourceFile, Span};

/// A schema file that was read, with what is wrong with it. With a finding, the schema must not be relied on.
#[derive(Debug, Default)]
pub struct ReadSchema {
    /// The history.
    pub schema: Schema,
    /// Where its entries stand.
    pub places: EntryPlaces,
    /// Whether its bytes are those that its content has.
    pub layout: Layout,
    /// What is wrong.
    pub findings: Vec<Finding>,
}

type Read<T> = Result<T, Box<Finding>>;

/// How the bytes of a schema file are laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Layout {
    /// As `evt dump` writes them.
    AsDumped,
    /// In another way.
    #[default]
    Other,
}

/// Where the entries of a schema file stand, by event, then in the order of the file.
#[derive(Debug, Default)]
pub struct EntryPlaces(Vec<(Arc<Contract>, Span)>);

impl EntryPlaces {
    /// The place of a version's entry.
    #[must_use]
    pub fn of(&self, event: &str, number: u32) -> Option<Span> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        let first = self.0.partition_point(|(contract, _)| contract.event_name.as_str() < event);
        let (contract, span) = self.0.get(first.checked_add(index)?)?;
        (contract.event_name == event).then_some(*span)
    }
}

/// Reads the text of a schema file and checks its integrity.
#[must_use]
pub fn read_schema(file: &Arc<SourceFile>) -> ReadSchema {
    read_schema_knowing(file, &LeftOut::new(), |_| None)
}

/// Like [`read_schema`], by somebody who knows what the definitions say of each event: entries that say the same
/// share it, and need not be parsed. Those of events that are left out are not looked at.
#[must_use]
pub fn read_schema_knowing<'d>(
    file: &Arc<SourceFile>,
    left_out: &LeftOut,
    said_of: impl Fn(&str) -> Option<Said<'d>> + Sync,
) -> ReadSchema {
    if matches!(file.text.trim_start().chars().next(), Some('[' | '"')) {
        let at = file.text.len() - file.text.trim_start().len();
        let message = "the schema file is not what `evt dump` writes: it is no object".to_owned();
        return refused(broken(file, Span::new(at, at + 1), message));
    }
    let Some(mut texts) = split(&file.text) else { return read_any_layout(file) };
    if !left_out.is_empty() {
        texts.retain(|text| event_name(text).is_none_or(|name| !left_out.contains(name)));
    }
    let read: Vec<Read<(Box<Entry>, Layout)>> = (0..texts.len())
        .into_par_iter()
        .with_min_len(64)
        .map(|index| {
            let (text, next) = (texts[index], texts.get(index + 1));
            let name = event_name(text);
            let is_latest = name.is_some() && name != next.and_then(|next| event_name(next));
            let said = name.filter(|_| is_latest).and_then(&said_of);
            read_laid_out(file, text, said)
        })
        .collect();
    let is_as_dumped = read.iter().all(|read| matches!(read, Ok((_, Layout::AsDumped))));
    let layout = if is_as_dumped && !file.has_byte_order_mark { Layout::AsDumped } else { Layout::Other };
    let entries = read.into_iter().map(|read| read.map(|(entry, _)| entry));
    ReadSchema { layout, ..collected(file, entries.collect()) }
}

/// One entry of a file that is laid out as `evt dump` lays it out, as far as could be seen.
fn read_laid_out(file: &Arc<SourceFile>, text: &str, said: Option<Said<'_>>) -> Read<(Box<Entry>, Layout)> {
    if let Some(version) = said.and_then(|said| recognise(text, said)) {
        return Ok((Box::new(entry(file, text, version)), Layout::AsDumped));
    }
    let entry = read_entry(file, text)?;
    let layout = if entry_text(&entry.version) == text { Layout::AsDumped } else { Layout::Other };
    Ok((entry, layout))
}

fn read_any_layout(file: &Arc<SourceFile>) -> ReadSchema {
    let texts = match parse(file) {
        Ok(texts) => texts,
        Err(finding) => return refused(*finding),
    };
    let is_empty = texts.is_empty();
    let read = texts.par_iter().with_min_len(64).map(|text| read_entry(file, text)).collect();
    let read = collected(file, read);
    let is_as_dumped =
        is_empty && read.findings.is_empty() && read.schema.text() == file.text && !file.has_byte_order_mark;
    ReadSchema { layout: if is_as_dumped { Layout::AsDumped } else { Layout::Other }, ..read }
}

fn collected(file: &Arc<SourceFile>, read: Vec<Read<Box<Entry>>>) -> ReadSchema {
    let mut findings = Vec::new();
    let mut entries = Vec::with_capacity(read.len());
    for entry in read {
        match entry {
            Ok(entry) => entries.push(entry),
            Err(finding) => findings.push(*finding),
        }
    }
    // The file as a whole says better what is wrong with it, such as the conflict markers of a merge.
    if !findings.is_empty()
        && let Err(finding) = parse(file)
    {
        return refused(*finding);
    }
    let check = || if findings.is_empty() { integrity::check(file, &entries) } else { findings };
    let (findings, (schema, places)) = rayon::join(check, || collect(&entries));
    // Memory is given back where it was taken.
    entries.into_par_iter().for_each(drop);
    ReadSchema { schema, places, findings, layout: Layout::Other }
}

/// The entries of a file of any layout.
fn parse(file: &Arc<SourceFile>) -> Result<Vec<&str>, Box<Finding>> {
    let wire: FileWire<'_> = serde_json::from_str(&file.text).map_err(|error| unreadable(file, &error))?;
    match newer(file) {
        Some(finding) => Err(Box::new(finding)),
        None => Ok(wire.events.into_iter().map(RawValue::get).collect()),
    }
}

fn refused(finding: Finding) -> ReadSchema {
    ReadSchema { findings: vec![finding], ..ReadSchema::default() }
}

fn collect(entries: &[Box<Entry>]) -> (Schema, EntryPlaces) {
    let mut sorted: Vec<&Entry> = entries.iter().map(AsRef::as_ref).collect();
    sorted.sort_by(|a, b| a.event_name().cmp(b.event_name()));
    let place = |entry: &&Entry| (Arc::clone(&entry.version.contract), entry.span);
    let versions = |entries: &[&Entry]| entries.iter().map(|entry| entry.version.clone()).collect();
    let (places, events): (_, Vec<(String, Vec<Version>)>) = rayon::join(
        || sorted.par_iter().map(place).collect(),
        || {
            let events = sorted.par_chunk_by(|a, b| a.event_name() == b.event_name());
            events.map(|entries| (entries[0].event_name().to_owned(), versions(entries))).collect()
        },
    );
    // All at once: to insert one by one takes several times as long.
    (Schema { events: events.into_iter().collect() }, EntryPlaces(places))
}

fn unreadable(file: &Arc<SourceFile>, error: &serde_json::Error) -> Box<Finding> {
    if let Some(finding) = newer(file).or_else(|| conflict(file)) {
        return Box::new(finding);
    }
    let at = offset(&file.text, error.line(), error.column());
    let message = format!("the schema file is not what `evt dump` writes: {}", reason(error));
    Box::new(broken(file, place(&file.text, at, &reason(error), 0), message))
}

/// What serde says, without the place, which the finding has.
pub(crate) fn reason(error: &serde_json::Error) -> String {
    let text = error.to_string();
    if error.is_eof() {
        return "it ends too early".to_owned();
    }
    let place = format!(" at line {} column {}", error.line(), error.column());
    let text = text.strip_suffix(&place).unwrap_or(&text);
    let text = text.split(", expected one of").next().unwrap_or(text);
    text.replace(" field `", " key `")
}

/// The key that serde speaks of, where it stands before the place at which serde stopped; else that place.
fn place(text: &str, at: usize, reason: &str, start: usize) -> Span {
    let key = reason.split_once(" key `").filter(|(verb, _)| *verb != "missing").map(|(_, rest)| rest);
    let quoted = key.and_then(|rest| rest.split('`').next()).map(|key| format!("\"{key}\""));
    let before = &text[..text.floor_char_boundary(at + 1)];
    match quoted.and_then(|quoted| Some((before.rfind(&quoted)?, quoted.len()))) {
        Some((found, length)) => Span::new(start + found, start + found + length),
        None => Span::new(start + at, start + at + 1),
    }
}

fn newer(file: &Arc<SourceFile>) -> Option<Finding> {
    let head = file.text.trim_start().strip_prefix('{').map(str::trim_start);
    let in_place = head.and_then(|rest| rest.strip_prefix("\"evt\": 1,"));
    if in_place.is_some() {
        return None;
    }
    let format: FormatWire = serde_json::from_str(&file.text).ok()?;
    let at = file.text.find("\"evt\"").unwrap_or_default();
    let message = match format.evt {
        0 => {
            let message = "the schema file has format 0, which never was".to_owned();
            return Some(broken(file, Span::new(at, at + "\"evt\"".len()), message));
        }
        evt if evt > FORMAT => {
            format!("the schema file has format {evt}, this evt knows formats up to {FORMAT}")
        }
        _ => return None,
    };
    let finding =
        Finding::new(&rule::SCHEMA_FILE_NEWER, message).at(file, Span::new(at, at + "\"evt\"".len()));
    Some(finding.label("the format").help("install the version of evt that wrote it, or a newer one"))
}

/// A version with the place of its text in the file.
fn entry(file: &SourceFile, text: &str, version: Version) -> Entry {
    let start = text.as_ptr() as usize - file.text.as_ptr() as usize;
    let computed = Fingerprint::of(&version.contract);
    Entry { version, span: Span::new(start, start + text.len()), computed }
}

fn read_entry(file: &Arc<SourceFile>, text: &str) -> Result<Box<Entry>, Box<Finding>> {
    let start = text.as_ptr() as usize - file.text.as_ptr() as usize;
    if !text.starts_with('{') {
        let message = "an entry of the schema file is no object".to_owned();
        return Err(Box::new(broken(file, Span::new(start, start + 1), message)));
    }
    let wire: EntryWire<'_> =
        serde_json::from_str(text).map_err(|error| Box::new(unread(file, text, start, &error)))?;
    let (event, number) = (wire.event_name.clone(), wire.event_version);
    let version: Version = version_of(wire).map_err(|reason| {
        let message =
            format!("the entry of `{event}` version {number} is not what `evt dump` writes: {reason}");
        Box::new(broken(file, integrity::head_line(text, start), message).event(&event).version(number))
    })?;
    Ok(Box::new(entry(file, text, version)))
}

/// An entry that cannot be read, by event and version as far as it names them.
fn unread(file: &Arc<SourceFile>, text: &str, start: usize, error: &serde_json::Error) -> Finding {
    let name: NameWire = serde_json::from_str(text).unwrap_or_default();
    let whose = match (&name.event_name, name.event_version) {
        (Some(event), Some(number)) => format!("the entry of `{event}` version {number}"),
        (Some(event), None) => format!("an entry of `{event}`"),
        (None, _) => "an entry of the schema file".to_owned(),
    };
    let reason = reason(error);
    let at = offset(text, error.line(), error.column());
    let message = format!("{whose} is not what `evt dump` writes: {reason}");
    let finding = broken(file, place(text, at, &reason, start), message);
    let finding = Finding { to_version: name.event_version, ..finding };
    name.event_name.map_or(finding.clone(), |event| finding.event(event))
}

fn broken(file: &Arc<SourceFile>, span: Span, message: String) -> Finding {
    Finding::new(&rule::SCHEMA_FILE_SYNTAX, message)
        .at(file, span)
        .label("here")
        .help(format!("restore it from git: `git checkout -- {}`, then run `evt dump`", file.path))
}

/// The byte offset of a line and a column as `serde_json` counts them: from 1, columns in bytes.
pub(crate) fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    (before + column.saturating_sub(1)).min(text.len())
}
