use std::path::Path;

use super::Ended;
use super::workspace::Workspace;
use crate::cli::InitArguments;
use crate::disk::{self, Written};
use crate::finding::Finding;
use crate::git::Repository;
use crate::rule;
use crate::run::{Edge, Exit, Failure};

const CONFIG: &str = include_str!("init/evt.toml");
const SUBJECTS: &str = include_str!("init/subjects.yaml");
const DEFINITION: &str = include_str!("init/something_happened.yaml");

/// What git is told of the schema file: the attribute, and how it is written. Its line breaks are `\n` on every
/// machine, since its bytes are a function of its content.
const ATTRIBUTES: [(&str, &str); 2] = [("eol=", "text eol=lf"), ("merge=", "merge=evt linguist-generated")];

/// The lines of `evt.toml` that name no base.
const NO_BASE: &str = "# [git]\n# base = \"origin/main\"\n";

/// How git calls the merge driver.
const DRIVER: &str = "evt merge-driver %O %A %B %P";

/// `evt init`.
pub(super) fn run(arguments: &InitArguments, edge: &Edge) -> Ended {
    if edge.config.is_some() {
        let finding =
            Finding::new(&rule::USAGE, "`evt init` writes `evt.toml`, and no other file in its place");
        return Err(finding.help("`-C FOLDER` names the folder; rename the file afterwards").into());
    }
    let config = if arguments.no_git { CONFIG.to_owned() } else { config(edge)? };
    let files = [
        ("evt.toml", config.as_str()),
        ("events/subjects.yaml", SUBJECTS),
        ("events/something_happened.yaml", DEFINITION),
        ("schemas/definition.json", include_str!("../../schemas/definition.json")),
        ("schemas/evt-toml.json", include_str!("../../schemas/evt-toml.json")),
    ];
    let has_events = disk::exists(&edge.folder.join("evt.toml")) || disk::exists(&edge.folder.join("events"));
    for (path, text) in files {
        if !(has_events && path.starts_with("events/")) {
            write(path, text, edge)?;
        }
    }
    if !arguments.no_git {
        set_up_git(edge)?;
    }
    edge.output.findings(&[]);
    edge.output.note("next: describe your events below events/, then run `evt dump`");
    Ok(Exit::Fine)
}

/// `evt.toml`, with the base where git knows which branch others start from.
fn config(edge: &Edge) -> Result<String, Failure> {
    let folder = edge.folder.ancestors().find(|folder| disk::exists(folder)).unwrap_or(Path::new("."));
    let base = match Repository::discover(folder)? {
        Some(repository) => repository.default_branch()?,
        None => None,
    };
    Ok(match base {
        None => CONFIG.to_owned(),
        Some(base) => CONFIG.replace(NO_BASE, &format!("[git]\nbase = \"{base}\"\n")),
    })
}

fn write(path: &str, text: &str, edge: &Edge) -> Result<(), Failure> {
    match disk::write_new(&edge.folder.join(path), path, text)? {
        Written::New => edge.output.done(&format!("wrote {path}\n")),
        Written::Kept => edge.output.done(&format!("kept {path}\n")),
    }
    Ok(())
}

/// Tells git to merge schema files with evt.
fn set_up_git(edge: &Edge) -> Result<(), Failure> {
    let Some(repository) = Repository::discover(&edge.folder)? else {
        edge.output.note(
            "this is no git repository: .gitattributes and the merge driver were left out; run `git init`, then \
             `evt init` again",
        );
        return Ok(());
    };
    let schema = Workspace::open_at(edge, &edge.folder)
        .map_or_else(|_| "schemas/events.json".to_owned(), |workspace| workspace.project.schema_path);
    add_attributes(&edge.folder.join(".gitattributes"), &schema, edge)?;
    repository.configure("merge.evt.name", "merge of evt schema files")?;
    repository.configure("merge.evt.driver", DRIVER)?;
    edge.output.done(&format!("set merge.evt.driver to `{DRIVER}` in this repository\n"));
    Ok(())
}

fn add_attributes(path: &Path, schema: &str, edge: &Edge) -> Result<(), Failure> {
    let before = disk::read_file(path, ".gitattributes")?;
    let text = before.as_ref().map_or("", |file| file.text.as_str());
    let pattern = if schema.contains(' ') { format!("\"{schema}\"") } else { schema.to_owned() };
    let is_set = |attribute: &str| {
        let of_schema = text.lines().filter_map(|line| line.strip_prefix(&pattern));
        of_schema.filter(|rest| rest.starts_with([' ', '\t'])).any(|rest| rest.contains(attribute))
    };
    let lacking = ATTRIBUTES.into_iter().filter(|(attribute, _)| !is_set(attribute));
    let lacking: Vec<&str> = lacking.map(|(_, written)| written).collect();
    if lacking.is_empty() {
        edge.output.done("kept .gitattributes\n");
        return Ok(());
    }
    let gap = if text.is_empty() || text.ends_with('\n') { "" } else { "\n" };
    let expected = before.as_ref().map(|file| file.text.as_str());
    let text = format!("{text}{gap}{pattern} {}\n", lacking.join(" "));
    disk::write_atomically(path, ".gitattributes", expected, |out| out.write_all(text.as_bytes()))?;
    edge.output.done("wrote .gitattributes\n");
    Ok(())
}
