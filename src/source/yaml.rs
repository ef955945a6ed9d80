use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use granit_parser::{Event, Options, Parser, ScalarStyle, ScanError, StrInput};

use super::keys::Keys;
use super::{Entry, Node, Scalar, SourceFile, Span, Spanned, Style, Value};
use crate::finding::Finding;
use crate::rule;

/// The largest file that is read, in bytes.
pub const MAX_FILE_BYTES: usize = 16 * 1024 * 1024;
const MAX_NODES: usize = 100_000;
const MAX_ALIASED_NODES: usize = 10_000;
const MAX_DEPTH: usize = 64;
const FLATTER: &str = "nest less, or register a type under `types`";

/// What a YAML file holds: the documents that could be read, and what is wrong with it.
#[derive(Debug)]
pub struct Documents<'t> {
    /// One tree a document; empty documents are left out.
    pub nodes: Vec<Node<'t>>,
    /// What could not be read. A document with a mistake of structure is not in `nodes`.
    pub findings: Vec<Finding>,
}

/// Reads every document of a YAML file. A mistake ends its own document only.
#[must_use]
pub fn read_yaml(file: &Arc<SourceFile>) -> Documents<'_> {
    let mut documents = Documents { nodes: Vec::new(), findings: Vec::new() };
    if let Some(at) = file.text.find('\0') {
        let finding = Finding::new(&rule::YAML_SYNTAX, "the file holds a NUL character")
            .at(file, Span::new(at, at + 1))
            .help("definitions are text; is this a binary file?");
        documents.findings.push(finding);
        return documents;
    }
    let mut reader = Reader::new(file);
    loop {
        match reader.document() {
            Ok(Some(node)) if node.scalar().is_some_and(Scalar::is_absent) => {}
            Ok(Some(node)) => documents.nodes.push(node),
            Ok(None) => break,
            Err(finding) => {
                reader.findings.push(*finding);
                if !matches!(reader.parser.proceed_next_document(), Ok(true)) {
                    break;
                }
            }
        }
    }
    documents.findings = reader.findings;
    if !documents.findings.is_empty() {
        let conflicts = super::conflict::conflicts(file);
        if !conflicts.is_empty() {
            return Documents { nodes: Vec::new(), findings: conflicts };
        }
    }
    documents
}

type Result<T> = std::result::Result<T, Box<Finding>>;

struct Reader<'t> {
    file: &'t Arc<SourceFile>,
    parser: Parser<'t, StrInput<'t>>,
    anchors: HashMap<usize, Node<'t>>,
    nodes: usize,
    aliased_nodes: usize,
    depth: usize,
    findings: Vec<Finding>,
}

impl<'t> Reader<'t> {
    fn new(file: &'t Arc<SourceFile>) -> Self {
        let mut options = Options::default();
        options.set_emit_comments(false);
        Self {
            file,
            parser: Parser::new_from_str_with_options(&file.text, options),
            anchors: HashMap::new(),
            nodes: 0,
            aliased_nodes: 0,
            depth: 0,
            findings: Vec::new(),
        }
    }

    fn next(&mut self) -> Result<Option<(Event<'t>, Span)>> {
        match self.parser.next_event() {
            None => Ok(None),
            Some(Ok((event, span))) => Ok(Some((event, byte_span(span)))),
            Some(Err(error)) => Err(Box::new(self.syntax(&error))),
        }
    }

    /// The next document's tree; `None` at the end of the file.
    fn document(&mut self) -> Result<Option<Node<'t>>> {
        self.anchors.clear();
        (self.nodes, self.aliased_nodes, self.depth) = (0, 0, 0);
        while let Some((event, span)) = self.next()? {
            match event {
                Event::StreamStart | Event::DocumentStart(..) | Event::DocumentEnd => {}
                Event::StreamEnd => return Ok(None),
                event => return self.node(event, span).map(Some),
            }
        }
        Ok(None)
    }

    fn node(&mut self, event: Event<'t>, span: Span) -> Result<Node<'t>> {
        self.nodes += 1;
        if self.nodes > MAX_NODES {
            let what = format!("a document of more than {MAX_NODES} values");
            return self.over_limit(span, what, "split it into several documents or files");
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                self.refuse_tag(tag.is_some(), span);
                let style = if style == ScalarStyle::Plain { Style::Plain } else { Style::Quoted };
                let span = if style == Style::Plain { span } else { trim_end(self.file, span) };
                // The parser says `~` where nothing was written.
                let is_absent = style == Style::Plain && span.start() == span.end();
                let text = if is_absent { Cow::Borrowed("") } else { text };
                Ok(self.anchored(anchor, Node { span, value: Value::Scalar(Scalar { text, style }) }))
            }
            Event::SequenceStart(_, anchor, tag) => {
                self.refuse_tag(tag.is_some(), span);
                self.enter(span)?;
                let (items, end) = self.items()?;
                self.depth -= 1;
                let span = trim_end(self.file, Span::new(span.start(), end));
                Ok(self.anchored(anchor, Node { span, value: Value::Sequence(items) }))
            }
            Event::MappingStart(_, anchor, tag) => {
                self.refuse_tag(tag.is_some(), span);
                self.enter(span)?;
                let (entries, end) = self.entries()?;
                self.depth -= 1;
                let span = trim_end(self.file, Span::new(span.start(), end));
                Ok(self.anchored(anchor, Node { span, value: Value::Mapping(entries) }))
            }
            Event::Alias(anchor) => self.alias(anchor, span),
            _ => Err(Box::new(self.feature(span, "a value was expected here"))),
        }
    }

    fn items(&mut self) -> Result<(Vec<Node<'t>>, usize)> {
        let mut items = Vec::new();
        loop {
            match self.next()? {
                Some((Event::SequenceEnd, span)) => return Ok((items, span.end())),
                Some((event, span)) => items.push(self.node(event, span)?),
                None => return Ok((items, self.file.text.len())),
            }
        }
    }

    fn entries(&mut self) -> Result<(Vec<Entry<'t>>, usize)> {
        let mut entries: Vec<Entry<'t>> = Vec::with_capacity(8);
        let mut seen = Keys::default();
        loop {
            let (event, span) = match self.next()? {
                Some((Event::MappingEnd, span)) => return Ok((entries, span.end())),
                Some(next) => next,
                None => return Ok((entries, self.file.text.len())),
            };
            let key = self.node(event, span)?;
            let value = match self.next()? {
                Some((event, span)) => self.node(event, span)?,
                None => return Ok((entries, self.file.text.len())),
            };
            let Value::Scalar(Scalar { text, style }) = key.value else {
                self.findings.push(self.feature(key.span, "a key must be a scalar"));
                continue;
            };
            if style == Style::Plain && text == "<<" {
                let finding =
                    self.feature(key.span, "merge keys are not part of YAML 1.2").help("write the keys out");
                self.findings.push(finding);
                continue;
            }
            let entry = Entry { key: Spanned::new(text, key.span), value };
            match seen.first(&entries, &entry.key.value) {
                Some(first) => self.findings.push(self.repeated(&entry, first)),
                None => entries.push(entry),
            }
        }
    }

    fn repeated(&self, entry: &Entry<'_>, first: Span) -> Finding {
        Finding::new(
            &rule::DUPLICATE_KEY,
            format!("the key `{}` stands twice in this mapping", entry.key.value),
        )
        .at(self.file, entry.key.span)
        .label("again here")
        .related(self.file, first, "first here")
        .help("keep one of the two")
    }

    fn enter(&mut self, span: Span) -> Result<()> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return self.over_limit(span, format!("nesting deeper than {MAX_DEPTH}"), FLATTER);
        }
        Ok(())
    }

    #[inline]
    fn anchored(&mut self, anchor: usize, node: Node<'t>) -> Node<'t> {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        node
    }

    fn alias(&mut self, anchor: usize, span: Span) -> Result<Node<'t>> {
        let Some(node) = self.anchors.get(&anchor) else {
            return Err(Box::new(self.feature(span, "an alias inside of its own anchor never ends")));
        };
        self.aliased_nodes += node.size();
        let node = node.clone();
        if self.aliased_nodes > MAX_ALIASED_NODES {
            let what = format!("aliases that expand to more than {MAX_ALIASED_NODES} values");
            return self.over_limit(span, what, "use fewer aliases, or register a type under `types`");
        }
        if self.depth + depth(&node) > MAX_DEPTH {
            return self.over_limit(span, format!("nesting deeper than {MAX_DEPTH}"), FLATTER);
        }
        Ok(node)
    }

    fn refuse_tag(&mut self, tagged: bool, span: Span) {
        if tagged {
            let finding =
                self.feature(span, "tags are not read").help("remove the tag; evt knows the type it wants");
            self.findings.push(finding);
        }
    }

    fn over_limit<T>(&self, span: Span, what: String, help: &str) -> Result<T> {
        let finding = Finding::new(&rule::YAML_LIMIT, what)
            .at(self.file, Span::new(span.start(), span.start() + 1))
            .label("here")
            .help(help);
        Err(Box::new(finding))
    }

    fn feature(&self, span: Span, message: &str) -> Finding {
        Finding::new(&rule::YAML_FEATURE, message).at(self.file, span)
    }

    fn syntax(&self, error: &ScanError) -> Finding {
        let at = error.marker().byte_offset().unwrap_or(0);
        let rule = if is_limit(error) { &rule::YAML_LIMIT } else { &rule::YAML_SYNTAX };
        let finding = Finding::new(rule, error.info()).at(self.file, Span::new(at, at + 1)).label("here");
        match error.info() {
            info if info.starts_with("unexpected character") => unquoted(finding, &self.file.text[at..]),
            info if info.contains("tab") => finding.help("indent with spaces, not with tabs"),
            info if info.starts_with("mapping values are not allowed") => {
                finding.help("put text that holds `: ` in quotes, and indent keys alike")
            }
            _ => finding,
        }
    }
}

/// A value that begins with a mark that YAML keeps for itself.
fn unquoted(finding: Finding, rest: &str) -> Finding {
    let word: String = rest.chars().take_while(|c| !c.is_whitespace() && !",]}\"'".contains(*c)).collect();
    let word = crate::finding::shorten(&word);
    finding.help(format!("put it in quotes: \"{word}\""))
}

fn is_limit(error: &ScanError) -> bool {
    error.info().contains("limit")
}

fn depth(node: &Node<'_>) -> usize {
    match &node.value {
        Value::Scalar(_) => 0,
        Value::Sequence(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Mapping(entries) => 1 + entries.iter().map(|entry| depth(&entry.value)).max().unwrap_or(0),
    }
}

fn byte_span(span: granit_parser::Span) -> Span {
    span.byte_range().map_or_else(Span::default, |range| Span::new(range.start, range.end))
}

/// A span without the white space at its end, which block values drag along.
fn trim_end(file: &SourceFile, span: Span) -> Span {
    Span::new(span.start(), span.start() + file.slice(span).trim_end().len())
}
