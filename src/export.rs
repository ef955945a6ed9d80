//! The schema in other ecosystems' terms.

mod json_schema;

pub use json_schema::payload_schema;
