//! The schema in other ecosystems' terms.

#[cfg(feature = "db")]
pub mod debezium;
mod json_schema;

pub use json_schema::payload_schema;
