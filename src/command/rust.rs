//! The generated Rust of a project: what it would be, and what is committed.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::left;
use super::workspace::{Loaded, Workspace};
use crate::codegen::{self, Collision, Owner, Settings};
use crate::disk::{Comparison, read_file, write_atomically};
use crate::finding::Finding;
use crate::plan::Plan;
use crate::project::Versions;
use crate::rule;
use crate::run::Failure;
use crate::schema::Schema;
use crate::source::{Location, SourceFile};

/// A generated file, and the one that stands in its place.
pub(super) struct Rust {
    path: PathBuf,
    shown: String,
    file: codegen::Generated,
    /// What stands in its place.
    stands: Stands,
    versions: Versions,
}

/// What stands where a generated file belongs.
enum Stands {
    /// The file itself, byte for byte.
    Same,
    /// Another one.
    Other(Arc<SourceFile>),
    /// None.
    None,
}

/// What became of the wish for Rust.
pub(super) enum Generated {
    /// `evt.toml` does not ask for any.
    Nothing,
    /// The file.
    Rust(Rust),
    /// There can be none.
    Refused(Vec<Finding>),
}

impl Rust {
    /// The Rust of `schema`, if the project has any.
    pub(super) fn of(
        workspace: &Workspace<'_>,
        schema: &Schema,
        loaded: &Loaded,
    ) -> Result<Generated, Failure> {
        let project = &workspace.project;
        let Some(target) = &project.rust else { return Ok(Generated::Nothing) };
        let path = workspace.root.join(&target.path);
        let settings = Settings {
            schema_path: &project.schema_path,
            source: project.source.as_deref(),
            table: &project.outbox.table,
            versions: target.versions,
        };
        let shown = target.path.clone();
        let mut comparison = Comparison::open(&path, &shown)?;
        let file = match codegen::generate(schema, &settings, &mut |text| comparison.goes_on_with(text)) {
            Ok(file) => file,
            Err(collisions) => return Ok(Generated::Refused(refused(&collisions, loaded))),
        };
        if file.is_begun() && comparison.is_at_end(&shown)? {
            return Ok(Generated::Rust(Self {
                path,
                shown,
                file,
                stands: Stands::Same,
                versions: target.versions,
            }));
        }
        let stands = match read_file(&path, &shown) {
            Ok(None) => Stands::None,
            Ok(Some(committed)) => match codegen::not_generated(&committed) {
                Some(finding) => return Ok(Generated::Refused(vec![finding])),
                None => Stands::Other(committed),
            },
            Err(finding) if finding.rule.id == rule::IO.id => {
                return Err(named(*finding, &path, &shown).into());
            }
            Err(finding) => {
                return Ok(Generated::Refused(vec![Finding { rule: &rule::DRIFT_RUST, ..*finding }]));
            }
        };
        Ok(Generated::Rust(Self { path, shown, file, stands, versions: target.versions }))
    }

    /// Writes it, unless it has these bytes already.
    pub(super) fn write(&self) -> Result<(), Failure> {
        let committed = match &self.stands {
            Stands::Same => return Ok(()),
            Stands::Other(file) => Some(file.text.as_str()),
            Stands::None => None,
        };
        let write = |out: &mut dyn io::Write| self.file.write_to(committed.unwrap_or_default(), out);
        write_atomically(&self.path, &self.shown, committed, write)?;
        Ok(())
    }

    /// What a dump leaves to people.
    pub(super) fn left(&self, schema: &Schema, plan: &Plan) -> String {
        left::text(schema, plan, self.versions, &self.shown)
    }

    /// What a dump says of it.
    pub(super) fn told(&self, is_dry_run: bool) -> String {
        match (matches!(self.stands, Stands::Same), is_dry_run) {
            (true, _) => format!("{} is up to date", self.shown),
            (false, true) => format!("{} would be written", self.shown),
            (false, false) => format!("wrote {}", self.shown),
        }
    }
}

/// Says which setting names a folder where a file belongs.
fn named(finding: Finding, path: &Path, shown: &str) -> Finding {
    if !path.is_dir() {
        return finding;
    }
    let file = shown.trim_end_matches('/');
    let help =
        format!("`[generate.rust] path` in evt.toml names a folder; name a file: `path = \"{file}.rs\"`");
    finding.help(help)
}

/// Whether the committed schema file is the one that the Rust is generated from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Basis {
    /// It is.
    Committed,
    /// Another one is to be dumped first, and other Rust with it: to tell that too would say the same twice.
    Drifted,
}

/// What is wrong with the generated Rust that is committed, and how it differs.
pub(super) fn drift(
    workspace: &Workspace<'_>,
    schema: &Schema,
    loaded: &Loaded,
    basis: Basis,
) -> Result<(Vec<Finding>, String), Failure> {
    Ok(match Rust::of(workspace, schema, loaded)? {
        Generated::Refused(findings) => (findings, String::new()),
        Generated::Nothing => (Vec::new(), String::new()),
        Generated::Rust(_) if basis == Basis::Drifted => (Vec::new(), String::new()),
        Generated::Rust(rust) => match &rust.stands {
            Stands::Same => (Vec::new(), String::new()),
            Stands::None => (vec![codegen::missing(&rust.shown)], String::new()),
            Stands::Other(committed) => {
                let text = rust.file.text(&committed.text);
                (vec![codegen::drift(committed, &text)], codegen::diff(committed, &text))
            }
        },
    })
}

/// Names that come out equal, where they are written.
fn refused(collisions: &[Collision], loaded: &Loaded) -> Vec<Finding> {
    let findings = collisions.iter().map(|collision| {
        let mut finding = codegen::collision(collision);
        let (first, second) = (place(&collision.first, loaded), place(&collision.second, loaded));
        if let Some(second) = &second {
            finding = finding.located(second.clone()).label(collision.second.to_string());
        }
        let is_same = |a: &Location, b: &Location| a.sort_key() == b.sort_key();
        match first.filter(|first| second.is_none_or(|second| !is_same(first, &second))) {
            Some(first) => finding.related(&first.file, first.span, collision.first.to_string()),
            None => finding,
        }
    });
    findings.collect()
}

/// Where that is written which has a name: in the definitions, or in the schema file.
fn place(owner: &Owner, loaded: &Loaded) -> Option<Location> {
    let catalogue = &loaded.catalogue;
    let named = owner.of.split(['.', '[', '{']).next().and_then(|name| catalogue.types.get(name));
    if let Some(named) = named.filter(|_| owner.kind == codegen::NAMED_TYPE) {
        return Some(named.location.clone());
    }
    if let Some(defined) = catalogue.events.get(&owner.event) {
        let field = match &owner.path {
            Some(path) => defined.place_of(path),
            None => defined.reader_of(&owner.of),
        };
        return Some(field.unwrap_or_else(|| defined.location.clone()));
    }
    let file = loaded.file.as_ref()?;
    Some(Location::new(file, loaded.read.places.of(&owner.event, owner.version)?))
}
