use evt_runtime::outbox::operator::{Filter, Page, State};

use crate::cli::{FilterArguments, ListRowsArguments, PageArguments};
use crate::command::Ended;
use crate::command::database::Desk;
use crate::finding::Finding;
use crate::output::Format;
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use crate::{row, suggest};

/// `evt outbox list`.
pub(super) fn run(arguments: &ListRowsArguments, edge: &Edge) -> Ended {
    let states = arguments.state.iter().map(|word| state(word)).collect::<Result<_, _>>()?;
    let desk = Desk::open(edge, &arguments.database)?;
    let filter = Filter { states, ..filter_of(&desk, &arguments.filter)? };
    list(&desk, &filter, &arguments.page)
}

/// Prints rows, and how to go on.
pub(in crate::command) fn list(desk: &Desk<'_>, filter: &Filter, arguments: &PageArguments) -> Ended {
    let after = arguments.after.as_deref().map(|text| desk.place(text)).transpose()?;
    let rows = desk.wait(desk.outbox.list(filter, Page { limit: arguments.limit, after }))?;
    let output = &desk.edge.output;
    output.result(&match output.format {
        Format::Json => rows.iter().map(row::entry_json).collect(),
        Format::Text => row::entry_table(&rows, output.room.unwrap_or(usize::MAX)),
    });
    match rows.last() {
        None => output.note("no row matches"),
        Some(last) if rows.len() == arguments.limit as usize => {
            output.note(&format!("there may be more: --after {}", last.seq));
        }
        Some(_) => {}
    }
    Ok(Exit::Fine)
}

fn state(word: &str) -> Result<State, Failure> {
    State::parse(word).ok_or_else(|| {
        let words = || State::ALL.iter().map(|(word, _)| *word);
        let finding = Finding::new(&rule::USAGE, format!("`{word}` is no state"));
        let known = format!("the states are {}", words().collect::<Vec<_>>().join(", "));
        finding.suggest(suggest::nearest(word, words())).or_help(known).into()
    })
}

/// The filter that a person typed.
pub(in crate::command) fn filter_of(desk: &Desk<'_>, arguments: &FilterArguments) -> Result<Filter, Failure> {
    if let Some(event) = &arguments.event {
        desk.event(event)?;
    }
    let aggregate = arguments.aggregate.as_deref().map(aggregate).transpose()?;
    let instant = |option: &str, text: &Option<String>| {
        text.as_deref().map(|text| desk.instant(option, text)).transpose()
    };
    Ok(Filter {
        event: arguments.event.clone(),
        aggregate,
        error: arguments.error.clone(),
        since: instant("--since", &arguments.since)?,
        until: instant("--until", &arguments.until)?,
        ..Filter::default()
    })
}

fn aggregate(text: &str) -> Result<(String, String), Failure> {
    let parts = text.split_once('/').filter(|(kind, id)| !kind.is_empty() && !id.is_empty());
    parts.map(|(kind, id)| (kind.to_owned(), id.to_owned())).ok_or_else(|| {
        Finding::new(&rule::USAGE, format!("`--aggregate {text}` is no `TYPE/ID`"))
            .help("such as `Cow/7`")
            .into()
    })
}
