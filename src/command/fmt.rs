use std::path::Path;

use super::Ended;
use super::workspace::Workspace;
use crate::cli::FmtArguments;
use crate::disk;
use crate::finding::{self, Finding};
use crate::format::format;
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::source::SourceFile;
use std::sync::Arc;

/// `evt fmt`.
pub(super) fn run(arguments: &FmtArguments, edge: &Edge) -> Ended {
    if arguments.files.iter().any(|file| file == Path::new("-")) {
        return standard_input(arguments, edge);
    }
    let (files, mut findings) = files(arguments, edge)?;
    for (path, file) in &files {
        findings.extend(format_file(path, file, arguments, edge)?);
    }
    finding::sort(&mut findings);
    edge.output.findings(&findings);
    Ok(edge.output.exit(&findings))
}

type Named = Vec<(std::path::PathBuf, Arc<SourceFile>)>;

/// The files that were named, else all definitions.
fn files(arguments: &FmtArguments, edge: &Edge) -> Result<(Named, Vec<Finding>), Failure> {
    if arguments.files.is_empty() {
        let workspace = Workspace::open(edge)?;
        let paths: Vec<&str> =
            workspace.project.definition_paths.iter().map(|path| path.value.as_str()).collect();
        let mut found = disk::read_definition_files(&workspace.root, &paths);
        found.files.sort_by(|a, b| a.path.cmp(&b.path));
        let files = found.files.into_iter().map(|file| (workspace.root.join(&file.path), file)).collect();
        return Ok((files, found.findings));
    }
    edge.output.places_are_below(&edge.folder);
    let others: Vec<_> = arguments.files.iter().filter(|name| !disk::is_yaml(name)).collect();
    if !others.is_empty() {
        return Err(Failure {
            exit: Exit::Usage,
            findings: others.into_iter().map(|name| no_yaml(name)).collect(),
        });
    }
    let mut files = Vec::new();
    for name in &arguments.files {
        let path = edge.folder.join(name);
        let shown = name.to_string_lossy();
        let missing = || Finding::new(&rule::NOT_FOUND, format!("there is no `{shown}`"));
        files.push((path.clone(), disk::read_file(&path, &shown)?.ok_or_else(missing)?));
    }
    Ok((files, Vec::new()))
}

fn no_yaml(name: &Path) -> Finding {
    let message = format!("`{}` is no definition, and nothing was formatted", name.display());
    Finding::new(&rule::USAGE, message).help("definitions are YAML: their files end in `.yaml` or `.yml`")
}

fn format_file(
    path: &Path,
    file: &Arc<SourceFile>,
    arguments: &FmtArguments,
    edge: &Edge,
) -> Result<Option<Finding>, Failure> {
    let formatted = match format(&file.text) {
        Ok(formatted) => formatted,
        Err(error) => return Ok(Some(refused(file, &error))),
    };
    if formatted == file.text {
        return Ok(None);
    }
    if arguments.check {
        return Ok(Some(unformatted(file, &formatted)));
    }
    disk::write_atomically(path, &file.path, Some(&file.text), |out| out.write_all(formatted.as_bytes()))?;
    edge.output.done(&format!("formatted {}\n", file.path));
    Ok(None)
}

fn refused(file: &Arc<SourceFile>, error: &crate::format::FormatError) -> Finding {
    Finding::new(&rule::YAML_SYNTAX, error.message.clone())
        .at(file, crate::source::Span::new(error.offset, error.offset + 1))
        .label("here")
}

fn standard_input(arguments: &FmtArguments, edge: &Edge) -> Ended {
    let text = disk::read_stdin().map_err(|error| disk::io_finding("read", "standard input", &error))?;
    let file = Arc::new(SourceFile::new("<stdin>", text));
    match format(&file.text) {
        Ok(formatted) if arguments.check => {
            let findings: Vec<Finding> =
                (formatted != file.text).then(|| unformatted(&file, &formatted)).into_iter().collect();
            edge.output.findings(&findings);
            Ok(edge.output.exit(&findings))
        }
        Ok(formatted) => {
            edge.output.result(&formatted);
            Ok(Exit::Fine)
        }
        Err(error) => {
            edge.output.failure(&[refused(&file, &error)]);
            Ok(Exit::Found)
        }
    }
}

fn unformatted(file: &Arc<SourceFile>, formatted: &str) -> Finding {
    let same = file.text.bytes().zip(formatted.bytes()).take_while(|(a, b)| a == b).count();
    Finding::new(&rule::NOT_FORMATTED, format!("`{}` is not formatted", file.path))
        .at(file, crate::source::Span::new(same, same + 1))
        .label("the first difference")
        .help("run `evt fmt`")
}
