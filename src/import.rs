//! Events that another tool has defined, as definitions and a history of ours.
//!
//! ```text
//! its file ──event_engine──► history ──definition──► YAML ──check──► Catalogue ──plan──► what is written
//! ```
//!
//! What is written is what a dump would leave as it is: definitions are made from the latest versions, checked as any
//! others are, and planned against the history that was read.

mod definition;
mod event_engine;
mod members;
mod project;
#[cfg(test)]
mod tests;

pub use definition::definition_text;
pub use event_engine::{Import, MAX_IMPORT_BYTES, read_event_engine};
pub use project::{Draft, NewFile, draft};
