use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use super::Ended;
use super::rust::{Generated, Rust};
use super::workspace::{Loaded, Workspace, sound};
use crate::cli::ImportArguments;
use crate::disk::{self, Written};
use crate::finding::{self, Finding, shorten};
use crate::import::{Draft, Import, NewFile, definition_text, draft, read_event_engine};
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::schema::Schema;
use crate::source::SourceFile;

/// `evt import event-engine`.
pub(super) fn run(arguments: &ImportArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let Some(folder) = workspace.project.definition_paths.first() else {
        let finding = Finding::new(&rule::USAGE, "this project has a schema file only");
        return Err(finding.help("name a folder in `[definitions] paths` of evt.toml").into());
    };
    let folder = folder.value.trim_end_matches('/').to_owned();
    let file = read(&edge.folder.join(&arguments.file), &arguments.file.to_string_lossy())?;
    let import = read_event_engine(&file);
    if import.findings.iter().any(Finding::is_error) {
        return Ok(refused(&workspace, import.findings));
    }
    let _lock = if arguments.dry_run { None } else { Some(workspace.lock()?) };
    let loaded = load(&workspace)?;
    let target = Target { workspace, folder, file, import, loaded };
    let mut wrong: Vec<_> = target.loaded.findings.iter().filter(|it| it.is_error()).cloned().collect();
    wrong.extend(target.conflicts());
    if !wrong.is_empty() {
        return Ok(refused(&target.workspace, wrong));
    }
    target.write(arguments)
}

/// Reads the file that is imported.
fn read(path: &Path, shown: &str) -> Result<Arc<SourceFile>, Failure> {
    match disk::read_file(path, shown) {
        Ok(Some(file)) => Ok(file),
        Ok(None) => Err(Finding::new(&rule::NOT_FOUND, format!("there is no `{shown}`")).into()),
        Err(finding) if finding.rule.id == rule::YAML_ENCODING.id => Err(Failure {
            exit: Exit::Found,
            findings: vec![Finding { rule: &rule::IMPORT_SYNTAX, ..*finding }],
        }),
        Err(finding) => Err(finding.into()),
    }
}

/// The project as it is; it may be without definitions yet.
fn load(workspace: &Workspace<'_>) -> Result<Loaded, Failure> {
    let mut loaded = workspace.load()?;
    loaded.findings.retain(|finding| finding.rule.id != rule::DEFINITIONS_MISSING.id);
    if loaded.file.is_none() {
        let missing = workspace.missing_schema()?;
        if missing.is_lost {
            return Err(missing.finding.into());
        }
    }
    loaded.read = sound(loaded.read)?;
    Ok(loaded)
}

fn refused(workspace: &Workspace<'_>, mut findings: Vec<Finding>) -> Exit {
    finding::sort(&mut findings);
    workspace.edge.output.findings(&findings);
    workspace.edge.output.note("nothing was written");
    Exit::Found
}

/// What is imported, and where to.
struct Target<'e> {
    workspace: Workspace<'e>,
    /// Where definitions go.
    folder: String,
    file: Arc<SourceFile>,
    import: Import,
    loaded: Loaded,
}

impl Target<'_> {
    /// The file of an event's definition.
    fn path_of(&self, event: &str) -> String {
        format!("{}/{event}.yaml", self.folder)
    }

    /// The file of the subjects: one that is not there yet.
    fn subjects_path(&self) -> String {
        let is_free = |name: &&str| {
            let is_event = self.import.schema.events.contains_key(*name);
            !is_event && !disk::exists(&self.workspace.root.join(self.path_of(name)))
        };
        let names = ["subjects", "event_engine_subjects"];
        self.path_of(names.iter().find(|name| is_free(name)).unwrap_or(&"imported_event_engine_subjects"))
    }

    /// What is there already, under the name of an event or of its file.
    fn conflicts(&self) -> Vec<Finding> {
        let mut findings = Vec::new();
        for (event, versions) in &self.import.schema.events {
            let path = self.path_of(event);
            let defined = self.loaded.catalogue.events.get(event).filter(|it| it.location.file.path != path);
            let name = shorten(event);
            let found = if self.loaded.read.schema.events.contains_key(event) {
                let help = "an event has one history: rename one of the two, or leave it out of the file";
                Some((format!("the schema file holds an event `{name}` already"), help))
            } else if defined.is_some() {
                Some((format!("an event `{name}` is defined already"), "rename one of the two, or remove it"))
            } else if versions.last().is_some_and(|latest| self.is_taken(&path, &definition_text(latest))) {
                Some((format!("`{path}` exists already"), "move it away"))
            } else {
                None
            };
            if let Some((message, help)) = found {
                let finding = Finding::new(&rule::IMPORT_CONFLICT, message).help(help);
                let finding = self.import.placed(finding, &self.file, event);
                findings.push(match defined {
                    Some(it) => finding.related(&it.location.file, it.location.span, "defined here"),
                    None => finding,
                });
            }
        }
        findings
    }

    /// Whether another text stands at a path; the same one is left from an import that was killed.
    fn is_taken(&self, path: &str, text: &str) -> bool {
        let there = self.workspace.root.join(path);
        disk::exists(&there) && !matches!(disk::read_file(&there, path), Ok(Some(file)) if file.text == text)
    }

    /// The definitions that are there already.
    fn existing(&self) -> Vec<Arc<SourceFile>> {
        let paths = &self.workspace.project.definition_paths;
        let paths: Vec<&str> = paths.iter().map(|path| path.value.as_str()).collect();
        let mut files = disk::read_definition_files(&self.workspace.root, &paths).files;
        let own: BTreeSet<String> =
            self.import.schema.events.keys().map(|event| self.path_of(event)).collect();
        files.retain(|file| !own.contains(&file.path));
        files
    }

    fn write(mut self, arguments: &ImportArguments) -> Ended {
        let subjects = self.subjects_path();
        let path_of =
            |event: Option<&str>| event.map_or_else(|| subjects.clone(), |event| self.path_of(event));
        let Draft { schema: imported, files, catalogue, mut findings } =
            draft(&self.import, &self.file, &self.existing(), &path_of);
        findings.append(&mut self.import.findings);
        let mut findings = self.workspace.project.judge(findings);
        if findings.iter().any(Finding::is_error) {
            return Ok(refused(&self.workspace, findings));
        }
        let mut schema = self.loaded.read.schema.clone();
        schema.events.extend(imported.events);
        self.loaded.catalogue = catalogue;
        let rust = match Rust::of(&self.workspace, &schema, &self.loaded)? {
            Generated::Nothing => None,
            Generated::Rust(rust) => Some(rust),
            Generated::Refused(collisions) => return Ok(refused(&self.workspace, collisions)),
        };
        if !arguments.dry_run {
            self.write_all(&files, rust.as_ref(), &schema)?;
        }
        finding::sort(&mut findings);
        self.workspace.edge.output.findings(&findings);
        self.told(&files, rust.as_ref(), arguments);
        Ok(self.workspace.edge.output.exit(&findings))
    }

    /// Writes the definitions, then what a dump writes. Where something cannot be written, the definitions go again.
    fn write_all(&self, files: &[NewFile], rust: Option<&Rust>, schema: &Schema) -> Result<(), Failure> {
        let mut written = Vec::new();
        let done = self.write_definitions(files, &mut written).and_then(|()| {
            rust.map_or(Ok(()), Rust::write)?;
            let expected = self.loaded.file.as_ref().map(|file| file.text.as_str());
            let (path, shown) = (self.workspace.schema_file_path(), &self.workspace.project.schema_path);
            Ok(disk::write_atomically(&path, shown, expected, |out| schema.write_to(out))?)
        });
        if done.is_err() {
            for path in written {
                disk::take_back(&self.workspace.root.join(path));
            }
        }
        done
    }

    fn write_definitions<'n>(&self, files: &'n [NewFile], written: &mut Vec<&'n str>) -> Result<(), Failure> {
        for NewFile { path, text } in files {
            match disk::write_new(&self.workspace.root.join(path), path, text)? {
                Written::New => written.push(path),
                Written::Kept if !self.is_taken(path, text) => {}
                Written::Kept => {
                    let message = format!("`{path}` was written meanwhile, nothing was imported");
                    return Err(Finding::new(&rule::IO, message).help("run the command again").into());
                }
            }
        }
        Ok(())
    }

    fn told(&self, files: &[NewFile], rust: Option<&Rust>, arguments: &ImportArguments) {
        let output = &self.workspace.edge.output;
        let versions = self.import.schema.versions().count();
        let counted =
            |number: usize, one: &str| format!("{number} {one}{}", if number == 1 { "" } else { "s" });
        let verb = if arguments.dry_run { "would import" } else { "imported" };
        let events = counted(self.import.schema.events.len(), "event");
        output.done(&format!("{verb} {events} with {}\n", counted(versions, "version")));
        for NewFile { path, .. } in files {
            output.detail(path);
        }
        let verb = if arguments.dry_run { "would write" } else { "wrote" };
        let files = counted(files.len(), "definition file");
        let (folder, schema) = (&self.folder, &self.workspace.project.schema_path);
        output.note(&format!("{verb} {files} in {folder}, and {schema}"));
        if let Some(rust) = rust {
            output.note(&rust.told(arguments.dry_run));
        }
        if !arguments.dry_run {
            output.note("commit them before you change an event: what is not committed may count as a draft");
        }
        self.workspace.hint_at_merge_driver();
    }
}
