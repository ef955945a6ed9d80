use clap::{Command, CommandFactory};

use super::Ended;
use crate::cli::{Cli, CompletionsArguments, ManArguments};
use crate::finding::Finding;
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::suggest;

/// `evt completions`.
pub(super) fn run(arguments: &CompletionsArguments, edge: &Edge) -> Ended {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Cli::command(), "evt", &mut script);
    edge.output.result(&String::from_utf8_lossy(&script));
    Ok(Exit::Fine)
}

/// `evt man`.
pub(super) fn man(arguments: &ManArguments, edge: &Edge) -> Ended {
    let page = match &arguments.command {
        None => built(),
        Some(name) => find(&built(), name)?,
    };
    let mut text = Vec::new();
    let rendered = clap_mangen::Man::new(page).render(&mut text);
    rendered.map_err(|error| crate::disk::io_finding("write", "the manual page", &error))?;
    edge.output.result(&String::from_utf8_lossy(&text));
    Ok(Exit::Fine)
}

/// All commands, each with the options that hold for every command.
fn built() -> Command {
    let mut root = Cli::command();
    root.build();
    root
}

/// The command of a page: `dump`, or `new-event`.
fn find(root: &Command, name: &str) -> Result<Command, Failure> {
    let mut pages = Vec::new();
    add_pages(root, &mut pages);
    if let Some((page, command)) = pages.iter().find(|(page, _)| page == name) {
        return Ok(command.clone().name(format!("evt-{page}")));
    }
    let near = suggest::nearest(name, pages.iter().map(|(page, _)| page.as_str()));
    Err(Finding::new(&rule::NOT_FOUND, format!("evt has no command `{name}`")).suggest(near).into())
}

fn add_pages(command: &Command, pages: &mut Vec<(String, Command)>) {
    for inner in command.get_subcommands() {
        let words = inner.get_bin_name().unwrap_or_default().trim_start_matches("evt ");
        pages.push((words.replace(' ', "-"), inner.clone()));
        add_pages(inner, pages);
    }
}
