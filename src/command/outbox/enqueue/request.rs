//! What a person, or a line of NDJSON, asks to be written; and the event that it becomes.

use std::collections::HashMap;

use evt_runtime::outbox::operator::check_envelope;
use evt_runtime::shape::{Object, Unknown};
use evt_runtime::types::{Timestamp, Uuid};
use evt_runtime::{AggregateRef, Definition, EmitError, Envelope, Misfit, format};
use serde::Deserialize;

use crate::command::diff::find_version;
use crate::event::Ordering;
use crate::finding::Finding;
use crate::payload::{self, StrictValue};
use crate::rule;
use crate::schema::{Schema, Version};
use crate::suggest::nearest;

/// An event as it is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Request {
    pub(super) event: String,
    /// The latest one, if it is not said.
    pub(super) version: Option<u32>,
    pub(super) payload: StrictValue,
    pub(super) metadata: Option<StrictValue>,
    pub(super) idempotency_key: Option<String>,
    pub(super) aggregate: Option<Aggregate>,
    pub(super) occurred_at: Option<String>,
    pub(super) partition_key: Option<String>,
}

/// The thing that it changed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Aggregate {
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) id: String,
    pub(super) version: Option<i64>,
}

/// Makes events of requests, by the schema file.
pub(super) struct Writers {
    schema: Schema,
    source: &'static str,
    table: String,
    /// When what says nothing else happened.
    now: Timestamp,
    known: HashMap<String, HashMap<u32, Known>>,
}

/// What is known of a version, until the process ends.
#[derive(Clone, Copy)]
struct Known {
    definition: &'static Definition,
    shape: &'static Object,
    /// The attribute that helpers take the key from.
    key: Option<&'static str>,
}

impl Writers {
    /// For events from `source`, the CloudEvents source, into `table`.
    pub(super) fn new(schema: Schema, source: &str, table: &str, now: Timestamp) -> Self {
        Self { schema, source: leaked(source), table: table.to_owned(), now, known: HashMap::new() }
    }

    /// The event that a request asks for, or all that is wrong with it.
    pub(super) fn envelope(&mut self, request: Request) -> Result<Envelope, Vec<Finding>> {
        let known = self.known(&request.event, request.version)?;
        let definition = known.definition;
        let mut findings = Vec::new();
        let payload = payload::written(&request.payload.0, known.shape).unwrap_or_else(|misfits| {
            findings.extend(misfits.0.into_iter().map(|misfit| of_misfit(misfit, known)));
            String::new()
        });
        let occurred_at = self.instant(request.occurred_at.as_deref(), definition, &mut findings);
        let metadata = metadata(request.metadata, definition, &mut findings);
        let aggregate = request.aggregate.map(|it| AggregateRef {
            aggregate_type: it.kind,
            id: it.id,
            version: it.version,
        });
        let of_aggregate = || aggregate.as_ref().map(|it| format!("{}/{}", it.aggregate_type, it.id));
        if let (Some(attribute), None) = (known.key, &request.partition_key) {
            let finding = refused(definition, format!("it needs the partition key that `{attribute}` has"));
            findings.push(finding.help("`--partition-key KEY`, or `\"partition_key\"` in a line"));
        }
        let envelope = Envelope {
            id: Uuid::now_v7(),
            definition,
            payload,
            metadata,
            occurred_at,
            idempotency_key: request.idempotency_key,
            partition_key: request.partition_key.or_else(of_aggregate),
            aggregate,
            table: self.table.clone(),
        };
        if findings.is_empty()
            && let Err(error) = check_envelope(&envelope)
        {
            findings.push(of_error(definition, &error));
        }
        if findings.is_empty() { Ok(envelope) } else { Err(findings) }
    }

    fn instant(&self, text: Option<&str>, definition: &Definition, findings: &mut Vec<Finding>) -> Timestamp {
        let Some(text) = text else { return self.now };
        format::timestamp(text).unwrap_or_else(|| {
            let finding = refused(definition, format!("`occurred_at` cannot be `{}`", text.escape_debug()));
            findings.push(finding.help("an instant with its offset, such as `2026-11-21T03:00:00Z`"));
            self.now
        })
    }

    fn known(&mut self, event: &str, version: Option<u32>) -> Result<Known, Vec<Finding>> {
        let number = version.or_else(|| Some(self.schema.latest(event)?.number));
        if let Some(known) = number.and_then(|number| self.known.get(event)?.get(&number)) {
            return Ok(*known);
        }
        let name = version.map_or_else(|| event.to_owned(), |number| format!("{event}@{number}"));
        let found = find_version(&name, &self.schema).map_err(|failure| failure.findings)?;
        let known = self.learned(found)?;
        self.known.entry(event.to_owned()).or_default().insert(found.number, known);
        Ok(known)
    }

    fn learned(&self, version: &Version) -> Result<Known, Vec<Finding>> {
        let (contract, metadata) = (&version.contract, &version.metadata);
        let event = contract.event_name.as_str();
        if self.schema.latest(event).is_some_and(|latest| latest.retired) {
            let finding = Finding::new(&rule::PAYLOAD, format!("`{event}` is retired")).event(event);
            return Err(vec![
                finding.help("nobody may emit it any more: `evt show` tells what goes on from it"),
            ]);
        }
        let text = |text: &Option<String>| text.as_deref().map(leaked);
        let definition = Box::leak(Box::new(Definition {
            name: leaked(event),
            version: version.number,
            fingerprint: leaked(&version.fingerprint.to_string()),
            event_type: leaked(&contract.event_type),
            process_type: metadata.process_type,
            domain: text(&metadata.domain),
            subject: text(&metadata.subject),
            source: self.source,
            table: leaked(&self.table),
            strict: metadata.ordering == Some(Ordering::Strict),
            on_dead_letter: metadata.on_dead_letter,
            pii: &[],
        }));
        let shape = payload::table(&contract.payload_fields, Unknown::Reject);
        Ok(Known { definition, shape, key: text(&metadata.partition_key) })
    }
}

fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn metadata(given: Option<StrictValue>, of: &Definition, findings: &mut Vec<Finding>) -> String {
    match given {
        None => "{}".to_owned(),
        Some(StrictValue(value)) => {
            if !value.is_object() {
                findings.push(refused(of, "the metadata is no object".to_owned()));
            }
            value.to_string()
        }
    }
}

fn of_misfit(misfit: Misfit, known: Known) -> Finding {
    let Misfit { path, message } = misfit;
    if path.is_empty() {
        return refused(known.definition, message);
    }
    let finding = refused(known.definition, format!("`{path}` {message}"));
    let is_field = known.shape.fields.iter().any(|field| path.starts_with(field.name));
    let near =
        if is_field { None } else { nearest(&path, known.shape.fields.iter().map(|field| field.name)) };
    Finding { path: Some(path.clone()), ..finding.suggest(near) }
}

/// Why an event is not written.
fn of_error(definition: &Definition, error: &EmitError) -> Finding {
    let finding = refused(definition, error.to_string());
    match error {
        EmitError::AggregateMissing { .. } => finding.help("`--aggregate TYPE/ID@VERSION`"),
        EmitError::KeyMissing { .. } => finding.help("`--aggregate TYPE/ID` or `--partition-key KEY`"),
        EmitError::TooLarge { .. } => finding.help("`[outbox] max_payload` of evt.toml may raise it"),
        EmitError::NotStored { .. } => {
            finding.help(format!("its process type is `{}`", definition.process_type.as_str()))
        }
        _ => finding,
    }
}

fn refused(definition: &Definition, message: String) -> Finding {
    Finding::new(&rule::PAYLOAD, message).event(definition.name).version(definition.version)
}
