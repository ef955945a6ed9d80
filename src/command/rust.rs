//! The generated Rust of a project: what it would be, and what is committed.

use std::path::PathBuf;
use std::sync::Arc;

use super::workspace::{Loaded, Workspace};
use crate::codegen::{self, Settings};
use crate::disk::{read_file, write_atomically};
use crate::finding::Finding;
use crate::rule;
use crate::run::Failure;
use crate::schema::Schema;
use crate::source::SourceFile;

/// A generated file, and the one that stands in its place.
pub(super) struct Rust {
    path: PathBuf,
    shown: String,
    committed: Option<Arc<SourceFile>>,
    text: String,
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
        let committed = match read_file(&path, &target.path) {
            Ok(committed) => committed,
            Err(finding) if finding.rule.id == rule::IO.id => return Err(finding.into()),
            Err(finding) => {
                return Ok(Generated::Refused(vec![Finding { rule: &rule::DRIFT_RUST, ..*finding }]));
            }
        };
        if let Some(finding) = committed.as_ref().and_then(codegen::not_generated) {
            return Ok(Generated::Refused(vec![finding]));
        }
        let settings = Settings {
            schema_path: &project.schema_path,
            source: project.source.as_deref(),
            table: &project.table,
            versions: target.versions,
        };
        let shown = target.path.clone();
        Ok(match codegen::generate(schema, &settings) {
            Ok(text) => Generated::Rust(Self { path, shown, committed, text }),
            Err(collisions) => Generated::Refused(refused(&collisions, loaded)),
        })
    }

    fn is_written(&self) -> bool {
        self.committed.as_ref().is_some_and(|file| file.text == self.text)
    }

    /// Writes it, unless it has these bytes already.
    pub(super) fn write(&self) -> Result<(), Failure> {
        if self.is_written() {
            return Ok(());
        }
        let expected = self.committed.as_ref().map(|file| file.text.as_str());
        write_atomically(&self.path, &self.shown, expected, |out| out.write_all(self.text.as_bytes()))?;
        Ok(())
    }

    /// What a dump says of it.
    pub(super) fn told(&self, is_dry_run: bool) -> String {
        match (self.is_written(), is_dry_run) {
            (true, _) => format!("{} is up to date", self.shown),
            (false, true) => format!("{} would be written", self.shown),
            (false, false) => format!("wrote {}", self.shown),
        }
    }
}

/// What is wrong with the generated Rust that is committed, and how it differs.
pub(super) fn drift(
    workspace: &Workspace<'_>,
    schema: &Schema,
    loaded: &Loaded,
) -> Result<(Vec<Finding>, String), Failure> {
    Ok(match Rust::of(workspace, schema, loaded)? {
        Generated::Nothing => (Vec::new(), String::new()),
        Generated::Refused(findings) => (findings, String::new()),
        Generated::Rust(rust) if rust.is_written() => (Vec::new(), String::new()),
        Generated::Rust(Rust { shown, committed, text, .. }) => match committed {
            None => (vec![codegen::missing(&shown)], String::new()),
            Some(file) => (vec![codegen::drift(&file, &text)], codegen::diff(&file, &text)),
        },
    })
}

/// Names that come out equal, where they are written.
fn refused(collisions: &[codegen::Collision], loaded: &Loaded) -> Vec<Finding> {
    let findings = collisions.iter().map(|collision| {
        let finding = codegen::collision(collision);
        if let Some(defined) = loaded.catalogue.events.get(&collision.event) {
            return finding.located(defined.location.clone()).label("in this event");
        }
        let place = loaded.read.places.of(&collision.event, collision.version);
        match (&loaded.file, place) {
            (Some(file), Some(span)) => finding.at(file, span).label("in this version"),
            _ => finding,
        }
    });
    findings.collect()
}
