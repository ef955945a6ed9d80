//! Why rows are left although the destination takes what it is given.

use evt_runtime::outbox::operator::{Filter, Page, State};
use jiff::Timestamp;

use crate::command::database::Desk;
use crate::run::Failure;
use crate::visible::visible;

/// How many rows wait, and who shows or ends what they wait for.
pub(super) fn told(desk: &Desk<'_>, rows: u64) -> Result<String, Failure> {
    let paused = desk.wait(desk.outbox.paused())?;
    let is_paused_whole = paused.iter().any(|(event, _)| event.is_none());
    let mut reasons = pauses(desk, paused)?;
    if reasons.is_empty() || (!is_paused_whole && waits(desk, None, &[State::Retrying, State::Held])?) {
        reasons.push("`evt outbox list --state retrying,held` shows why".to_owned());
    }
    let rows = if rows == 1 { "1 row waits".to_owned() } else { format!("{rows} rows wait") };
    Ok(format!("{rows}: {}", reasons.join("; ")))
}

/// What is paused of that which waits.
fn pauses(desk: &Desk<'_>, paused: Vec<(Option<String>, Timestamp)>) -> Result<Vec<String>, Failure> {
    let mut reasons = Vec::new();
    for (event, since) in paused {
        match event {
            None => {
                let resume = "`evt outbox resume` lets them go on";
                reasons.push(format!("all events are paused since {since:.0}: {resume}"));
            }
            Some(event) if waits(desk, Some(&event), &[State::Pending, State::Retrying, State::Held])? => {
                let event = visible(&event);
                let resume = format!("`evt outbox resume --event {event}` lets it go on");
                reasons.push(format!("`{event}` is paused since {since:.0}: {resume}"));
            }
            Some(_) => {}
        }
    }
    Ok(reasons)
}

/// Whether a row that a relay of this route publishes is in one of these states.
fn waits(desk: &Desk<'_>, event: Option<&str>, states: &[State]) -> Result<bool, Failure> {
    let filter = Filter { states: states.to_vec(), event: event.map(str::to_owned), ..Filter::default() };
    let rows = desk.wait(desk.outbox.list(&filter, Page::first(1)))?;
    Ok(rows.iter().any(|row| row.route != "durable"))
}
