use std::sync::Arc;

use memchr::memmem;

use super::event::read_event;
use super::family::read_family;
use super::register::read_register;
use super::{EventDefinition, RemovedDefinition, SubjectDefinition, TypeDefinition};
use crate::finding::Finding;
use crate::rule;
use crate::source::{Fields, Node, Reporter, SourceFile, Spanned, read_yaml};
use crate::suggest;

/// All that one file, or a whole project, defines.
#[derive(Debug, Default)]
pub struct Definitions {
    /// Events, those of families included; boxed, since they are large and change hands often.
    pub events: Vec<Box<EventDefinition>>,
    /// Named types.
    pub types: Vec<TypeDefinition>,
    /// The names of types that are registered, but wrong, which has been reported.
    pub broken_types: Vec<String>,
    /// Registered subjects.
    pub subjects: Vec<SubjectDefinition>,
    /// Events that are gone on purpose.
    pub removed: Vec<RemovedDefinition>,
}

impl Definitions {
    /// Adds what another file defines.
    pub fn append(&mut self, mut other: Self) {
        self.events.append(&mut other.events);
        self.types.append(&mut other.types);
        self.broken_types.append(&mut other.broken_types);
        self.subjects.append(&mut other.subjects);
        self.removed.append(&mut other.removed);
    }
}

/// Reads the definitions of one file. What is wrong with it is told; what could be read is returned all the same.
#[must_use]
pub fn read_definitions(file: &Arc<SourceFile>) -> (Definitions, Vec<Finding>) {
    let documents = read_yaml(file);
    let mut reporter = Reporter::new(file);
    let mut definitions = Definitions::default();
    for finding in documents.findings {
        reporter.add(finding);
    }
    for node in &documents.nodes {
        read_document(node, &mut definitions, &mut reporter);
    }
    (definitions, reporter.into_findings())
}

const KINDS: &[&str] = &["event_name", "lifecycle", "types", "subjects", "removed"];
/// Those of a register.
const REGISTERS: &[&str] = &["types", "subjects", "removed"];

/// Whether a file may hold a register; seen without reading it. A key of one stands in the text as it is, unless it is
/// written with an escape that gives a letter or joins two lines.
#[must_use]
pub fn may_hold_register(text: &str) -> bool {
    let gives_letters = |behind: &str| behind.starts_with(['x', 'u', 'U', '\n', '\r']);
    let holds = |key: &&str| memmem::find(text.as_bytes(), key.as_bytes()).is_some();
    REGISTERS.iter().any(holds) || text.split('\\').skip(1).any(gives_letters)
}

fn read_document(node: &Node<'_>, definitions: &mut Definitions, reporter: &mut Reporter<'_>) {
    let Some(mut fields) = Fields::of(node, "a document", reporter) else { return };
    let has = |key: &str| node.get(key).is_some();
    let is_register = REGISTERS.iter().any(|key| has(key));
    match (has("event_name"), has("lifecycle"), is_register) {
        (true, false, false) => {
            definitions.events.extend(read_event(node, reporter).map(Box::new));
        }
        (false, true, false) => {
            definitions.events.extend(read_family(node, reporter).into_iter().map(Box::new));
        }
        (false, false, true) => {
            let fields = Fields::of(node, "a register", reporter);
            if let Some(fields) = fields {
                read_register(fields, definitions, reporter);
            }
        }
        (false, false, false) => unknown_kind(node, &fields, reporter),
        _ => {
            let found: Vec<_> = KINDS.iter().filter_map(|kind| fields.take(kind)).collect();
            let mut finding = reporter
                .finding(
                    &rule::DEFINITION_KIND,
                    found[1].key.span,
                    "a document is an event, a family or a register",
                )
                .label("a second kind")
                .help("put a line `---` between them to make them two documents");
            finding = finding.related(reporter.file(), found[0].key.span, "the first kind");
            reporter.add(finding);
        }
    }
}

fn unknown_kind(node: &Node<'_>, fields: &Fields<'_, '_>, reporter: &mut Reporter<'_>) {
    let keys = node.entries().unwrap_or_default();
    let near = keys
        .iter()
        .find_map(|entry| Some((entry.key.span, suggest::nearest(&entry.key.value, KINDS.iter().copied())?)));
    let span = near.map_or(fields.head(), |(span, _)| span);
    let finding = reporter
        .finding(
            &rule::DEFINITION_KIND,
            span,
            "this document is neither an event nor a family nor a register",
        )
        .label("none of `event_name`, `lifecycle`, `types`, `subjects`, `removed` here")
        .suggest(near.map(|(_, word)| word));
    reporter.add(finding);
}

/// Reports a name that is not `snake_case`.
pub(super) fn check_name(name: &Spanned<String>, what: &str, reporter: &mut Reporter<'_>) {
    if is_snake_case(&name.value) {
        return;
    }
    let shown = crate::finding::shorten(&name.value);
    let finding = reporter
        .finding(
            &rule::INVALID_NAME,
            name.span,
            format!("the name `{shown}` of {} is not `snake_case`", article(what)),
        )
        .label("small letters, digits and single `_`, a letter first");
    let proposal = if name.value.len() < 200 { to_snake_case(&name.value) } else { String::new() };
    let finding = if is_snake_case(&proposal) && proposal.len() < 80 {
        finding.help(format!("call it `{proposal}`"))
    } else {
        finding
    };
    reporter.add(finding);
}

/// The `rust_name` of a key: an identifier of Rust.
pub(super) fn rust_name(fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Option<String> {
    let name = fields.text("rust_name", reporter)?;
    if !is_identifier(&name.value) {
        let message = format!("`{}` is no name in Rust", crate::finding::shorten(&name.value));
        let finding = reporter.finding(&rule::INVALID_NAME, name.span, message);
        reporter.add(finding.label("expected letters, digits and `_`, a letter first"));
    }
    Some(name.value)
}

/// `[A-Za-z_][A-Za-z0-9_]*`, more than `_` alone.
pub(super) fn is_identifier(name: &str) -> bool {
    name.starts_with(|c: char| c == '_' || c.is_ascii_alphabetic())
        && name.bytes().all(|b| b == b'_' || b.is_ascii_alphanumeric())
        && name != "_"
}

fn article(what: &str) -> String {
    let article = if what.starts_with(['a', 'e', 'i', 'o', 'u']) { "an" } else { "a" };
    format!("{article} {what}")
}

/// `[a-z][a-z0-9_]*`, no `__`, no `_` at the end.
#[must_use]
pub(crate) fn is_snake_case(name: &str) -> bool {
    name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && !name.contains("__")
        && !name.ends_with('_')
}

fn to_snake_case(name: &str) -> String {
    let mut snake = String::with_capacity(name.len() + 4);
    for c in name.chars() {
        if c.is_ascii_uppercase()
            && snake.ends_with(|last: char| last.is_ascii_lowercase() || last.is_ascii_digit())
        {
            snake.push('_');
        }
        if c.is_ascii_alphanumeric() {
            snake.push(c.to_ascii_lowercase());
        } else if !snake.ends_with('_') && !snake.is_empty() {
            snake.push('_');
        }
    }
    snake.trim_end_matches('_').to_owned()
}
