//! The schema in other ecosystems' terms.

pub(crate) mod asyncapi;
mod attribute;
pub mod avro;
pub(crate) mod cloudevents;
#[cfg(feature = "db")]
pub mod debezium;
mod ecma;
mod id;
mod json;
mod json_schema;
mod unique;

pub(crate) use id::{Ids, encoded, is_unreserved};
pub use json_schema::payload_schema;
pub(crate) use json_schema::{bundle, document};
