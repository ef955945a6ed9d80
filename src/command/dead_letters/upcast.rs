//! Dead letters, brought to the latest version of their event and sent again.

use std::collections::{BTreeMap, HashMap};
use std::time::Duration;

use evt_runtime::outbox::operator::{
    Bulk, EntryDetail, Filter, NewContent, Operator, OutboxError, Page, Reorder, State,
};
use evt_runtime::types::Uuid;

use super::act::{Missed, chosen, letters};
use super::replace::content;
use crate::cli::BulkArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::command::interrupt::Interrupt;
use crate::listing::json_line::JsonLine;
use crate::output::Output;
use crate::payload::Upcast;
use crate::run::{Edge, Exit, Failure};
use crate::schema::{Schema, Version};

/// Why a row stays.
const OVERTAKEN: &str = "its key went on without it: later events may have been sent";
/// How many rows are read at once.
const CHUNK: u32 = 5_000;

/// `evt dead-letters retry --upcast`.
pub(super) fn run(arguments: &BulkArguments, reorder: Reorder, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let (schema, _) = desk.project_schema()?;
    let (filter, not_dead) = chosen(&desk, arguments)?;
    if not_dead == Missed::All {
        return Ok(Exit::Found);
    }
    let ids = oldest_first(&desk, filter, arguments.limit)?;
    if !arguments.dry_run && arguments.ids.is_empty() && !arguments.yes && !ids.is_empty() {
        edge.output.confirm(&format!("upcast and retry {}?", letters(ids.len() as u64)))?;
    }
    let mut work = Work {
        desk: &desk,
        schema: &schema,
        upcasts: HashMap::new(),
        reorder,
        operator: desk.operator(&arguments.operator),
        dry_run: arguments.dry_run,
        done: Done::default(),
    };
    let interrupt = Interrupt::new();
    let progress = edge.output.progress("dead letters done");
    desk.wait(interrupt.beside(async {
        for id in ids {
            if interrupt.flow().is_break() {
                work.done.stopped = true;
                break;
            }
            work.one(id).await?;
            progress.tell(work.done.changed);
            if let Some(rate) = arguments.rate {
                tokio::time::sleep(Duration::from_secs(1) / rate).await;
            }
        }
        Ok(())
    }))?;
    drop(progress);
    Ok(told(&edge.output, &work.done, arguments.dry_run, not_dead))
}

/// The ids of the dead letters that a filter names.
fn oldest_first(desk: &Desk<'_>, filter: Filter, limit: Option<u64>) -> Result<Vec<Uuid>, Failure> {
    if !filter.ids.is_empty() {
        return Ok(filter.ids);
    }
    let filter = Filter { states: vec![State::Dead], ..filter };
    let (mut ids, mut page) = (Vec::new(), Page::first(CHUNK));
    loop {
        let chunk = desk.wait(desk.outbox.list(&filter, page))?;
        page.after = chunk.last().map(|row| row.seq);
        ids.extend(chunk.iter().map(|row| row.id));
        if chunk.len() < CHUNK as usize {
            break;
        }
    }
    ids.reverse();
    ids.truncate(limit.and_then(|limit| usize::try_from(limit).ok()).unwrap_or(usize::MAX));
    Ok(ids)
}

struct Work<'w> {
    desk: &'w Desk<'w>,
    schema: &'w Schema,
    upcasts: HashMap<String, Option<(Upcast<'w>, &'w Version)>>,
    reorder: Reorder,
    operator: Operator,
    dry_run: bool,
    done: Done,
}

#[derive(Default)]
struct Done {
    changed: u64,
    /// How many rows stay, by the reason.
    left: BTreeMap<String, u64>,
    stopped: bool,
}

impl Done {
    fn leave(&mut self, reason: String) {
        *self.left.entry(reason).or_default() += 1;
    }
}

impl Work<'_> {
    async fn one(&mut self, id: Uuid) -> Result<(), OutboxError> {
        let outbox = &self.desk.outbox;
        let detail = outbox.entry(id).await?;
        let next = match self.upcast(&detail) {
            Ok(next) => next,
            Err(reason) => {
                self.done
                    .leave(format!("`{}@{}`: {reason}", detail.entry.event_name, detail.entry.event_version));
                return Ok(());
            }
        };
        if self.dry_run {
            self.done.changed += 1;
            return Ok(());
        }
        match self.send(id, next).await {
            Ok(changed) => self.done.changed += changed,
            Err(OutboxError::State { reason, .. }) => self.done.leave(reason.to_owned()),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    /// Sends a row with its new content, or as it is.
    async fn send(&self, id: Uuid, next: Option<NewContent>) -> Result<u64, OutboxError> {
        let outbox = &self.desk.outbox;
        match next {
            Some(next) => outbox.replace(id, &next, self.reorder, &self.operator).await.map(|_| 1),
            None => {
                let filter = Filter { ids: vec![id], ..Filter::default() };
                let bulk = Bulk { reorder: self.reorder, ..Bulk::default() };
                let go_on = &mut |_| std::ops::ControlFlow::Continue(());
                let done = outbox.retry(&filter, bulk, &self.operator, go_on).await?;
                match done.kept_back {
                    0 => Ok(done.changed),
                    _ => Err(OutboxError::State { id, state: State::Dead, reason: OVERTAKEN }),
                }
            }
        }
    }

    /// What a row is to hold; `None` if it is of the latest version already.
    fn upcast(&mut self, detail: &EntryDetail) -> Result<Option<NewContent>, String> {
        let (event, number) = (&detail.entry.event_name, detail.entry.event_version);
        let schema = self.schema;
        let known = self.upcasts.entry(event.clone()).or_insert_with(|| {
            let history = schema.events.get(event)?;
            Some((Upcast::of(history), history.last()?))
        });
        let Some((upcast, latest)) = known else {
            return Err("the schema file does not know this event".to_owned());
        };
        if number == latest.number {
            return Ok(None);
        }
        let value = serde_json::from_str(&detail.payload).map_err(|error| error.to_string())?;
        let payload = upcast.run(number, &value).map_err(|error| error.to_string())?;
        Ok(Some(content(latest, payload)))
    }
}

fn told(output: &Output, done: &Done, dry_run: bool, missed: Missed) -> Exit {
    let left: u64 = done.left.values().sum();
    let line = JsonLine::action("upcast", dry_run);
    let line = line.number("changed", done.changed).number("left", left).truth("stopped", done.stopped);
    let verb = if dry_run { "would upcast and retry" } else { "retried" };
    output.acted(line, &format!("{verb} {}\n", letters(done.changed)));
    for (reason, count) in &done.left {
        let stay = if *count == 1 { "stays" } else { "stay" };
        output.note(&format!("{} {stay}: {reason}", letters(*count)));
    }
    if done.stopped {
        output.note("it was interrupted before its end");
    }
    let is_whole = left == 0 && !done.stopped && missed == Missed::None;
    if is_whole { Exit::Fine } else { Exit::Found }
}
