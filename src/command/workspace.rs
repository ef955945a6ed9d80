//! The project that a command works in, as it is on disk.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::check::{Catalogue, check};
use crate::compat::Places;
use crate::disk::{self, Lock};
use crate::finding::{self, Finding};
use crate::project::{CONFIG_NAME, Project};
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::schema::{EntryPlaces, LeftOut, ReadSchema, Said, Schema, read_schema_knowing};
use crate::source::SourceFile;

/// A project on disk.
pub(super) struct Workspace<'e> {
    pub(super) edge: &'e Edge,
    /// The folder of `evt.toml`.
    pub(super) root: PathBuf,
    /// `evt.toml` itself.
    pub(super) config: PathBuf,
    pub(super) project: Project,
}

/// A schema file that can be relied on.
pub(super) struct Sheet {
    pub(super) schema: Schema,
    /// Its text, in the work tree or at a commit.
    pub(super) file: Arc<SourceFile>,
    /// Where its entries stand.
    pub(super) places: EntryPlaces,
    /// The settings of its commit, where it has some and it is one.
    pub(super) project: Option<Project>,
}

/// What a project's files hold.
pub(super) struct Loaded {
    /// The definitions, complete if `findings` holds no error.
    pub(super) catalogue: Catalogue,
    /// What is wrong with them.
    pub(super) findings: Vec<Finding>,
    /// The schema file; `None` where there is none.
    pub(super) file: Option<Arc<SourceFile>>,
    /// What it holds.
    pub(super) read: ReadSchema,
}

/// The same before the schema file is parsed.
pub(super) struct Opened {
    catalogue: Catalogue,
    findings: Vec<Finding>,
    source: Source,
}

impl Loaded {
    /// Where events are written.
    pub(super) fn places(&self) -> Places<'_> {
        let places = Places::of(&self.catalogue);
        match &self.file {
            Some(file) => places.or_in(file, &self.read.places),
            None => places,
        }
    }

    /// Leaves the memory to the end of the process: to give back a million small texts one by one takes longer than
    /// to check them.
    pub(super) fn abandon(self) {
        std::mem::forget(self);
    }
}

impl<'e> Workspace<'e> {
    /// Finds and reads `evt.toml`.
    pub(super) fn open(edge: &'e Edge) -> Result<Self, Failure> {
        Self::open_at(edge, &edge.folder)
    }

    /// Finds and reads the `evt.toml` of a folder.
    pub(super) fn open_at(edge: &'e Edge, folder: &Path) -> Result<Self, Failure> {
        let config = find_config(edge, folder)?;
        let root = config.parent().map_or_else(|| PathBuf::from("."), Path::to_owned);
        let shown = config.strip_prefix(&edge.folder).unwrap_or(&config).to_string_lossy().into_owned();
        edge.output.places_are_below(&root);
        let setup = |findings| Failure { exit: Exit::Setup, findings };
        let file = match disk::read_file(&config, &shown) {
            Ok(Some(file)) => file,
            Ok(None) => return Err(missing(&config.to_string_lossy()).into()),
            Err(finding) if finding.rule.id == rule::YAML_ENCODING.id => {
                return Err(setup(vec![Finding { rule: &rule::TOML_SYNTAX, ..*finding }]));
            }
            Err(finding) => return Err(setup(vec![*finding])),
        };
        let project = Project::read(&file).map_err(setup)?;
        Ok(Self { edge, root, config, project })
    }

    pub(super) fn schema_file_path(&self) -> PathBuf {
        self.root.join(&self.project.schema_path)
    }

    /// The right to write; says so where it has to wait for it.
    pub(super) fn lock(&self) -> Result<Lock, Failure> {
        let waiting = || self.edge.output.note("waiting for another evt that works on this project");
        Ok(Lock::acquire(&self.config, CONFIG_NAME, waiting)?)
    }

    /// Reads and checks the definitions.
    pub(super) fn definitions(&self) -> (Catalogue, Vec<Finding>) {
        if self.project.is_consumer() {
            return (Catalogue::default(), Vec::new());
        }
        let paths: Vec<&str> = self.project.definition_paths.iter().map(|path| path.value.as_str()).collect();
        let found = disk::read_definition_files(&self.root, &paths);
        let (catalogue, mut findings) = check(found.files, found.findings);
        if catalogue.is_empty() && findings.is_empty() {
            findings.push(self.no_definitions(&paths));
        }
        (catalogue, self.project.judge(findings))
    }

    fn no_definitions(&self, paths: &[&str]) -> Finding {
        let message = format!("there is no definition in `{}`", paths.join("`, `"));
        let help = "write one: `evt new event NAME`; a project with a schema file only says `paths = []`";
        let finding = Finding::new(&rule::DEFINITIONS_MISSING, message).help(help);
        match self.project.definition_paths.first() {
            Some(path) if path.span.end() > 0 => {
                finding.at(&self.project.file, path.span).label("nothing in here")
            }
            _ => finding,
        }
    }

    /// Reads the definitions and, in the light of them, the schema file.
    pub(super) fn load(&self) -> Result<Loaded, Failure> {
        Ok(self.opened()?.load(&LeftOut::new()))
    }

    /// Reads the definitions, and the text of the schema file.
    pub(super) fn opened(&self) -> Result<Opened, Failure> {
        let _progress = self.edge.output.progress("reading definitions");
        let (definitions, source) = rayon::join(|| self.definitions(), || self.schema_source());
        let (catalogue, findings) = definitions;
        Ok(Opened { catalogue, findings, source: source? })
    }

    /// Reads the schema file; one that is not there is empty.
    pub(super) fn schema_file(&self) -> Result<(Option<Arc<SourceFile>>, ReadSchema), Failure> {
        Ok(read_source(self.schema_source()?, &Catalogue::default(), &LeftOut::new()))
    }

    /// The text of the schema file.
    fn schema_source(&self) -> Result<Source, Failure> {
        let path = self.schema_file_path();
        match disk::read_file(&path, &self.project.schema_path) {
            Ok(file) => Ok(Source::Text(file)),
            // There is one, but it cannot be read.
            Err(finding) if finding.rule.id == rule::IO.id && disk::exists(&path) => {
                Err(Failure { exit: Exit::Setup, findings: vec![*finding] })
            }
            Err(finding) if finding.rule.id == rule::IO.id => Err(finding.into()),
            Err(finding) => Ok(Source::NoText(finding)),
        }
    }

    /// The schema file for a command that cannot do without.
    pub(super) fn schema(&self) -> Result<Schema, Failure> {
        Ok(self.sheet()?.schema)
    }

    /// The same, with the places of its entries.
    pub(super) fn sheet(&self) -> Result<Sheet, Failure> {
        let (file, read) = self.schema_file()?;
        let Some(file) = file else { return Err(self.missing_schema()?.finding.into()) };
        let ReadSchema { schema, places, .. } = sound(read)?;
        Ok(Sheet { schema, file, places, project: None })
    }
}

impl Opened {
    /// The text of the schema file, if there is one.
    pub(super) fn text(&self) -> Option<&str> {
        match &self.source {
            Source::Text(file) => file.as_ref().map(|file| file.text.as_str()),
            Source::NoText(_) => None,
        }
    }

    /// What the definitions say of an event.
    pub(super) fn said_of(&self, name: &str) -> Option<Said<'_>> {
        said_of(&self.catalogue, name)
    }

    /// Parses the schema file. Events that are left out are in neither.
    pub(super) fn load(mut self, left_out: &LeftOut) -> Loaded {
        let (file, read) = read_source(self.source, &self.catalogue, left_out);
        if !left_out.is_empty() {
            let (gone, kept): (Vec<_>, Vec<_>) =
                self.catalogue.events.into_iter().partition(|(name, _)| left_out.contains(name));
            // As in `Loaded::abandon`.
            std::mem::forget(gone);
            self.catalogue.events = kept.into_iter().collect();
        }
        Loaded { catalogue: self.catalogue, findings: self.findings, file, read }
    }
}

/// The schema file before it is parsed.
enum Source {
    /// Its text; `None` where there is no such file.
    Text(Option<Arc<SourceFile>>),
    /// It is not text.
    NoText(Box<Finding>),
}

/// What a schema file holds. Entries that say what the definitions say are recognised.
fn read_source(
    source: Source,
    catalogue: &Catalogue,
    left_out: &LeftOut,
) -> (Option<Arc<SourceFile>>, ReadSchema) {
    match source {
        Source::Text(None) => (None, ReadSchema::default()),
        Source::Text(Some(file)) => {
            let read = read_schema_knowing(&file, left_out, |name| said_of(catalogue, name));
            (Some(file), read)
        }
        Source::NoText(finding) => {
            let file = finding.location.as_ref().map(|location| Arc::clone(&location.file));
            let finding = Finding { rule: &rule::SCHEMA_FILE_SYNTAX, ..*finding };
            (file, ReadSchema { findings: vec![finding], ..ReadSchema::default() })
        }
    }
}

/// What the definitions say of an event.
fn said_of<'c>(catalogue: &'c Catalogue, name: &str) -> Option<Said<'c>> {
    let event = &catalogue.events.get(name)?.event;
    Some(Said { contract: &event.contract, metadata: &event.metadata })
}

/// The schema, unless something is wrong with it.
pub(super) fn sound(read: ReadSchema) -> Result<ReadSchema, Failure> {
    if read.findings.is_empty() {
        return Ok(read);
    }
    let mut findings = read.findings;
    finding::sort(&mut findings);
    Err(Failure { exit: Exit::Setup, findings })
}

fn find_config(edge: &Edge, folder: &Path) -> Result<PathBuf, Failure> {
    if let Some(config) = &edge.config {
        return Ok(edge.folder.join(config));
    }
    let start = disk::canonical(folder).ok_or_else(|| no_folder(folder))?;
    let levels = start.ancestors().enumerate();
    let found =
        levels.map(|(up, folder)| (up, folder.join(CONFIG_NAME))).find(|(_, config)| disk::exists(config));
    match found {
        Some((0, _)) => Ok(folder.join(CONFIG_NAME)),
        Some((_, config)) => Ok(config),
        None => {
            let finding =
                Finding::new(&rule::PROJECT_MISSING, format!("there is no `{CONFIG_NAME}` here or above"));
            Err(finding.help("run `evt init` to set up a project").into())
        }
    }
}

fn no_folder(folder: &Path) -> Finding {
    let message = format!("there is no folder `{}`", folder.display());
    Finding::new(&rule::PROJECT_MISSING, message).help("`-C` names the folder of a project, or one below it")
}

fn missing(path: &str) -> Finding {
    Finding::new(&rule::PROJECT_MISSING, format!("there is no `{path}`"))
}
