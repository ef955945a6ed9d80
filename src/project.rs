//! `evt.toml`, checked.

mod database;
mod rules;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::disk::normal;
use crate::event::{CompatMode, words};
use crate::finding::{self, Finding};
use crate::rule::{self, Severity};
use crate::source::{Fields, Node, Reporter, SourceFile, Spanned, Value, read_toml};

pub use database::{DoctorSettings, OutboxSettings, RelaySettings, parse_span};

/// The name of the file that makes a folder a project.
pub const CONFIG_NAME: &str = "evt.toml";

/// What `evt.toml` says; every setting has a default.
#[derive(Clone, Debug)]
pub struct Project {
    /// The file itself.
    pub file: Arc<SourceFile>,
    /// `[project] source`: the `CloudEvents` source.
    pub source: Option<String>,
    /// `[git] base`: what history is proven against.
    pub base: Option<String>,
    /// `[definitions] paths`, relative to the project; none makes it a consumer.
    pub definition_paths: Vec<Spanned<String>>,
    /// `[schema] path`, relative to the project.
    pub schema_path: String,
    /// `[generate.rust]`.
    pub rust: Option<RustTarget>,
    /// `[compat] mode`.
    pub compat: CompatMode,
    /// `[compat] domain`.
    pub compat_by_domain: BTreeMap<String, CompatMode>,
    /// `[database]`, `[outbox]` and `[doctor]`.
    pub outbox: OutboxSettings,
    /// `[rules]`: by id; `None` is off.
    pub severities: BTreeMap<&'static str, Option<Severity>>,
}

/// Where generated Rust goes.
#[derive(Clone, Debug)]
pub struct RustTarget {
    /// The file, relative to the project.
    pub path: String,
    /// Which versions are generated.
    pub versions: Versions,
}

words! {
    /// Which versions of an event are generated.
    Versions {
        /// Every one.
        All = "all",
        /// The latest.
        Latest = "latest",
    }
}

impl Project {
    /// Reads `evt.toml`.
    ///
    /// # Errors
    /// All that is wrong with it.
    pub fn read(file: &Arc<SourceFile>) -> Result<Self, Vec<Finding>> {
        let root = read_toml(file).map_err(|finding| vec![*finding])?;
        let mut reporter = Reporter::new(file);
        let project = read_project(&root, &mut reporter);
        let mut findings = reporter.into_findings();
        finding::sort(&mut findings);
        match project {
            Some(project) if findings.is_empty() => Ok(project),
            _ => Err(findings),
        }
    }

    /// Whether there are no definitions to read, only a schema file.
    #[must_use]
    pub fn is_consumer(&self) -> bool {
        self.definition_paths.is_empty()
    }

    /// Gives findings the severities of `[rules]` and drops those that are switched off, or were never switched on.
    #[must_use]
    pub fn judge(&self, findings: Vec<Finding>) -> Vec<Finding> {
        let judged = findings.into_iter().filter_map(|mut finding| {
            finding.severity = match self.severities.get(finding.rule.id) {
                None => finding.rule.default_severity().map(|_| finding.severity),
                Some(said) => *said,
            }?;
            Some(finding)
        });
        judged.collect()
    }
}

fn read_project(root: &Node<'_>, reporter: &mut Reporter<'_>) -> Option<Project> {
    let mut fields = Fields::of(root, "`evt.toml`", reporter)?;
    if let Some(version) = fields.count("version", reporter)
        && version.value != 1
    {
        let message = format!("rule set {} is not known, the newest is 1", version.value);
        let finding = reporter.finding(&rule::CONFIG_VALUE, version.span, message);
        reporter.add(finding.label("the rule set").help("install a newer evt, or set `version = 1`"));
    }
    let schema_path = section(&mut fields, "schema", reporter, optional_path)
        .flatten()
        .unwrap_or_else(|| "schemas/events.json".to_owned());
    let project = Project {
        file: Arc::clone(reporter.file()),
        source: section(&mut fields, "project", reporter, |keys, reporter| text(keys, "source", reporter))
            .flatten(),
        base: section(&mut fields, "git", reporter, |keys, reporter| text(keys, "base", reporter)).flatten(),
        definition_paths: section(&mut fields, "definitions", reporter, definition_paths)
            .unwrap_or_else(|| vec![Spanned::new("events".to_owned(), crate::source::Span::default())]),
        rust: section(&mut fields, "generate", reporter, |keys, reporter| {
            generate(keys, &schema_path, reporter)
        })
        .flatten(),
        schema_path,
        compat: CompatMode::Full,
        compat_by_domain: BTreeMap::new(),
        outbox: OutboxSettings::default(),
        severities: rules::read_rules(&mut fields, reporter),
    };
    let mut project = compat(project, &mut fields, reporter);
    project.outbox = database::read_sections(&mut fields, reporter);
    fields.finish_strictly(reporter);
    Some(project)
}

/// Reads a table; `None` where it is absent.
fn section<T>(
    fields: &mut Fields<'_, '_>,
    key: &'static str,
    reporter: &mut Reporter<'_>,
    read: impl FnOnce(&mut Fields<'_, '_>, &mut Reporter<'_>) -> T,
) -> Option<T> {
    let entry = fields.take(key)?;
    let mut keys = Fields::of(&entry.value, "this table", reporter)?;
    let value = read(&mut keys, reporter);
    keys.finish_strictly(reporter);
    Some(value)
}

fn text(keys: &mut Fields<'_, '_>, key: &'static str, reporter: &mut Reporter<'_>) -> Option<String> {
    keys.text(key, reporter).map(|text| text.value)
}

fn generate(keys: &mut Fields<'_, '_>, schema_path: &str, reporter: &mut Reporter<'_>) -> Option<RustTarget> {
    section(keys, "rust", reporter, |keys, reporter| {
        let versions = keys.choice("versions", Versions::ALL, reporter);
        let Spanned { value: path, span } = path(keys, "path", reporter)?;
        if normal(&path) == normal(schema_path) {
            let finding = reporter.finding(&rule::CONFIG_VALUE, span, format!("`{path}` is the schema file"));
            reporter
                .add(finding.label("not for Rust").help("name a file of its own, such as `src/events.rs`"));
        }
        Some(RustTarget { path, versions: versions.map_or(Versions::All, |versions| versions.value) })
    })
    .flatten()
}

fn compat(mut project: Project, fields: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Project {
    section(fields, "compat", reporter, |keys, reporter| {
        if let Some(mode) = keys.choice("mode", CompatMode::ALL, reporter) {
            project.compat = mode.value;
        }
        for entry in keys.mapping("domain", reporter) {
            let word = entry.value.scalar().and_then(|scalar| CompatMode::parse(&scalar.text));
            match word {
                Some(mode) => {
                    project.compat_by_domain.insert(entry.key.value.to_string(), mode);
                }
                None => reporter.wrong_kind(&entry.value, "a compatibility mode, such as `full`"),
            }
        }
    });
    project
}

fn definition_paths(keys: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Vec<Spanned<String>> {
    let Some(items) = keys.list("paths", reporter) else {
        return vec![Spanned::new("events".to_owned(), keys.head())];
    };
    let mut paths = Vec::with_capacity(items.len());
    for item in items {
        match &item.value {
            Value::Scalar(scalar) if !scalar.text.is_empty() => {
                let path = Spanned::new(scalar.text.to_string(), item.span);
                paths.extend(inside(path, reporter));
            }
            _ => reporter.wrong_kind(item, "a path"),
        }
    }
    paths
}

fn optional_path(keys: &mut Fields<'_, '_>, reporter: &mut Reporter<'_>) -> Option<String> {
    let text = keys.text("path", reporter)?;
    inside(text, reporter).map(|path| path.value)
}

fn path(
    keys: &mut Fields<'_, '_>,
    key: &'static str,
    reporter: &mut Reporter<'_>,
) -> Option<Spanned<String>> {
    inside(keys.required_text(key, reporter)?, reporter)
}

/// A path that stays inside of the project.
fn inside(path: Spanned<String>, reporter: &mut Reporter<'_>) -> Option<Spanned<String>> {
    use std::path::{Component, Path};
    let mut depth = 0_i32;
    let stays = Path::new(&path.value).components().all(|component| {
        depth += match component {
            Component::Normal(_) => 1,
            Component::CurDir => 0,
            Component::ParentDir => -1,
            Component::RootDir | Component::Prefix(_) => i32::MIN / 2,
        };
        depth >= 0
    });
    if stays {
        return Some(path);
    }
    let finding = reporter
        .finding(
            &rule::PATH_OUTSIDE_PROJECT,
            path.span,
            format!("`{}` is outside of the project", path.value),
        )
        .label("not below the folder of `evt.toml`")
        .help("name a path inside of the project, or move `evt.toml` up");
    reporter.add(finding);
    None
}
