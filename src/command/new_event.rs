use std::path::PathBuf;

use heck::ToSnakeCase;

use super::Ended;
use super::workspace::Workspace;
use crate::cli::NewEventArguments;
use crate::definition::is_snake_case;
use crate::disk::{self, Written};
use crate::finding::Finding;
use crate::rule;
use crate::run::{Edge, Exit, Failure};

const EVENT: &str = include_str!("new_event/event.yaml");

/// `evt new event`.
pub(super) fn run(arguments: &NewEventArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let names = [Some(&arguments.name), arguments.domain.as_ref(), arguments.subject.as_ref()];
    for name in names.into_iter().flatten() {
        if !is_snake_case(name) {
            let finding = Finding::new(&rule::USAGE, format!("the name `{name}` is not `snake_case`"));
            let near = Some(name.to_snake_case()).filter(|near| is_snake_case(near));
            let finding = finding.suggest(near.as_deref());
            return Err(finding.or_help("small letters, digits and single `_`, a letter first").into());
        }
    }
    let Some(folder) = workspace.project.definition_paths.first() else {
        let finding = Finding::new(&rule::USAGE, "this project has a schema file only");
        return Err(finding.help("name a folder in `[definitions] paths` of evt.toml").into());
    };
    let (catalogue, _) = workspace.definitions();
    if let Some(known) = catalogue.events.get(&arguments.name) {
        let place = &known.location;
        let finding =
            Finding::new(&rule::USAGE, format!("the event `{}` is defined already", arguments.name));
        let help = "change it there, or give the new event another name";
        return Err(finding.located(place.clone()).label("here").help(help).into());
    }
    let domain = arguments.domain.clone().unwrap_or_else(|| "example".to_owned());
    let subject = arguments.subject.clone().unwrap_or_else(|| first_word(&arguments.name));
    let path = match &arguments.domain {
        Some(domain) => format!("{}/{domain}/{}.yaml", folder.value, arguments.name),
        None => format!("{}/{}.yaml", folder.value, arguments.name),
    };
    let owner = catalogue.subjects.get(&subject).and_then(|subject| subject.owner.clone());
    let owner = owner.unwrap_or_else(|| "your-team".to_owned());
    let text = skeleton(&arguments.name, &domain, &subject, &owner, &path);
    let text = if catalogue.subjects.contains_key(&subject) {
        text
    } else {
        format!("{text}---\nsubjects:\n  {subject}:\n    description: {}\n", sentence(&subject))
    };
    write(&workspace, &path, &text)?;
    Ok(Exit::Fine)
}

fn write(workspace: &Workspace<'_>, path: &str, text: &str) -> Result<(), Failure> {
    match disk::write_new(&workspace.root.join(path), path, text)? {
        Written::New => {
            workspace.edge.output.done(&format!("wrote {path}\n"));
            workspace.edge.output.findings(&[]);
            workspace.edge.output.note("fill it in, then run `evt dump`");
            Ok(())
        }
        Written::Kept => {
            let finding = Finding::new(&rule::USAGE, format!("`{path}` exists already"));
            Err(finding.help("move it away, or write the event into it by hand, below a line `---`").into())
        }
    }
}

fn skeleton(name: &str, domain: &str, subject: &str, owner: &str, path: &str) -> String {
    let up = PathBuf::from(path).components().count() - 1;
    EVENT
        .replace("{SCHEMA}", &format!("{}schemas/definition.json", "../".repeat(up)))
        .replace("{NAME}", name)
        .replace("{DOMAIN}", domain)
        .replace("{SUBJECT}", subject)
        .replace("{DESCRIPTION}", &sentence(name))
        .replace("{OWNER}", owner)
}

/// The subject that a name most likely speaks of: `order` of `order_placed`.
fn first_word(name: &str) -> String {
    name.split('_').next().unwrap_or(name).to_owned()
}

/// `order_placed` as the start of a description.
fn sentence(name: &str) -> String {
    let words = name.replace('_', " ");
    let mut letters = words.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}
