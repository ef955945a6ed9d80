use clap::CommandFactory;

use super::Ended;
use crate::cli::{Cli, CompletionsArguments, ManArguments};
use crate::finding::Finding;
use crate::rule;
use crate::run::{Edge, Exit};
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
    let root = Cli::command();
    let page = match &arguments.command {
        None => root,
        Some(name) => {
            let names: Vec<String> =
                root.get_subcommands().map(|command| command.get_name().to_owned()).collect();
            let Some(command) = root.find_subcommand(name) else {
                let finding = Finding::new(&rule::NOT_FOUND, format!("evt has no command `{name}`"));
                return Err(finding.suggest(suggest::nearest(name, names.iter().map(String::as_str))).into());
            };
            command.clone().name(format!("evt-{name}")).bin_name(format!("evt {name}"))
        }
    };
    let mut text = Vec::new();
    let rendered = clap_mangen::Man::new(page).render(&mut text);
    rendered.map_err(|error| crate::disk::io_finding("write", "the manual page", &error))?;
    edge.output.result(&String::from_utf8_lossy(&text));
    Ok(Exit::Fine)
}
