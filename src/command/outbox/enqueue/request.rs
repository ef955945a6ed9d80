//! What a person, or a line of NDJSON, asks to be written; and the event that it becomes.

use std::collections::HashMap;
use std::sync::Arc;

use evt_runtime::outbox::operator::check_envelope;
use evt_runtime::shape::{Object, Unknown};
use evt_runtime::types::{Timestamp, Uuid};
use evt_runtime::{AggregateRef, Definition, EmitError, Envelope, Misfit, format};
use serde::Deserialize;
use serde_json::Value;

use crate::command::diff::find_version;
use crate::event::{Contract, Metadata, Ordering};
use crate::field_type::{Field, ScalarType};
use crate::finding::Finding;
use crate::payload::{self, MASK, StrictValue, masks};
use crate::rule;
use crate::schema::{Schema, Version};
use crate::suggest::nearest;

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

/// What is known of a version, until the process ends.
#[derive(Clone)]
struct Known {
    definition: &'static Definition,
    shape: &'static Object,
    contract: Arc<Contract>,
    metadata: Arc<Metadata>,
    /// The attribute that helpers take the key from.
    key: Option<&'static str>,
}

impl Known {
    /// What a payload says of an attribute that helpers read, such as `cow.id`.
    fn read(&self, attribute: &str, payload: &Value) -> Option<String> {
        let is_it = |field: &&Field| match (&field.from, &field.attr) {
            (Some(from), Some(attr)) => attribute.split_once('.') == Some((from, attr)),
            (Some(from), None) => attribute == from,
            (None, _) => false,
        };
        let field = self.contract.payload_fields.iter().find(is_it)?;
        match (field.item.field_type.scalar()?, payload.get(&field.name)?) {
            (ScalarType::Uuid, Value::String(text)) => format::uuid(text).map(|uuid| uuid.to_string()),
            (ScalarType::String, Value::String(text)) => Some(text.clone()),
            (ScalarType::Int, value) => format::whole_number(value).map(|number| number.to_string()),
            _ => None,
        }
    }

    /// The aggregate: what is given, if it is one that the event is about, else what the payload says.
    fn aggregate(
        &self,
        given: Option<Aggregate>,
        payload: &Value,
        is_keyed: bool,
        findings: &mut Vec<Finding>,
    ) -> Option<AggregateRef> {
        let known = |id| AggregateRef { aggregate_type: String::new(), id, version: None };
        let of_definition = self.metadata.aggregate.as_deref();
        let said = of_definition.and_then(|of| self.read(&of.id, payload));
        let version = of_definition.and_then(|of| self.read(of.version.as_deref()?, payload)?.parse().ok());
        let mut refuse = |message: String, help: String| {
            findings.push(refused(self.definition, message).help(help));
        };
        match (given, of_definition, said) {
            (None, None, _) => None,
            (None, Some(of), Some(id)) => {
                Some(AggregateRef { aggregate_type: of.aggregate_type.clone(), version, ..known(id) })
            }
            (None, Some(of), None) => {
                if !is_keyed {
                    let (kind, id) = (&of.aggregate_type, &of.id);
                    refuse(
                        format!("it needs the aggregate, a `{kind}`, that `{id}` has"),
                        format!("`--aggregate {kind}/ID[@VERSION]`, or `\"aggregate\"` in a line"),
                    );
                }
                None
            }
            (Some(given), of, said) => {
                if let Some(of) = of.filter(|of| of.aggregate_type != given.kind) {
                    let message =
                        format!("it is about a `{}`, not about a `{}`", of.aggregate_type, given.kind);
                    refuse(message, format!("`--aggregate {}/ID[@VERSION]`", of.aggregate_type));
                }
                if let Some(said) = said.filter(|said| *said != given.id) {
                    let message =
                        format!("the aggregate's id is `{}`, and the payload says `{said}`", given.id);
                    refuse(message, "what is left out is taken from the payload".to_owned());
                }
                Some(AggregateRef {
                    aggregate_type: given.kind,
                    id: given.id,
                    version: given.version.or(version),
                })
            }
        }
    }
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
            findings.extend(misfits.0.into_iter().map(|misfit| of_misfit(misfit, &known)));
            String::new()
        });
        let occurred_at = self.instant(request.occurred_at.as_deref(), definition, &mut findings);
        let metadata = metadata(request.metadata, definition, &mut findings);
        let payload_value = &request.payload.0;
        findings.extend(masks(payload_value, &known.contract.payload_fields).into_iter().map(|path| {
            refused(
                definition,
                format!("`{path}` is `{MASK}`, which stands for personal data that is not shown"),
            )
        }));
        let aggregate =
            known.aggregate(request.aggregate, payload_value, request.partition_key.is_some(), &mut findings);
        let of_aggregate = aggregate.as_ref().map(|it| format!("{}/{}", it.aggregate_type, it.id));
        let of_payload = known.key.and_then(|attribute| known.read(attribute, payload_value));
        let partition_key = request.partition_key.or(of_payload);
        if let (Some(attribute), None) = (known.key, &partition_key) {
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
            partition_key: partition_key.or(of_aggregate),
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
            return Ok(known.clone());
        }
        let name = version.map_or_else(|| event.to_owned(), |number| format!("{event}@{number}"));
        let found = find_version(&name, &self.schema).map_err(|failure| failure.findings)?;
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
        let key = text(&metadata.partition_key);
        Ok(Known { definition, shape, contract: Arc::clone(contract), metadata: Arc::clone(metadata), key })
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

fn of_misfit(misfit: Misfit, known: &Known) -> Finding {
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
