//! Why rows are left although the destination takes what it is given.

use evt_runtime::outbox::operator::{Filter, Page, State};

use crate::command::database::Desk;
use crate::run::Failure;
use crate::visible::visible;

/// How many rows wait, and who shows or ends what they wait for.
pub(super) fn told(desk: &Desk<'_>, rows: u64) -> Result<String, Failure> {
    let mut reasons = pauses(desk)?;
    let is_paused_whole = reasons.iter().any(|reason| reason.starts_with(ALL));
    if reasons.is_empty() || (!is_paused_whole && waits(desk, None, &[State::Retrying, State::Held])?) {
        reasons.push("`evt outbox list --state retrying,held` shows why".to_owned());
    }
    let rows = if rows == 1 { "1 row waits".to_owned() } else { format!("{rows} rows wait") };
    Ok(format!("{rows}: {}", reasons.join("; ")))
}

/// How the reason begins that holds whatever waits.
const ALL: &str = "all events are paused";

/// What is paused of that which waits.
fn pauses(desk: &Desk<'_>) -> Result<Vec<String>, Failure> {
    let mut reasons = Vec::new();
    for (event, since) in desk.wait(desk.outbox.paused())? {
        match event {
            None => reasons.push(format!("{ALL} since {since:.0}: `evt outbox resume` lets them go on")),
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
