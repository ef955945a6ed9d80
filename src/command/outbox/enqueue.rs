mod bulk;
mod known;
mod request;

use evt_runtime::{Envelope, Inserted};

use crate::cli::{EnqueueArguments, OnDuplicate};
use crate::command::Ended;
use crate::command::database::Desk;
use crate::disk;
use crate::finding::Finding;
use crate::listing::json_line::JsonLine;
use crate::payload::{StrictValue, strict_json};
use crate::rule;
use crate::run::{Edge, Exit, Failure};
use request::{Aggregate, Request, Writers};

/// How much longer JSON text may be than what it says: every character as `\u0000`.
const ESCAPED: usize = 6;

/// `evt outbox enqueue`.
pub(super) fn run(arguments: &EnqueueArguments, edge: &Edge) -> Ended {
    if arguments.keep_going && arguments.from.is_none() {
        return Err(Finding::new(&rule::USAGE, "`--keep-going` is for the lines of `--from`").into());
    }
    let desk = Desk::open(edge, &arguments.database)?;
    let (schema, source) = desk.project_schema()?;
    let now = desk.wait(desk.outbox.now())?;
    let writers = Writers::new(schema, &source, desk.outbox.table_name(), now);
    match &arguments.from {
        Some(from) => bulk::run(&desk, writers, from, arguments),
        None => one(&desk, writers, arguments),
    }
}

fn one(desk: &Desk<'_>, mut writers: Writers, arguments: &EnqueueArguments) -> Ended {
    let request = request(desk, arguments)?;
    let found = |findings| Failure { exit: Exit::Found, findings };
    let envelope = writers.envelope(request).map_err(found)?;
    let inserted = desk.wait(async {
        let mut writing = desk.outbox.write().await?;
        let inserted = writing.put(std::slice::from_ref(&envelope)).await?;
        writing.commit().await?;
        Ok(inserted)
    })?;
    let Some(inserted) = inserted.first() else { return Ok(Exit::Fine) };
    if let (Inserted::Duplicate { id, .. }, OnDuplicate::Error) = (inserted, arguments.on_duplicate) {
        return Err(found(vec![duplicate(&envelope, *id)]));
    }
    desk.edge.output.acted(line(inserted), &told(&envelope, inserted));
    Ok(Exit::Fine)
}

fn line(inserted: &Inserted) -> JsonLine {
    let (Inserted::New { id, seq } | Inserted::Duplicate { id, seq }) = inserted;
    let line = JsonLine::action("enqueue", false).text("id", &id.to_string()).number("seq", *seq);
    line.truth("duplicate", matches!(inserted, Inserted::Duplicate { .. }))
}

fn told(envelope: &Envelope, inserted: &Inserted) -> String {
    let (name, version) = (envelope.definition.name, envelope.definition.version);
    match inserted {
        Inserted::New { id, seq } => format!("wrote {name}@{version} as {id}, place {seq}\n"),
        Inserted::Duplicate { id, seq } => format!("it was written before, as {id}, place {seq}\n"),
    }
}

fn duplicate(envelope: &Envelope, id: evt_runtime::types::Uuid) -> Finding {
    let event = envelope.definition.name;
    let message = format!("an event `{event}` with this idempotency key is stored as {id}");
    Finding::new(&rule::PAYLOAD, message).event(event).help("`--on-duplicate skip` passes over duplicates")
}

/// The request that the arguments are.
fn request(desk: &Desk<'_>, arguments: &EnqueueArguments) -> Result<Request, Failure> {
    let name = arguments.event.as_deref().unwrap_or_default();
    let (event, version) = name.split_once('@').map_or((name, None), |(event, number)| (event, Some(number)));
    let version = version.map(number).transpose()?;
    if arguments.payload.as_deref() == Some("-") && arguments.metadata.as_deref() == Some("-") {
        let message = "`--payload` and `--metadata` cannot both be standard input";
        return Err(Finding::new(&rule::USAGE, message).into());
    }
    let of = |option: &str, text: &str| json(desk, option, text).map(StrictValue);
    Ok(Request {
        event: event.to_owned(),
        version,
        payload: of("--payload", arguments.payload.as_deref().unwrap_or_default())?,
        metadata: arguments.metadata.as_deref().map(|text| of("--metadata", text)).transpose()?,
        idempotency_key: arguments.idempotency_key.clone(),
        aggregate: arguments.aggregate.as_deref().map(aggregate).transpose()?,
        occurred_at: arguments.occurred_at.clone(),
        partition_key: arguments.partition_key.clone(),
    })
}

fn number(text: &str) -> Result<u32, Failure> {
    text.parse().map_err(|_| {
        Finding::new(&rule::USAGE, format!("`{text}` is no version")).help("such as `cow_fed@2`").into()
    })
}

/// The JSON of an argument: the text itself, that of `@FILE`, or of standard input, `-`.
pub(in crate::command) fn json(
    desk: &Desk<'_>,
    option: &str,
    text: &str,
) -> Result<serde_json::Value, Failure> {
    let file = if text == "-" { Some("-") } else { text.strip_prefix('@') };
    let read = file.map(|name| disk::read_bounded(&desk.edge.folder, name, longest(desk))).transpose()?;
    let text = read.as_deref().unwrap_or(text);
    strict_json(text).map_err(|error| {
        let finding =
            Finding::new(&rule::PAYLOAD, format!("`{option}` is no JSON that can be stored: {error}"));
        Failure { exit: Exit::Found, findings: vec![finding] }
    })
}

/// How long a text may be that holds a payload, in bytes.
fn longest(desk: &Desk<'_>) -> usize {
    usize::try_from(desk.settings.max_payload).unwrap_or(usize::MAX).saturating_mul(ESCAPED)
}

fn aggregate(text: &str) -> Result<Aggregate, Failure> {
    let refused = || {
        let finding = Finding::new(&rule::USAGE, format!("`--aggregate {text}` is no `TYPE/ID[@V]`"));
        Failure::from(finding.help("such as `Cow/7` or `Cow/7@3`"))
    };
    let (kind, rest) = text.split_once('/').ok_or_else(refused)?;
    // An id may hold an `@`: `Person/ada@farm`.
    let versioned = rest.rsplit_once('@').and_then(|(id, version)| Some((id, version.parse().ok()?)));
    let (id, version) = versioned.map_or((rest, None), |(id, version)| (id, Some(version)));
    if kind.is_empty() || id.is_empty() {
        return Err(refused());
    }
    Ok(Aggregate { kind: kind.to_owned(), id: id.to_owned(), version })
}
