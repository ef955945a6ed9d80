//! The outbox on real databases: SQLite in memory and in files, PostgreSQL on a throw-away server.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

mod abandon;
mod bare;
mod blocking;
mod both;
mod concurrency;
mod drivers;
mod duplicates;
mod event;
mod exposition;
mod faults;
mod filled;
mod folder;
mod grants;
mod health;
mod heard;
mod layout;
mod migration;
mod operator;
mod plans;
mod pooler;
mod postgres;
mod relay;
mod server;
mod sqlite;
mod strict;
