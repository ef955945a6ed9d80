//! The projects on disk: laid out once under the target folder, and used again.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use evt::rule::{self, Category, Scope};
use sha2::{Digest, Sha256};

use crate::Outcome;
use crate::arguments::Extent;
use crate::corpus;
use crate::edition::{Edition, GENERATIONS};
use crate::git;
use crate::invocation::{self, Invocation};

/// To be raised when the corpus changes, so that older ones are laid out anew.
const CORPUS_VERSION: &str = "1";
const SCHEMA: &str = "schemas/events.json";
const CONFIG: &str = r#"version = 1

[project]
source = "urn:evt:bench"

[definitions]
paths = ["events"]

[schema]
path = "schemas/events.json"
"#;

/// Every project that a run measures.
pub(crate) struct Projects {
    /// 100 events.
    pub(crate) tiny: Project,
    /// 1,000 events.
    pub(crate) small: Project,
    /// 10,000 events.
    pub(crate) large: Project,
    /// 10,000 events, of which 5 % are not as in the schema file.
    pub(crate) changed: Project,
    /// 10,000 events with 25,000 versions, of which 5 % are not as in the schema file.
    pub(crate) outgrown: Project,
    /// 900 events with 10,400 findings of style, and the same events with none.
    pub(crate) told: Project,
    pub(crate) silent: Project,
    /// 100,000 events.
    pub(crate) huge: Huge,
}

/// The project of 100,000 events, where it is asked for.
pub(crate) enum Huge {
    Laid(Project),
    LeftOut,
}

/// A folder with `evt.toml`, definitions, and a schema file committed to git.
pub(crate) struct Project {
    folder: PathBuf,
}

/// A file to be put back as it was before a run.
pub(crate) struct Restore {
    original: PathBuf,
    copy: PathBuf,
    folder: PathBuf,
}

impl Projects {
    /// Lays out what is not there yet.
    pub(crate) fn lay_out(extent: Extent) -> Outcome<Self> {
        let large = Project::sealed(10_000)?;
        Ok(Self {
            tiny: Project::sealed(100)?,
            small: Project::sealed(1_000)?,
            changed: Project::changed(10_000, &large)?,
            large,
            outgrown: Project::outgrown(10_000)?,
            told: Project::with_rules("told", 900, "\n[rules]\nfield-description-required = \"warn\"\n")?,
            silent: Project::with_rules("silent", 900, &no_style())?,
            huge: match extent {
                Extent::Usual => Huge::LeftOut,
                Extent::Full => Huge::Laid(Project::sealed(100_000)?),
            },
        })
    }
}

impl Project {
    /// The definitions as the schema file has them.
    fn sealed(events: usize) -> Outcome<Self> {
        let project = Self::laid_out(&format!("sealed-{events}"), events, Edition::Sealed)?;
        project.seal(|| project.evt(&["dump"]).rehearse())?;
        Ok(project)
    }

    /// Definitions that have moved on from the schema file, which is that of `sealed`.
    fn changed(events: usize, sealed: &Self) -> Outcome<Self> {
        let project = Self::laid_out(&format!("changed-{events}"), events, Edition::Changed)?;
        project.seal(|| project.restore_from(sealed).carry_out())?;
        Ok(project)
    }

    /// Definitions that have moved on from a schema file of many generations.
    fn outgrown(events: usize) -> Outcome<Self> {
        let project = Self::laid_out(&format!("outgrown-{events}"), events, Edition::Outgrown)?;
        project.seal(|| {
            for generation in 0..GENERATIONS {
                project.write(events, Edition::Grown(generation))?;
                project.evt(&["dump"]).rehearse()?;
                project.commit()?;
            }
            project.write(events, Edition::Grown(GENERATIONS))?;
            project.evt(&["dump"]).rehearse()?;
            project.write(events, Edition::Outgrown)
        })?;
        Ok(project)
    }

    /// Definitions without a schema file, and what `evt.toml` says of rules.
    fn with_rules(name: &str, events: usize, rules: &str) -> Outcome<Self> {
        let project = Self::laid_out(&format!("{name}-{events}"), events, Edition::Sealed)?;
        fs::write(project.folder.join("evt.toml"), format!("{CONFIG}{rules}"))?;
        Ok(project)
    }

    /// The folder that the definitions stand in.
    pub(crate) fn definitions(&self) -> PathBuf {
        self.folder.join("events")
    }

    /// The committed schema file.
    pub(crate) fn schema_file(&self) -> PathBuf {
        self.folder.join(SCHEMA)
    }

    /// `evt` in this project.
    pub(crate) fn evt(&self, arguments: &[&str]) -> Invocation {
        Invocation::evt(&self.folder, arguments)
    }

    /// The floor over this project's definitions.
    pub(crate) fn floor(&self) -> Invocation {
        Invocation::floor(&self.definitions())
    }

    /// Puts the schema file of `sealed` in place of this project's.
    pub(crate) fn restore_from(&self, sealed: &Self) -> Restore {
        let folder = self.folder.clone();
        Restore { original: sealed.folder.join(SCHEMA), copy: folder.join(SCHEMA), folder }
    }

    fn laid_out(name: &str, events: usize, edition: Edition) -> Outcome<Self> {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("schema-bench").join(name);
        let project = Self { folder };
        project.once("laid-out", CORPUS_VERSION, || {
            eprintln!("laying out {}", project.folder.display());
            remove(&project.folder)?;
            fs::create_dir_all(&project.folder)?;
            fs::write(project.folder.join("evt.toml"), CONFIG)?;
            project.write(events, edition)
        })?;
        Ok(project)
    }

    fn write(&self, events: usize, edition: Edition) -> Outcome<()> {
        corpus::write(&self.definitions(), events, |index| edition.added(index))
    }

    /// Commits the schema file that `write_schema` makes, anew for every build of `evt`.
    fn seal(&self, write_schema: impl FnOnce() -> Outcome<()>) -> Outcome<()> {
        let build = format!("{:02x?}", Sha256::digest(fs::read(invocation::evt())?));
        self.once("sealed-by", &build, || {
            remove(&self.folder.join(".git"))?;
            remove(&self.folder.join("schemas"))?;
            fs::create_dir_all(self.folder.join("schemas"))?;
            git::init(&self.folder)?;
            write_schema()?;
            self.commit()
        })
    }

    fn commit(&self) -> Outcome<()> {
        git::commit(&self.folder, &["evt.toml", SCHEMA])
    }

    /// Does `work` unless the file `mark`, written after it, says that `state` is reached.
    fn once(&self, mark: &str, state: &str, work: impl FnOnce() -> Outcome<()>) -> Outcome<()> {
        let mark = self.folder.join(mark);
        if fs::read_to_string(&mark).is_ok_and(|reached| reached == state) {
            return Ok(());
        }
        work()?;
        Ok(fs::write(mark, state)?)
    }
}

impl Restore {
    /// Puts the file back, and waits until that is on disk: a run must not pay for it.
    pub(crate) fn carry_out(&self) -> Outcome<()> {
        fs::copy(&self.original, &self.copy)?;
        let file = fs::File::options().write(true).open(&self.copy)?;
        // As after a checkout that lies an hour back: git knows the file by its times.
        file.set_modified(SystemTime::now() - Duration::from_hours(1))?;
        file.sync_all()?;
        git::refresh(&self.folder)
    }

    /// Whether the file is no longer as it was.
    pub(crate) fn is_due(&self) -> Outcome<bool> {
        Ok(fs::read(&self.original)? != fs::read(&self.copy)?)
    }
}

/// `[rules]` without one of style.
fn no_style() -> String {
    let style = rule::all().filter(|rule| rule.category == Category::Style && rule.scope != Scope::Fixed);
    style.fold("\n[rules]\n".to_owned(), |text, rule| text + rule.id + " = \"off\"\n")
}

fn remove(folder: &Path) -> Outcome<()> {
    if folder.exists() { Ok(fs::remove_dir_all(folder)?) } else { Ok(()) }
}
