//! Dead letters, sent again or given up.

use evt_runtime::outbox::operator::{Bulk, Filter, Operator, Reorder, Retried, State};
use evt_runtime::types::Uuid;

use super::{replace, upcast};
use crate::cli::{BulkArguments, DiscardArguments, RetryArguments};
use crate::command::Ended;
use crate::command::database::Desk;
use crate::command::outbox::filter_of;
use crate::finding::Finding;
use crate::listing::json_line::JsonLine;
use crate::rule;
use crate::run::{Edge, Exit, Failure};

/// What is done with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Retry,
    Discard,
}

impl Verb {
    fn word(self) -> &'static str {
        match self {
            Self::Retry => "retry",
            Self::Discard => "discard",
        }
    }

    fn done(self) -> &'static str {
        match self {
            Self::Retry => "retried",
            Self::Discard => "discarded",
        }
    }
}

/// `evt dead-letters retry`.
pub(super) fn retry(arguments: &RetryArguments, edge: &Edge) -> Ended {
    let reorder = if arguments.allow_reorder { Reorder::Allowed } else { Reorder::Refused };
    match &arguments.payload {
        Some(payload) => replace::run(payload, &arguments.bulk, reorder, edge),
        None if arguments.upcast => upcast::run(&arguments.bulk, reorder, edge),
        None => act(Verb::Retry, &arguments.bulk, reorder, edge),
    }
}

/// `evt dead-letters discard`.
pub(super) fn discard(arguments: &DiscardArguments, edge: &Edge) -> Ended {
    act(Verb::Discard, &arguments.bulk, Reorder::Allowed, edge)
}

fn act(verb: Verb, arguments: &BulkArguments, reorder: Reorder, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let operator = desk.operator(&arguments.operator)?;
    let (filter, missed) = chosen(&desk, arguments)?;
    if missed == Missed::All {
        return Ok(told(&desk, verb, &Retried::default(), missed, arguments));
    }
    let bulk = Bulk { reorder, limit: arguments.limit, rate: arguments.rate };
    if arguments.dry_run || (filter.ids.is_empty() && !arguments.yes) {
        let due = count(&desk, &filter, bulk)?;
        if arguments.dry_run || due.changed == 0 {
            return Ok(told(&desk, verb, &due, missed, arguments));
        }
        if !desk.confirm(&format!("{} {}", verb.word(), letters(due.changed)))? {
            return Ok(Exit::Found);
        }
    }
    let done = run(&desk, verb, &filter, bulk, &operator)?;
    Ok(told(&desk, verb, &done, missed, arguments))
}

fn run(
    desk: &Desk<'_>,
    verb: Verb,
    filter: &Filter,
    bulk: Bulk,
    operator: &Operator,
) -> Result<Retried, Failure> {
    let done = |count| format!("{} {}", verb.done(), letters(count));
    desk.watched("dead letters done", done, async |watch| match verb {
        Verb::Retry => desk.outbox.retry(filter, bulk, operator, watch).await,
        Verb::Discard => desk.outbox.discard(filter, bulk, operator, watch).await,
    })
}

/// What an action would do.
fn count(desk: &Desk<'_>, filter: &Filter, bulk: Bulk) -> Result<Retried, Failure> {
    let (count, went_on) = desk.wait(desk.outbox.count_dead(filter))?;
    let kept_back = if bulk.reorder == Reorder::Refused { went_on } else { 0 };
    let changed = (count - kept_back).min(bulk.limit.unwrap_or(u64::MAX));
    Ok(Retried { changed, kept_back, ..Retried::default() })
}

/// Whether some of what was named is no dead letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missed {
    None,
    Some,
    All,
}

/// The dead letters that were named; those that are none are told.
pub(super) fn chosen(desk: &Desk<'_>, arguments: &BulkArguments) -> Result<(Filter, Missed), Failure> {
    let filter = filter_of(desk, &arguments.filter)?;
    if arguments.ids.is_empty() {
        if filter == Filter::default() && !arguments.all {
            let finding = Finding::new(&rule::USAGE, "which dead letters?");
            return Err(finding.help("name ids, or a filter such as `--event EVENT`, or `--all`").into());
        }
        return Ok((filter, Missed::None));
    }
    let mut ids = Vec::new();
    for text in &arguments.ids {
        match dead(desk, text)? {
            Ok(id) if ids.contains(&id) => {}
            Ok(id) => ids.push(id),
            Err(why) => desk.edge.output.note(&why),
        }
    }
    let missed = match (ids.len(), arguments.ids.len()) {
        (0, _) => Missed::All,
        (found, all) if found == all => Missed::None,
        _ => Missed::Some,
    };
    Ok((Filter { ids, ..filter }, missed))
}

/// The id of a dead letter, or why there is none.
fn dead(desk: &Desk<'_>, text: &str) -> Result<Result<Uuid, String>, Failure> {
    match desk.found(text)? {
        None => Ok(Err(format!("the outbox holds no event `{text}`: `evt outbox list` shows what there is"))),
        Some(entry) if entry.state == State::Dead => Ok(Ok(entry.id)),
        Some(entry) => Ok(Err(format!("`{text}` is {}: it is no dead letter", entry.state.as_str()))),
    }
}

fn told(desk: &Desk<'_>, verb: Verb, done: &Retried, missed: Missed, arguments: &BulkArguments) -> Exit {
    let output = &desk.edge.output;
    let line = JsonLine::action(verb.word(), arguments.dry_run).number("changed", done.changed);
    let line = line.number("left", done.kept_back).truth("stopped", done.stopped);
    let letters = letters(done.changed);
    let is_nothing = done.changed == 0 && done.kept_back == 0 && !done.stopped;
    let (text, stay) = if arguments.dry_run {
        (format!("would {} {letters}\n", verb.word()), "would stay")
    } else if is_nothing && missed == Missed::None {
        ("there is no such dead letter\n".to_owned(), "stay")
    } else {
        (format!("{} {letters}\n", verb.done()), "stay")
    };
    output.acted(line, &text);
    tell_kept(desk, done, stay);
    if done.stopped {
        output.note("it was interrupted before its end");
    }
    let is_whole = done.kept_back == 0 && !done.stopped && missed == Missed::None;
    // All of none is nothing to speak of; what was described and is not there is.
    if is_whole && (!is_nothing || arguments.all) { Exit::Fine } else { Exit::Found }
}

/// Tells which dead letters stay because their key went on.
pub(super) fn tell_kept(desk: &Desk<'_>, done: &Retried, verb: &str) {
    let (verb, of) = match (done.kept_back, verb) {
        (0, _) => return,
        (1, "stay") => ("stays", "its key went on without it"),
        (1, verb) => (verb, "its key went on without it"),
        (_, verb) => (verb, "their keys went on without them"),
    };
    let output = &desk.edge.output;
    output.note(&format!(
        "{} {verb}, for {of}: --allow-reorder sends what may come late",
        letters(done.kept_back)
    ));
    for id in &done.kept_back_ids {
        output.note(&format!("  {id}"));
    }
}

pub(super) fn letters(count: u64) -> String {
    if count == 1 { "1 dead letter".to_owned() } else { format!("{count} dead letters") }
}
