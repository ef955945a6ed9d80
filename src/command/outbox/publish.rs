mod capture;
mod waiting;

use std::time::Duration;

use evt_runtime::outbox::operator::{Filter, Page, State};
use evt_runtime::relay::{Counts, Drained, LONGEST_LEASE, Message, Relay, RelayError, Transport};
use evt_runtime::transport::{self, BadWebhookSecret, Mode, Options, Topic, cloud_event};

use super::show::masked_payload;
use crate::cli::PublishArguments;
use crate::command::Ended;
use crate::command::database::{Desk, failure};
use crate::command::interrupt::Interrupt;
use crate::command::listen::{Server, Watched};
use crate::finding::Finding;
use crate::project::{RelaySettings, parse_span};
use crate::rule;
use crate::run::{Edge, Exit, Failure};

/// The longest that a row waits for its next attempt.
const LONGEST_BACKOFF: Duration = Duration::from_mins(15);
/// How many rows `--dry-run` shows.
const SHOWN: usize = 500;

/// `evt outbox publish`.
pub(super) fn run(arguments: &PublishArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let relay = relay(arguments, &desk)?;
    if arguments.dry_run {
        return preview(arguments, &desk, &relay);
    }
    edge.output.trace();
    let (counts, interrupt) = (relay.counts(), Interrupt::new());
    let server = server(arguments, &desk)?;
    let watched = Watched { monitor: relay.monitor(), interrupt: interrupt.clone() };
    let ended = desk.runtime.block_on(interrupt.beside(async {
        if let Some(server) = server {
            tokio::spawn(server.serve(watched));
        }
        if arguments.once {
            relay.drain_until(interrupt.told()).await
        } else {
            relay.run(interrupt.told()).await.map(|()| Drained::Stopped)
        }
    }));
    let exit = told(&desk, &ended.map_err(|error| refused(&error))?, &counts)?;
    if arguments.once {
        tell_of_services(&desk)?;
    }
    Ok(exit)
}

/// What `--listen`, or `[relay] listen`, asks for. The latter is for a relay that goes on: beside it another one may be run
/// once.
fn server(arguments: &PublishArguments, desk: &Desk<'_>) -> Result<Option<Server>, Failure> {
    let of_settings = desk.settings.relay.listen.filter(|_| !arguments.once);
    let Some(address) = arguments.listen.or(of_settings) else { return Ok(None) };
    let server = desk.runtime.block_on(Server::bind(address))?;
    let address = server.address().unwrap_or(address);
    desk.edge.output.note(&format!("http://{address} serves /metrics, /livez and /readyz"));
    Ok(Some(server))
}

/// Durable events are not for this relay: who sees them wait is told who publishes them.
fn tell_of_services(desk: &Desk<'_>) -> Result<(), Failure> {
    let pending = Filter { states: vec![State::Pending], ..Filter::default() };
    let rows = desk.wait(desk.outbox.list(&pending, Page::first(1)))?;
    if rows.iter().any(|row| row.route == "durable") {
        let text = "durable events wait: a service that subscribes to them publishes them itself";
        desk.edge.output.note(text);
    }
    Ok(())
}

/// The relay that the arguments and `evt.toml` describe.
fn relay(arguments: &PublishArguments, desk: &Desk<'_>) -> Result<Relay, Failure> {
    let settings = &desk.settings.relay;
    let missing = || {
        let finding = Finding::new(&rule::USAGE, "nothing says where to publish to");
        finding.help("give `--to URL`, such as `--to stdout:`, or set `[relay] to` in evt.toml")
    };
    let to = arguments.to.as_ref().or(settings.to.as_ref()).ok_or_else(missing)?;
    let topic = match arguments.topic.as_ref().or(settings.topic.as_ref()) {
        None => Topic::default(),
        Some(topic) => {
            topic.parse().map_err(|error| Finding::new(&rule::USAGE, format!("the topic: {error}")))?
        }
    };
    let transport: Box<dyn Transport> = match to.strip_prefix("capture:") {
        Some(slot) => Box::new(capture::open(slot, arguments, desk)?),
        None => transport::open_with(to, &topic, &options(arguments, desk.edge)?)
            .map_err(|error| Finding::new(&rule::USAGE, error.to_string()))?,
    };
    let batch = arguments.batch.map_or(settings.batch, u64::from);
    let lease = lease(arguments, settings)?;
    let relay = Relay::to(desk.outbox.clone(), transport)
        .batch(usize::try_from(batch).unwrap_or(usize::MAX))
        .lease(lease)
        .grace(settings.grace)
        .backoff(settings.backoff, LONGEST_BACKOFF)
        .max_attempts(u32::try_from(desk.settings.max_attempts).unwrap_or(u32::MAX));
    if arguments.change_destination {
        return Ok(relay.change_destination(desk.operator(&arguments.operator)?));
    }
    Ok(relay)
}

/// `--lease`, or `[relay] lease`.
fn lease(arguments: &PublishArguments, settings: &RelaySettings) -> Result<Duration, Failure> {
    let lease = match &arguments.lease {
        None => settings.lease,
        Some(text) => parse_span(text).ok_or_else(|| {
            Finding::new(&rule::USAGE, format!("`--lease {text}` is no time such as `30s`"))
        })?,
    };
    if lease.is_zero() || lease > LONGEST_LEASE {
        let most = LONGEST_LEASE.as_secs() / 60;
        return Err(Finding::new(&rule::USAGE, format!("a lease lasts from 1 s to {most} minutes")).into());
    }
    Ok(lease)
}

fn options(arguments: &PublishArguments, edge: &Edge) -> Result<Options, Failure> {
    let secrets = edge.webhook_secrets.iter().flat_map(|secrets| secrets.split_whitespace());
    let secrets = secrets.map(str::parse).collect::<Result<_, _>>();
    let webhook_secrets = secrets.map_err(|error: BadWebhookSecret| {
        Finding::new(&rule::USAGE, format!("`EVT_WEBHOOK_SECRETS`: {error}"))
    })?;
    let mode = if arguments.structured { Mode::Structured } else { Mode::Binary };
    Ok(Options { mode, webhook_secrets })
}

fn refused(error: &RelayError) -> Failure {
    match error {
        RelayError::Outbox(error) => failure(error),
        other => {
            let finding = Finding::new(&rule::RELAY_DESTINATION, other.to_string());
            finding
                .help("`--change-destination` publishes there from now on; relays that publish elsewhere end")
                .into()
        }
    }
}

/// Says how it ended. Standard output may be where the events went.
fn told(desk: &Desk<'_>, ended: &Drained, counts: &Counts) -> Ended {
    let output = &desk.edge.output;
    let (published, dead) = (counts.published(), counts.dead());
    let died = if dead == 0 { String::new() } else { format!(", {dead} became dead letters") };
    let events = if published == 1 { "event" } else { "events" };
    output.note(&format!("published {published} {events}{died}"));
    Ok(match ended {
        Drained::Waiting(rows) => {
            output.note(&waiting::told(desk, *rows)?);
            Exit::Found
        }
        Drained::Unreachable(said) => {
            let finding = Finding::new(
                &rule::RELAY_UNREACHABLE,
                format!("the destination does not take events: {said}"),
            );
            return Err(finding.help("no row is lost, and none has lost an attempt").into());
        }
        _ => Exit::Fine,
    })
}

fn preview(arguments: &PublishArguments, desk: &Desk<'_>, relay: &Relay) -> Ended {
    let most = arguments.batch.map_or(SHOWN, |batch| usize::try_from(batch).unwrap_or(SHOWN).min(SHOWN));
    let messages = desk.runtime.block_on(relay.preview(most)).map_err(|error| refused(&error))?;
    for mut message in messages {
        if !arguments.show_pii {
            hide(desk, &mut message);
        }
        desk.edge.output.result(&format!("{}\n", cloud_event::structured(&message)));
    }
    Ok(Exit::Fine)
}

fn hide(desk: &Desk<'_>, message: &mut Message) {
    message.payload = masked_payload(desk, &message.event_name, message.event_version, &message.payload);
}
