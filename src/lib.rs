//! `evt`, a schema toolchain for events.
//!
//! The pipeline: text is [read](source) into trees, trees into [definitions](definition), definitions are
//! [checked](check) into [events](event), and events are merged into the history, the schema file, from which
//! [Rust](codegen) is generated.

#![cfg_attr(not(feature = "db"), expect(dead_code, reason = "some of it only serves what needs a database"))]

pub mod catalog;
pub mod check;
mod cli;
pub mod codegen;
mod command;
pub mod compat;
pub mod definition;
pub mod diff;
pub mod disk;
#[cfg(feature = "db")]
pub mod doctor;
pub mod event;
#[cfg(test)]
mod example;
pub mod export;
pub mod field_type;
pub mod finding;
pub mod fingerprint;
pub mod format;
pub mod git;
pub mod import;
pub mod lint;
pub mod listing;
mod markdown;
pub mod merge;
pub mod outline;
mod output;
pub mod payload;
pub mod plan;
pub mod project;
pub mod rare;
#[cfg(feature = "db")]
pub mod row;
pub mod rule;
pub mod run;
pub mod sample;
pub mod schema;
pub mod source;
mod suggest;
mod usage;
pub mod value;
mod visible;
