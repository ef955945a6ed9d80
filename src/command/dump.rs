use super::held::Against;
use super::rust::{Generated, Rust};
use super::workspace::{Loaded, Workspace, sound};
use super::{Ended, steps, watch};
use crate::cli::DumpArguments;
use crate::compat::proven_since;
use crate::disk::{Lock, write_atomically};
use crate::finding::{self, Finding};
use crate::output::Format;
use crate::plan::Plan;
use crate::run::{Edge, Exit, Failure};
use crate::schema::{Layout, Schema};

/// `evt dump`.
pub(super) fn run(arguments: &DumpArguments, edge: &Edge) -> Ended {
    if arguments.watch {
        return watch::run(arguments, edge);
    }
    once(arguments, edge)
}

/// Compiles, merges and writes, once.
pub(super) fn once(arguments: &DumpArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let lock = if arguments.dry_run { None } else { Some(workspace.lock()?) };
    let mut loaded = workspace.load()?;
    let mut findings = std::mem::take(&mut loaded.findings);
    let dump = prepare(arguments, &workspace, &mut loaded, &mut findings)?;
    finding::sort(&mut findings);
    let Some(dump) = dump else {
        edge.output.findings(&findings);
        return Ok(Exit::Found);
    };
    if let Some(lock) = &lock {
        dump.write(&workspace, &loaded, lock)?;
    }
    dump.print(&workspace, &findings, arguments);
    if !arguments.watch {
        loaded.read.schema = dump.schema;
        loaded.abandon();
    }
    Ok(edge.output.exit(&findings))
}

/// All that a dump would write.
struct Dump {
    plan: Plan,
    schema: Schema,
    /// Whether the schema file has these bytes already.
    is_written: bool,
    rust: Option<Rust>,
}

/// Works out what is to be written; `None` where findings forbid it.
fn prepare(
    arguments: &DumpArguments,
    workspace: &Workspace<'_>,
    loaded: &mut Loaded,
    findings: &mut Vec<Finding>,
) -> Result<Option<Dump>, Failure> {
    if findings.iter().any(Finding::is_error) {
        return Ok(None);
    }
    refuse_unsound(loaded, workspace)?;
    let against = arguments.squash.as_deref().map_or(Against::Base(None), Against::Squash);
    let plan = workspace.plan(loaded, against)?;
    findings.extend(workspace.project.judge(plan.findings.clone()));
    findings.extend(workspace.project.judge(unproven(&plan, loaded)));
    if findings.iter().any(Finding::is_error) {
        return Ok(None);
    }
    let is_written = is_as_dumped(loaded, &plan);
    let schema = plan.apply(std::mem::take(&mut loaded.read.schema));
    let rust = match Rust::of(workspace, &schema, loaded)? {
        Generated::Nothing => None,
        Generated::Rust(rust) => Some(rust),
        Generated::Refused(refused) => {
            findings.extend(refused);
            return Ok(None);
        }
    };
    Ok(Some(Dump { plan, schema, is_written, rust }))
}

/// What would be accepted for good although nothing breaks it.
fn unproven(plan: &Plan, loaded: &Loaded) -> Vec<Finding> {
    let steps = plan.steps.iter();
    steps.flat_map(|step| proven_since(&step.before, &step.after, loaded.places())).collect()
}

/// Nothing is written over a schema file that cannot be trusted, or in place of a committed one that is gone; a
/// consumer cannot do without one.
fn refuse_unsound(loaded: &mut Loaded, workspace: &Workspace<'_>) -> Result<(), Failure> {
    if loaded.file.is_none() {
        let missing = workspace.missing_schema()?;
        if missing.is_lost || workspace.project.is_consumer() {
            return Err(missing.finding.into());
        }
    }
    loaded.read = sound(std::mem::take(&mut loaded.read))?;
    Ok(())
}

/// Whether the schema file has these bytes already.
fn is_as_dumped(loaded: &Loaded, plan: &Plan) -> bool {
    plan.steps.is_empty() && loaded.file.is_some() && loaded.read.layout == Layout::AsDumped
}

impl Dump {
    fn write(&self, workspace: &Workspace<'_>, loaded: &Loaded, _lock: &Lock) -> Result<(), Failure> {
        if let Some(rust) = &self.rust {
            rust.write()?;
        }
        if !self.is_written {
            let expected = loaded.file.as_ref().map(|file| file.text.as_str());
            let shown = &workspace.project.schema_path;
            write_atomically(&workspace.schema_file_path(), shown, expected, |out| {
                self.schema.write_to(out)
            })?;
        }
        Ok(())
    }

    fn print(&self, workspace: &Workspace<'_>, findings: &[Finding], arguments: &DumpArguments) {
        let output = &workspace.edge.output;
        let path = &workspace.project.schema_path;
        output.findings_with_changes(findings, &steps::changes(&self.plan));
        if output.format == Format::Text {
            output.result(&steps::overview(&self.plan));
            if arguments.dry_run {
                output.diff(&steps::diffs(&self.plan));
            }
        }
        match (self.is_written, arguments.dry_run) {
            (true, _) => output.note(&format!("{path} is up to date")),
            (false, true) => output.note(&format!("{path} would be written")),
            (false, false) => output.note(&format!("wrote {path}")),
        }
        workspace.hint_at_merge_driver();
        if let Some(rust) = &self.rust {
            output.note(&rust.told(arguments.dry_run));
            let left = rust.left(&self.schema, &self.plan);
            if !left.is_empty() {
                output.note(left.trim_end());
            }
        }
    }
}
