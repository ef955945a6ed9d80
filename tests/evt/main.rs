//! The real program, run in temporary projects.

#![allow(clippy::disallowed_methods, reason = "tests read and write files, and run programs")]

mod checked;
mod database;
mod fixtures;
mod newcomer;
mod night;
mod outbox;
mod printers;
mod project;
mod publish;
mod stored;

mod base;
mod basics;
mod capture;
mod codegen;
mod commands;
mod compat;
mod completions;
mod conventions;
mod definition_page;
mod doctor;
mod exports;
#[path = "../../runtime/tests/outbox/exposition.rs"]
mod exposition;
mod fingerprints;
mod fuzz;
mod generations;
mod help;
mod hostile;
mod import;
mod kafka;
mod listen;
mod logical;
mod merge_driver;
mod merging;
mod mistakes;
#[cfg(feature = "db")]
mod operators;
mod properties;
mod recognition;
mod registers;
mod schemas;
mod server;
