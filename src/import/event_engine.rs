//! The `db/event_schema.json` of the Ruby gem `event_engine`: a list with one object for each version of each event, as its
//! `EventSchemaJsonWriter` writes it. Its fingerprints are ours, of events that say nothing but what the gem knows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde_json::value::RawValue;

use super::members::Members;
use crate::event::{Contract, Metadata, ProcessType};
use crate::field_type::{Field, FieldType, Item, ScalarType};
use crate::finding::{Finding, shorten};
use crate::fingerprint::Fingerprint;
use crate::rule::{self, Rule};
use crate::schema::{Schema, Version, offset, reason};
use crate::source::{SourceFile, Span};
use crate::suggest;

/// The bytes that a file may have.
pub const MAX_IMPORT_BYTES: usize = 100 << 20;

/// What to do about a file that the gem would not have written so.
const AGAIN: &str = "let the gem write it again: `bin/rails event_engine:schema:dump`";

/// What a file of the gem holds.
#[derive(Debug, Default)]
pub struct Import {
    /// The history; to be relied on only if none of the findings is an error.
    pub schema: Schema,
    /// Where the name of each version's event stands.
    places: BTreeMap<(String, u32), Span>,
    /// What is wrong, and what is not kept.
    pub findings: Vec<Finding>,
}

impl Import {
    /// Puts a finding at an event's latest version.
    #[must_use]
    pub fn placed(&self, finding: Finding, file: &Arc<SourceFile>, event: &str) -> Finding {
        let number = self.schema.latest(event).map_or(1, |latest| latest.number);
        let finding = finding.event(event).version(number);
        match self.places.get(&(event.to_owned(), number)) {
            Some(place) => finding.at(file, *place).label("this event"),
            None => finding,
        }
    }
}

/// Reads the text of a file.
#[must_use]
pub fn read_event_engine(file: &Arc<SourceFile>) -> Import {
    let texts = match entries(file) {
        Ok(texts) => texts,
        Err(finding) => return Import { findings: vec![*finding], ..Import::default() },
    };
    let mut reader = Reader { file, findings: Vec::new(), left_out: BTreeMap::new() };
    let mut events: BTreeMap<String, Vec<Entry>> = BTreeMap::new();
    for text in texts {
        if let Some(entry) = reader.entry(text) {
            events.entry(entry.contract.event_name.clone()).or_default().push(entry);
        }
    }
    let mut import = Import::default();
    // What cannot be read is missing below, which is no news.
    let is_whole = reader.findings.is_empty();
    for (name, mut entries) in events {
        entries.sort_by_key(|entry| entry.number);
        if is_whole {
            reader.check_history(&name, &entries);
        }
        for entry in &entries {
            import.places.insert((name.clone(), entry.number), entry.place);
        }
        import.schema.events.insert(name, versions(entries));
    }
    reader.tell_left_out();
    import.findings = reader.findings;
    import
}

/// The texts of the entries.
fn entries(file: &Arc<SourceFile>) -> Result<Vec<&RawValue>, Box<Finding>> {
    let text = &file.text;
    let start = text.len() - text.trim_start().len();
    let other = |message: &str, help: &str| {
        let finding = Finding::new(&rule::IMPORT_SYNTAX, message).at(file, Span::new(start, start + 1));
        Err(Box::new(finding.label("here").help(help)))
    };
    if text.len() > MAX_IMPORT_BYTES {
        let message = format!("the file has {} bytes, the most is {MAX_IMPORT_BYTES}", text.len());
        return other(&message, "import it in parts: each a list with all versions of its events");
    }
    match text[start..].chars().next() {
        None => return other("the file is empty", AGAIN),
        Some('#' | 'E') => {
            let help =
                "the gem writes `db/event_schema.json` beside it: `bin/rails event_engine:schema:dump`";
            return other("the file is Ruby, not JSON", help);
        }
        Some('{')
            if serde_json::from_str::<Members<'_>>(text)
                .is_ok_and(|it| it.0.iter().any(|(key, _)| key == "evt")) =>
        {
            let help = "a schema file is not imported: name it in evt.toml, `[schema] path`";
            return other("this is a schema file of evt, not of event_engine", help);
        }
        Some('[') => {}
        Some(_) => return other("the file is no list of events", AGAIN),
    }
    let texts: Vec<&RawValue> = serde_json::from_str(text).map_err(|error| {
        let at = offset(text, error.line(), error.column());
        let message = format!("the file is not JSON: {}", reason(&error));
        let finding = Finding::new(&rule::IMPORT_SYNTAX, message).at(file, Span::new(at, at + 1));
        Box::new(finding.label("here").help(AGAIN))
    })?;
    if texts.is_empty() {
        return other("the file holds no event", AGAIN);
    }
    Ok(texts)
}

/// One version of an event.
struct Entry {
    number: u32,
    contract: Contract,
    metadata: Metadata,
    /// What the gem says, with its place.
    claimed: (Fingerprint, Span),
    /// Where the event's name stands.
    place: Span,
}

fn versions(entries: Vec<Entry>) -> Vec<Version> {
    let mut previous = None;
    let versions = entries.into_iter().map(|entry| {
        let fingerprint = entry.claimed.0;
        Version {
            number: entry.number,
            contract: Arc::new(entry.contract),
            fingerprint,
            previous: previous.replace(fingerprint),
            metadata: Arc::new(entry.metadata),
            renamed_to: None,
            retired: false,
        }
    });
    versions.collect()
}

/// An object that is read, with what it is called.
struct Object<'t> {
    what: String,
    place: Span,
    members: Members<'t>,
}

impl<'t> Object<'t> {
    fn get(&self, key: &str) -> Option<&'t RawValue> {
        let found = self.members.0.iter().find(|(known, _)| known == key)?;
        Some(found.1).filter(|value| value.get() != "null")
    }
}

/// Reads entries, and collects what is wrong with them.
struct Reader<'f> {
    file: &'f Arc<SourceFile>,
    findings: Vec<Finding>,
    /// Keys that nothing is made of, with the first place and how often they stand there.
    left_out: BTreeMap<String, (Span, usize)>,
}

const ENTRY: [&str; 11] = [
    "event_name",
    "event_version",
    "event_type",
    "event_level",
    "process_type",
    "subject",
    "domain",
    "required_inputs",
    "optional_inputs",
    "payload_fields",
    "fingerprint",
];
const FIELD: [&str; 4] = ["name", "from", "attr", "required"];

impl Reader<'_> {
    fn span(&self, value: &RawValue) -> Span {
        let start = value.get().as_ptr() as usize - self.file.text.as_ptr() as usize;
        Span::new(start, start + value.get().len())
    }

    /// The place of a value, or of its beginning where it is large.
    fn place(&self, value: &RawValue) -> Span {
        let span = self.span(value);
        let is_large = value.get().starts_with(['{', '[']);
        Span::new(span.start(), if is_large { span.start() + 1 } else { span.end() })
    }

    fn add(&mut self, rule: &'static Rule, place: Span, message: String, help: &str) {
        let finding = Finding::new(rule, message).at(self.file, place).label("here");
        self.findings.push(finding.help(help));
    }

    fn wrong(&mut self, place: Span, message: String) {
        self.add(&rule::IMPORT_SYNTAX, place, message, AGAIN);
    }

    fn object<'t>(
        &mut self,
        value: &'t RawValue,
        what: &str,
        known: &[&str],
        path: &str,
    ) -> Option<Object<'t>> {
        let place = self.place(value);
        let Ok(members) = serde_json::from_str::<Members<'t>>(value.get()) else {
            self.wrong(place, format!("{what} is no object"));
            return None;
        };
        let mut seen = BTreeSet::new();
        for (key, value) in &members.0 {
            if !seen.insert(key) {
                self.wrong(self.place(value), format!("`{}` stands twice in {what}", shorten(key)));
            } else if !known.contains(&key.as_str()) && value.get() != "null" {
                let first = (self.place(value), 0);
                self.left_out.entry(format!("{path}{key}")).or_insert(first).1 += 1;
            }
        }
        Some(Object { what: what.to_owned(), place, members })
    }

    /// A text; `None` where it is null, absent, or something else, which is told.
    fn text(&mut self, object: &Object<'_>, key: &str) -> Option<(String, Span)> {
        let value = object.get(key)?;
        match serde_json::from_str::<String>(value.get()) {
            Ok(text) => Some((text, self.span(value))),
            Err(_) => {
                self.wrong(self.place(value), format!("`{key}` of {} is no text", object.what));
                None
            }
        }
    }

    fn required_text(&mut self, object: &Object<'_>, key: &str) -> Option<(String, Span)> {
        if object.get(key).is_none() {
            self.wrong(object.place, format!("{} has no `{key}`", object.what));
        }
        let (text, place) = self.text(object, key)?;
        if text.is_empty() {
            self.wrong(place, format!("`{key}` of {} is empty", object.what));
            return None;
        }
        Some((text, place))
    }

    fn items<'t>(&mut self, object: &Object<'t>, key: &str) -> Vec<&'t RawValue> {
        let Some(value) = object.get(key) else {
            self.wrong(object.place, format!("{} has no `{key}`", object.what));
            return Vec::new();
        };
        serde_json::from_str::<Vec<&RawValue>>(value.get()).unwrap_or_else(|_| {
            self.wrong(self.place(value), format!("`{key}` of {} is no list", object.what));
            Vec::new()
        })
    }

    fn entry(&mut self, text: &RawValue) -> Option<Entry> {
        let object = self.object(text, "an entry", &ENTRY, "")?;
        let (event_name, place) = self.required_text(&object, "event_name")?;
        let number = self.number(&object, &event_name)?;
        let object = Object { what: format!("`{}` version {number}", shorten(&event_name)), ..object };
        let before = self.findings.len();
        let event_type = self.required_text(&object, "event_type").map(|text| text.0);
        let mut inputs = BTreeSet::new();
        let required_inputs = self.inputs(&object, "required_inputs", &mut inputs);
        let optional_inputs = self.inputs(&object, "optional_inputs", &mut inputs);
        let payload_fields = self.fields(&object);
        let metadata = self.metadata(&object);
        let claimed = self.fingerprint(&object);
        if self.findings.len() > before {
            return None;
        }
        let event_type = event_type?;
        let contract = Contract { event_name, event_type, required_inputs, optional_inputs, payload_fields };
        Some(Entry { number, contract, metadata, claimed: claimed?, place })
    }

    fn number(&mut self, object: &Object<'_>, event: &str) -> Option<u32> {
        let Some(value) = object.get("event_version") else {
            self.wrong(object.place, format!("an entry of `{}` has no `event_version`", shorten(event)));
            return None;
        };
        let number = value.get().parse().ok().filter(|number| *number > 0);
        if number.is_none() {
            let message = format!("`event_version` of an entry of `{}` is no number from 1", shorten(event));
            self.wrong(self.place(value), message);
        }
        number
    }

    fn inputs(&mut self, object: &Object<'_>, key: &str, seen: &mut BTreeSet<String>) -> Vec<String> {
        let mut names = Vec::new();
        for item in self.items(object, key) {
            match serde_json::from_str::<String>(item.get()) {
                Ok(name) if seen.insert(name.clone()) => names.push(name),
                Ok(name) => {
                    let message = format!("the input `{}` stands twice in {}", shorten(&name), object.what);
                    self.wrong(self.place(item), message);
                }
                Err(_) => self.wrong(self.place(item), format!("an input of {} is no text", object.what)),
            }
        }
        names
    }

    fn fields(&mut self, object: &Object<'_>) -> Vec<Field> {
        let what = format!("a payload field of {}", object.what);
        let (mut fields, mut seen) = (Vec::new(), BTreeSet::new());
        for item in self.items(object, "payload_fields") {
            let Some(object) = self.object(item, &what, &FIELD, "payload_fields.") else { continue };
            let name = self.required_text(&object, "name");
            let from = self.required_text(&object, "from");
            let attr = self.text(&object, "attr").map(|text| text.0).filter(|attr| !attr.is_empty());
            let required = match object.get("required").map(RawValue::get) {
                Some("true") => true,
                Some("false") => false,
                _ => {
                    self.wrong(object.place, format!("`required` of {what} is not `true` or `false`"));
                    continue;
                }
            };
            let (Some((name, place)), Some((from, _))) = (name, from) else { continue };
            if !seen.insert(name.clone()) {
                self.wrong(place, format!("the field `{}` stands twice: {what}", shorten(&name)));
            }
            let item = Item::plain(FieldType::Scalar(ScalarType::Json));
            fields.push(Field { name, required, from: Some(from), attr, item });
        }
        fields
    }

    fn metadata(&mut self, object: &Object<'_>) -> Metadata {
        let word = self.text(object, "process_type");
        let level = self.level(object);
        let process_type = match word {
            Some((word, place)) => ProcessType::parse(&word).unwrap_or_else(|| {
                let words = ProcessType::ALL.iter().map(|(word, _)| *word);
                let message = format!("`process_type` of {} cannot be `{}`", object.what, shorten(&word));
                let near = suggest::nearest(&word, words);
                let finding = Finding::new(&rule::IMPORT_SYNTAX, message).at(self.file, place).label("here");
                self.findings.push(finding.suggest(near).or_help(AGAIN));
                ProcessType::default()
            }),
            None => level.unwrap_or_default(),
        };
        let mut text = |key| self.text(object, key).map(|text| text.0).filter(|text| !text.is_empty());
        Metadata { process_type, domain: text("domain"), subject: text("subject"), ..Metadata::default() }
    }

    /// The older spelling of `process_type`.
    fn level(&mut self, object: &Object<'_>) -> Option<ProcessType> {
        let value = object.get("event_level")?;
        let level = value.get().parse().ok().and_then(ProcessType::of_level);
        if level.is_none() {
            self.wrong(
                self.place(value),
                format!("`event_level` of {} is no number from 1 to 5", object.what),
            );
        }
        level
    }

    fn fingerprint(&mut self, object: &Object<'_>) -> Option<(Fingerprint, Span)> {
        let (text, place) = self.required_text(object, "fingerprint")?;
        let fingerprint = Fingerprint::parse(&text);
        if fingerprint.is_none() {
            self.wrong(place, format!("`fingerprint` of {} is not 64 hex digits in lower case", object.what));
        }
        fingerprint.map(|fingerprint| (fingerprint, place))
    }

    /// Whether the versions of an event, sorted, are 1 to N, each with the fingerprint that it has.
    fn check_history(&mut self, name: &str, entries: &[Entry]) {
        let shown = shorten(name);
        let mut last: Option<&Entry> = None;
        for entry in entries {
            let computed = Fingerprint::of(&entry.contract);
            let (number, before) = (entry.number, last.map_or(0, |last| last.number));
            if let Some(twin) = last.filter(|last| last.number == number) {
                self.twice(entry, twin);
            } else if number != before + 1 {
                let message = format!("`{shown}` has version {number}, but no version {}", before + 1);
                let help = "take the missing entry from an older state of the file: versions are numbered without a gap";
                self.add(&rule::IMPORT_HISTORY, entry.place, message, help);
            } else if computed != entry.claimed.0 {
                let message =
                    format!("`{shown}` version {number} does not have the fingerprint that the file claims");
                let finding = Finding::new(&rule::IMPORT_HISTORY, message).at(self.file, entry.claimed.1);
                let why = format!("computed {computed}, claimed {}", entry.claimed.0);
                self.findings.push(finding.label("here").why(why).help(AGAIN));
            }
            last = Some(entry);
        }
    }

    fn twice(&mut self, entry: &Entry, twin: &Entry) {
        let domain = |entry: &Entry| entry.metadata.domain.clone();
        let name = shorten(&entry.contract.event_name);
        let shown =
            |domain: Option<String>| domain.map_or("none".to_owned(), |it| format!("`{}`", shorten(&it)));
        let (message, help) = if domain(entry) == domain(twin) {
            (format!("`{name}` version {} stands twice", entry.number), "remove one of them")
        } else {
            let (one, other) = (shown(domain(twin)), shown(domain(entry)));
            (
                format!("`{name}` version {} stands in two domains, {one} and {other}", entry.number),
                "events are told apart by their names alone: rename one of them, or remove what has moved",
            )
        };
        let finding =
            Finding::new(&rule::IMPORT_HISTORY, message).at(self.file, entry.place).label("again here");
        self.findings.push(finding.related(self.file, twin.place, "first here").help(help));
    }

    fn tell_left_out(&mut self) {
        for (key, (place, count)) in std::mem::take(&mut self.left_out) {
            let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
            let message =
                format!("`{}` is not kept: event_engine writes no such key ({times})", shorten(&key));
            let help = "say it in the definitions afterwards, where evt has a key for it";
            self.add(&rule::IMPORT_LEFT_OUT, place, message, help);
        }
    }
}
