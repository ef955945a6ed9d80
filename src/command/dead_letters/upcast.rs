//! Dead letters, brought to the latest version of their event and sent again.

use std::collections::{BTreeMap, HashMap};

use evt_runtime::outbox::operator::{
    Bulk, EntryDetail, Filter, Operator, Page, Reorder, Retried, Rewrite, State,
};

use super::act::{Missed, chosen, letters, tell_kept};
use super::replace::content;
use crate::cli::BulkArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::listing::json_line::JsonLine;
use crate::payload::Upcast;
use crate::run::{Edge, Exit};
use crate::schema::{Schema, Version};

/// How many rows are read at once where nothing is done.
const CHUNK: u32 = 500;
/// How many of the ids that would stay are told.
const MOST_TOLD: usize = 100;

/// `evt dead-letters retry --upcast`.
pub(super) fn run(arguments: &BulkArguments, reorder: Reorder, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let operator = desk.operator(&arguments.operator)?;
    let (schema, _) = desk.project_schema()?;
    let (filter, missed) = chosen(&desk, arguments)?;
    let work = Work {
        schema: &schema,
        most: desk.settings.max_payload,
        known: HashMap::new(),
        left: Left::default(),
        bulk: Bulk { reorder, limit: arguments.limit, rate: arguments.rate },
        arguments,
        missed,
    };
    if missed == Missed::All {
        return Ok(work.told(&desk, &Retried::default()));
    }
    if arguments.dry_run {
        return work.tried(&desk, &filter);
    }
    if filter.ids.is_empty() && !arguments.yes {
        let (count, _) = desk.wait(desk.outbox.count_dead(&filter))?;
        if count > 0 && !desk.confirm(&format!("upcast and retry {}", letters(count)))? {
            return Ok(Exit::Found);
        }
    }
    work.done(&desk, &filter, &operator)
}

struct Work<'w> {
    schema: &'w Schema,
    /// The bytes that a payload may have.
    most: u64,
    known: HashMap<String, Option<(Upcast<'w>, &'w [Version])>>,
    left: Left,
    bulk: Bulk,
    arguments: &'w BulkArguments,
    missed: Missed,
}

/// Rows that stay, by the reason, with the first of them.
type Left = BTreeMap<String, (u64, String)>;

impl Work<'_> {
    /// Sends them.
    fn done(mut self, desk: &Desk<'_>, filter: &Filter, operator: &Operator) -> Ended {
        let bulk = self.bulk;
        let next = &mut |detail: &EntryDetail| self.next(detail);
        let done = |count| format!("retried {}", letters(count));
        let done = desk.watched("dead letters done", done, async |watch| {
            desk.outbox.rewrite(filter, bulk, operator, next, watch).await
        })?;
        Ok(self.told(desk, &done))
    }

    /// Tells what would be done, and does nothing.
    fn tried(mut self, desk: &Desk<'_>, filter: &Filter) -> Ended {
        let bulk = self.bulk;
        let filter = &Filter { states: vec![State::Dead], ..filter.clone() };
        let (mut done, mut page) = (Retried::default(), Page::first(CHUNK));
        loop {
            let rows = desk.wait(desk.outbox.list(filter, page))?;
            page.after = rows.last().map(|row| row.seq);
            for row in &rows {
                let detail = desk.wait(desk.outbox.entry(row.id))?;
                match self.next(&detail) {
                    Rewrite::Leave => {}
                    _ if row.key_went_on && bulk.reorder == Reorder::Refused => {
                        done.kept_back += 1;
                        if done.kept_back_ids.len() < MOST_TOLD {
                            done.kept_back_ids.push(row.id);
                        }
                    }
                    Rewrite::Send(_) | Rewrite::AsItIs => done.changed += 1,
                }
            }
            if rows.len() < CHUNK as usize || bulk.limit.is_some_and(|limit| done.changed >= limit) {
                done.changed = done.changed.min(bulk.limit.unwrap_or(u64::MAX));
                return Ok(self.told(desk, &done));
            }
        }
    }

    /// What becomes of a row.
    fn next(&mut self, detail: &EntryDetail) -> Rewrite {
        self.upcast(detail).unwrap_or_else(|reason| {
            let (event, number) = (&detail.entry.event_name, detail.entry.event_version);
            let first = || (0, detail.entry.id.to_string());
            self.left.entry(format!("`{event}@{number}`: {reason}")).or_insert_with(first).0 += 1;
            Rewrite::Leave
        })
    }

    fn upcast(&mut self, detail: &EntryDetail) -> Result<Rewrite, String> {
        let (event, number) = (&detail.entry.event_name, detail.entry.event_version);
        let schema = self.schema;
        let known = self.known.entry(event.clone()).or_insert_with(|| {
            let history = schema.events.get(event)?;
            Some((Upcast::of(history), history.as_slice()))
        });
        let (upcast, history) = known.as_ref().ok_or("the schema file does not know this event")?;
        let version = history.iter().find(|version| version.number == number);
        let version = version.ok_or("the schema file does not know this version")?;
        if version.fingerprint.to_string() != detail.fingerprint {
            return Err("the schema file has this version with another fingerprint".to_owned());
        }
        let latest = history.last().filter(|latest| latest.number != number);
        let Some(latest) = latest else { return Ok(Rewrite::AsItIs) };
        let value = serde_json::from_str(&detail.payload).map_err(|error| error.to_string())?;
        let payload = upcast.run(number, &value).map_err(|error| error.to_string())?;
        if payload.len() as u64 > self.most {
            return Err(format!("its payload would have more than {} bytes", self.most));
        }
        Ok(Rewrite::Send(content(latest, payload)))
    }

    fn told(&self, desk: &Desk<'_>, done: &Retried) -> Exit {
        let (output, dry_run) = (&desk.edge.output, self.arguments.dry_run);
        let stay = self.left.values().map(|(count, _)| count).sum::<u64>() + done.kept_back;
        let line = JsonLine::action("upcast", dry_run).number("changed", done.changed);
        let line = line.number("left", stay).truth("stopped", done.stopped);
        let verb = if dry_run { "would upcast and retry" } else { "retried" };
        output.acted(line, &format!("{verb} {}\n", letters(done.changed)));
        for (reason, (count, first)) in &self.left {
            let verb = if *count == 1 { "stays" } else { "stay" };
            output.note(&format!("{} {verb}, such as {first}: {reason}", letters(*count)));
        }
        tell_kept(desk, done, if dry_run { "would stay" } else { "stay" });
        if done.stopped {
            output.note("it was interrupted before its end");
        }
        let is_whole = stay == 0 && !done.stopped && self.missed == Missed::None;
        let is_there = done.changed > 0 || self.arguments.all;
        if is_whole && is_there { Exit::Fine } else { Exit::Found }
    }
}
