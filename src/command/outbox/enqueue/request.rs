//! What a person, or a line of NDJSON, asks to be written; and the event that it becomes.

use std::collections::HashMap;
use std::sync::Arc;

use evt_runtime::outbox::operator::check_envelope;
use evt_runtime::shape::Unknown;
use evt_runtime::types::{Timestamp, Uuid};
use evt_runtime::{Definition, EmitError, Envelope, format};
use serde::Deserialize;

use super::known::Known;
use crate::command::sides::find_numbered;
use crate::event::Ordering;
use crate::finding::Finding;
use crate::payload::{self, StrictValue};
use crate::rule;
use crate::schema::{Schema, Version};

/// An event as it is asked for.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, expecting = "an object such as {\"event\": \"cow_fed\", \"payload\": {…}}")]
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
#[serde(deny_unknown_fields, expecting = "an object such as {\"type\": \"Cow\", \"id\": \"7\"}")]
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

impl Writers {
    /// For events from `source`, the CloudEvents source, into `table`.
    pub(super) fn new(schema: Schema, source: &str, table: &str, now: Timestamp) -> Self {
        Self { schema, source: leaked(source), table: table.to_owned(), now, known: HashMap::new() }
    }

    /// The event that a request asks for, or all that is wrong with it.
    pub(super) fn envelope(&mut self, request: Request) -> Result<Envelope, Vec<Finding>> {
        let known = self.known(&request.event, request.version)?;
        let mut findings = Vec::new();
        let said = &request.payload.0;
        let payload = kept(known.payload(said), &mut findings);
        let occurred_at = kept(self.instant(request.occurred_at.as_deref(), &known), &mut findings);
        let metadata = kept(metadata(request.metadata, &known), &mut findings);
        let aggregate =
            kept(known.aggregate(request.aggregate, said, request.partition_key.is_some()), &mut findings);
        let of_aggregate = aggregate.flatten();
        let key = kept(known.partition_key(request.partition_key, said), &mut findings).flatten();
        let of_aggregate_key = || of_aggregate.as_ref().map(|it| format!("{}/{}", it.aggregate_type, it.id));
        let (Some(payload), Some(occurred_at), Some(metadata), true) =
            (payload, occurred_at, metadata, findings.is_empty())
        else {
            return Err(findings);
        };
        let envelope = Envelope {
            id: Uuid::now_v7(),
            definition: known.definition,
            payload,
            metadata,
            occurred_at,
            idempotency_key: request.idempotency_key,
            partition_key: key.or_else(of_aggregate_key),
            aggregate: of_aggregate,
            table: self.table.clone(),
        };
        check_envelope(&envelope).map_err(|error| vec![of_error(&known, &error)])?;
        Ok(envelope)
    }

    fn instant(&self, text: Option<&str>, known: &Known) -> Result<Timestamp, Vec<Finding>> {
        let Some(text) = text else { return Ok(self.now) };
        format::timestamp(text).ok_or_else(|| {
            let finding = known.refused(format!("`occurred_at` cannot be `{}`", text.escape_debug()));
            vec![finding.help("an instant with its offset, such as `2026-11-21T03:00:00Z`")]
        })
    }

    fn known(&mut self, event: &str, version: Option<u32>) -> Result<Known, Vec<Finding>> {
        let number = version.or_else(|| Some(self.schema.latest(event)?.number));
        if let Some(known) = number.and_then(|number| self.known.get(event)?.get(&number)) {
            return Ok(known.clone());
        }
        let named = version.map(|number| number.to_string());
        let found =
            find_numbered(event, named.as_deref(), &self.schema).map_err(|failure| failure.findings)?;
        let known = self.learned(found)?;
        self.known.entry(event.to_owned()).or_default().insert(found.number, known.clone());
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
        Ok(Known { definition, shape, contract: Arc::clone(contract), metadata: Arc::clone(metadata) })
    }
}

fn leaked(text: &str) -> &'static str {
    Box::leak(text.to_owned().into_boxed_str())
}

fn metadata(given: Option<StrictValue>, known: &Known) -> Result<String, Vec<Finding>> {
    match given {
        None => Ok("{}".to_owned()),
        Some(StrictValue(value)) if value.is_object() => Ok(value.to_string()),
        Some(_) => Err(vec![known.refused("the metadata is no object".to_owned())]),
    }
}

/// The value, unless something is wrong with it, which is kept.
fn kept<T>(result: Result<T, Vec<Finding>>, findings: &mut Vec<Finding>) -> Option<T> {
    result.map_err(|wrong| findings.extend(wrong)).ok()
}

/// Why an event is not written.
fn of_error(known: &Known, error: &EmitError) -> Finding {
    let finding = known.refused(error.to_string());
    match error {
        EmitError::AggregateMissing { .. } => finding.help("`--aggregate TYPE/ID@VERSION`"),
        EmitError::KeyMissing { .. } => finding.help("`--aggregate TYPE/ID` or `--partition-key KEY`"),
        EmitError::TooLarge { .. } => finding.help("`[outbox] max_payload` of evt.toml may raise it"),
        EmitError::NotStored { .. } => {
            finding.help(format!("its process type is `{}`", known.definition.process_type.as_str()))
        }
        _ => finding,
    }
}
