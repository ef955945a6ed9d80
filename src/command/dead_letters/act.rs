//! Dead letters, sent again or given up.

use evt_runtime::outbox::operator::{Bulk, Filter, Reorder, Retried, State};

use super::{replace, upcast};
use crate::cli::{BulkArguments, DiscardArguments, RetryArguments};
use crate::command::Ended;
use crate::command::database::Desk;
use crate::command::interrupt::Interrupt;
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
    let (filter, not_dead) = chosen(&desk, arguments)?;
    if not_dead == Missed::All {
        return Ok(Exit::Found);
    }
    let bulk = Bulk { reorder, limit: arguments.limit, rate: arguments.rate };
    if arguments.dry_run || (filter.ids.is_empty() && !arguments.yes) {
        let due = Due::count(&desk, &filter, bulk)?;
        if arguments.dry_run {
            return Ok(due.would(&desk, verb));
        }
        if due.count == 0 {
            return Ok(due.none(&desk, verb));
        }
        edge.output.confirm(&format!("{} {}?", verb.word(), letters(due.count)))?;
    }
    let done = run(&desk, verb, arguments, &filter, bulk)?;
    Ok(told_after(&desk, verb, &done, not_dead))
}

fn run(
    desk: &Desk<'_>,
    verb: Verb,
    arguments: &BulkArguments,
    filter: &Filter,
    bulk: Bulk,
) -> Result<Retried, Failure> {
    let operator = desk.operator(&arguments.operator);
    let interrupt = Interrupt::new();
    let progress = desk.edge.output.progress("dead letters done");
    let mut kept = 0;
    let watch = &mut |done| {
        kept = done;
        progress.tell(done);
        interrupt.flow()
    };
    let done = match verb {
        Verb::Retry => desk.wait(interrupt.beside(desk.outbox.retry(filter, bulk, &operator, watch))),
        Verb::Discard => desk.wait(interrupt.beside(desk.outbox.discard(filter, bulk, &operator, watch))),
    };
    drop(progress);
    if done.is_err() && kept > 0 {
        desk.edge.output.note(&format!(
            "{} {} before that; give it again to go on",
            verb.done(),
            letters(kept)
        ));
    }
    done
}

/// What an action would do.
struct Due {
    count: u64,
    /// Those that would stay, because their key went on.
    kept: u64,
}

impl Due {
    fn count(desk: &Desk<'_>, filter: &Filter, bulk: Bulk) -> Result<Self, Failure> {
        let (count, went_on) = desk.wait(desk.outbox.count_dead(filter))?;
        let kept = if bulk.reorder == Reorder::Refused { went_on } else { 0 };
        Ok(Self { count: (count - kept).min(bulk.limit.unwrap_or(u64::MAX)), kept })
    }

    /// Tells what is to be done, and does nothing.
    fn would(&self, desk: &Desk<'_>, verb: Verb) -> Exit {
        let line = self.line(verb, true);
        desk.edge.output.acted(line, &format!("would {} {}\n", verb.word(), letters(self.count)));
        self.stay(desk, "would stay")
    }

    /// Tells that nothing is to be done.
    fn none(&self, desk: &Desk<'_>, verb: Verb) -> Exit {
        let text = if self.kept == 0 { "there is no such dead letter\n" } else { "" };
        desk.edge.output.acted(self.line(verb, false), text);
        self.stay(desk, "stay")
    }

    fn line(&self, verb: Verb, dry_run: bool) -> JsonLine {
        let line = JsonLine::action(verb.word(), dry_run).number("changed", self.count);
        line.number("left", self.kept).truth("stopped", false)
    }

    fn stay(&self, desk: &Desk<'_>, verb: &str) -> Exit {
        if self.kept == 0 {
            return Exit::Fine;
        }
        tell_kept(desk, self.kept, verb);
        Exit::Found
    }
}

fn tell_kept(desk: &Desk<'_>, count: u64, verb: &str) {
    let letters = letters(count);
    let verb = if count == 1 && verb == "stay" { "stays" } else { verb };
    desk.edge.output.note(&format!("{letters} {verb}, for their key went on without them: --allow-reorder"));
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
        let entry = desk.wait(desk.outbox.entry(desk.id(text)?))?.entry;
        if entry.state == State::Dead {
            ids.push(entry.id);
        } else {
            desk.edge.output.note(&format!("`{text}` is {}: it is no dead letter", entry.state.as_str()));
        }
    }
    let missed = match (ids.len(), arguments.ids.len()) {
        (0, _) => Missed::All,
        (found, all) if found == all => Missed::None,
        _ => Missed::Some,
    };
    Ok((Filter { ids, ..filter }, missed))
}

fn told_after(desk: &Desk<'_>, verb: Verb, done: &Retried, missed: Missed) -> Exit {
    let output = &desk.edge.output;
    let line = JsonLine::action(verb.word(), false).number("changed", done.changed);
    let line = line.number("left", done.kept_back).truth("stopped", done.stopped);
    output.acted(line, &format!("{} {}\n", verb.done(), letters(done.changed)));
    if done.kept_back > 0 {
        tell_kept(desk, done.kept_back, "stay");
        for id in &done.kept_back_ids {
            output.note(&format!("  {id}"));
        }
    }
    if done.stopped {
        output.note("it was interrupted before its end");
    }
    let is_whole = done.kept_back == 0 && !done.stopped && missed == Missed::None;
    if is_whole { Exit::Fine } else { Exit::Found }
}

pub(super) fn letters(count: u64) -> String {
    if count == 1 { "1 dead letter".to_owned() } else { format!("{count} dead letters") }
}
