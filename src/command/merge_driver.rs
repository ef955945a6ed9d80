use std::path::Path;
use std::sync::Arc;

use super::Ended;
use super::base::base_tip;
use crate::cli::MergeDriverArguments;
use crate::disk;
use crate::finding::Finding;
use crate::merge::{Conflict, Side, merge};
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::schema::{Schema, read_schema};
use crate::source::SourceFile;

/// Why ours kept its numbers, although theirs may be the ones that others rely on.
const NO_BASE: &str = "no base is known, so our side kept its numbers; if the other side is the base (`main`, say), \
    set `[git] base = \"main\"` in evt.toml and run `evt dump --squash main`";

/// `evt merge-driver`: git calls it with the ancestor's file, ours, theirs, and the path in the work tree.
pub(super) fn run(arguments: &MergeDriverArguments, edge: &Edge) -> Ended {
    let shown = arguments.path.to_string_lossy();
    let (_, ancestor) = side(&arguments.ancestor, &shown, "the common ancestor", edge)?;
    let (file, ours) = side(&arguments.ours, &shown, "our side", edge)?;
    let (_, theirs) = side(&arguments.theirs, &shown, "their side", edge)?;
    let (ours, theirs) = (ours.unwrap_or_default(), theirs.unwrap_or_default());
    let base = base_tip(edge, &arguments.path)?;
    let conflict =
        Conflict { ancestor: ancestor.as_ref(), ours: &ours, theirs: &theirs, base: base.as_ref() };
    let merged = merge(&conflict);
    disk::write_atomically(&edge.folder.join(&arguments.ours), &shown, Some(&file.text), |out| {
        merged.schema.write_to(out)
    })?;
    for moved in &merged.renumbered {
        let side = match moved.side {
            Side::Ours => "ours",
            Side::Theirs => "theirs",
        };
        edge.output.note(&format!("{}@{} of {side} is now version {}", moved.event, moved.from, moved.to));
    }
    if base.is_none() && !merged.renumbered.is_empty() {
        edge.output.note(NO_BASE);
    }
    edge.output.note(&format!("merged {shown}: run `evt dump` once the definitions are merged too"));
    Ok(Exit::Fine)
}

type Read = (Arc<SourceFile>, Option<Schema>);

/// One side; an empty file is no schema file at all. One that cannot be trusted ends the merge and leaves ours as it
/// was.
fn side(path: &Path, shown: &str, side: &str, edge: &Edge) -> Result<Read, Failure> {
    let not_there = || Finding::new(&rule::NOT_FOUND, format!("there is no `{}`", path.to_string_lossy()));
    let file =
        disk::read_file(&edge.folder.join(path), &format!("{shown} ({side})"))?.ok_or_else(not_there)?;
    if file.text.trim().is_empty() {
        return Ok((file, None));
    }
    let read = read_schema(&file);
    if read.findings.is_empty() {
        return Ok((file, Some(read.schema)));
    }
    Err(Failure { exit: Exit::Found, findings: read.findings })
}
