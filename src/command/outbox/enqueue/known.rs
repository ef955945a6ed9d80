//! What the schema file says of a version that is written.

use std::sync::Arc;

use evt_runtime::shape::Object;
use evt_runtime::{AggregateRef, Definition, Misfit, format};
use serde_json::Value;

use super::request::Aggregate as Given;
use crate::event::{Aggregate, Contract, Metadata};
use crate::field_type::{Field, ScalarType};
use crate::finding::Finding;
use crate::payload::{MASK, masks, written};
use crate::rule;
use crate::suggest::nearest;

/// What is known of a version, until the process ends.
#[derive(Clone)]
pub(super) struct Known {
    pub(super) definition: &'static Definition,
    pub(super) shape: &'static Object,
    pub(super) contract: Arc<Contract>,
    pub(super) metadata: Arc<Metadata>,
}

impl Known {
    /// What a payload says of an attribute that helpers read, such as `cow.id`.
    pub(super) fn read(&self, attribute: &str, payload: &Value) -> Option<String> {
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
    pub(super) fn aggregate(
        &self,
        given: Option<Given>,
        payload: &Value,
        is_keyed: bool,
    ) -> Result<Option<AggregateRef>, Vec<Finding>> {
        match (given, self.metadata.aggregate.as_deref()) {
            (None, None) => Ok(None),
            (None, Some(own)) => self.own(own, payload, is_keyed),
            (Some(given), own) => self.agreed(given, own, payload).map(Some),
        }
    }

    /// What the payload says. An event with another key does without.
    fn own(
        &self,
        own: &Aggregate,
        payload: &Value,
        is_keyed: bool,
    ) -> Result<Option<AggregateRef>, Vec<Finding>> {
        let (kind, attribute) = (&own.aggregate_type, &own.id);
        match self.read(attribute, payload) {
            Some(id) => {
                let version = self.version(own, payload);
                Ok(Some(AggregateRef { aggregate_type: kind.clone(), id, version }))
            }
            None if is_keyed => Ok(None),
            None => {
                let message = format!("it needs the aggregate, a `{kind}`, that `{attribute}` has");
                let help = format!("`--aggregate {kind}/ID[@VERSION]`, or `\"aggregate\"` in a line");
                Err(self.helped(message, help))
            }
        }
    }

    /// What is given, unless definition or payload say otherwise.
    fn agreed(
        &self,
        given: Given,
        own: Option<&Aggregate>,
        payload: &Value,
    ) -> Result<AggregateRef, Vec<Finding>> {
        if let Some(own) = own.filter(|own| own.aggregate_type != given.kind) {
            let message = format!("it is about a `{}`, not about a `{}`", own.aggregate_type, given.kind);
            return Err(self.helped(message, format!("`--aggregate {}/ID[@VERSION]`", own.aggregate_type)));
        }
        let said = own.and_then(|own| self.read(&own.id, payload));
        if let Some(said) = said.filter(|said| *said != given.id) {
            let message = format!("the aggregate's id is `{}`, and the payload says `{said}`", given.id);
            return Err(self.helped(message, "what is left out is taken from the payload".to_owned()));
        }
        let version = given.version.or_else(|| self.version(own?, payload));
        Ok(AggregateRef { aggregate_type: given.kind, id: given.id, version })
    }

    fn version(&self, own: &Aggregate, payload: &Value) -> Option<i64> {
        self.read(own.version.as_deref()?, payload)?.parse().ok()
    }

    /// What orders the events, where the definition names an attribute for it.
    pub(super) fn partition_key(
        &self,
        given: Option<String>,
        payload: &Value,
    ) -> Result<Option<String>, Vec<Finding>> {
        let Some(attribute) = self.metadata.partition_key.as_deref() else { return Ok(given) };
        match given.or_else(|| self.read(attribute, payload)) {
            Some(key) => Ok(Some(key)),
            None => {
                let message = format!("it needs the partition key that `{attribute}` has");
                Err(self.helped(message, "`--partition-key KEY`, or `\"partition_key\"` in a line"))
            }
        }
    }

    /// The payload as a helper would write it.
    pub(super) fn payload(&self, payload: &Value) -> Result<String, Vec<Finding>> {
        let masked = masks(payload, &self.contract.payload_fields).into_iter().map(|path| {
            self.refused(format!("`{path}` is `{MASK}`, which stands for personal data that is not shown"))
        });
        let mut findings: Vec<_> = masked.collect();
        let text = written(payload, self.shape).unwrap_or_else(|misfits| {
            findings.extend(misfits.0.into_iter().map(|misfit| self.misfit(misfit)));
            String::new()
        });
        if findings.is_empty() { Ok(text) } else { Err(findings) }
    }

    fn misfit(&self, misfit: Misfit) -> Finding {
        let Misfit { path, message } = misfit;
        if path.is_empty() {
            return self.refused(message);
        }
        let names = || self.shape.fields.iter().map(|field| field.name);
        let is_field = names().any(|name| path.starts_with(name));
        let near = if is_field { None } else { nearest(&path, names()) };
        let finding = self.refused(format!("`{path}` {message}")).suggest(near);
        Finding { path: Some(path.clone()), ..finding }
    }

    /// Something that is wrong with a request.
    pub(super) fn refused(&self, message: String) -> Finding {
        let (event, version) = (self.definition.name, self.definition.version);
        Finding::new(&rule::PAYLOAD, message).event(event).version(version)
    }

    fn helped(&self, message: String, help: impl Into<String>) -> Vec<Finding> {
        vec![self.refused(message).help(help)]
    }
}
