//! The real program as a relay, between a real database and a broker that writes down what arrives, while all that can
//! break does. Whatever happens, the checker finds no row missing and none out of the order of its key.
//!
//! `EVT_SOAK=200` repeats what is random that often.

#![cfg(feature = "db")]
#![allow(clippy::disallowed_methods, reason = "tests read and write files, and run programs")]

#[allow(dead_code, reason = "the tests of the program use more of it")]
#[path = "../evt/database.rs"]
mod database;
#[allow(dead_code, reason = "the tests of the program use more of it")]
#[path = "../evt/logical.rs"]
mod logical;
#[allow(dead_code, reason = "the tests of the program use more of it")]
#[path = "../evt/newcomer.rs"]
mod newcomer;
#[allow(dead_code, reason = "the tests of the program use more of it")]
#[path = "../evt/project.rs"]
mod project;
#[allow(dead_code, reason = "the tests of the program use more of it")]
#[path = "../evt/server.rs"]
mod server;
#[allow(dead_code, reason = "the tests of the program use more of it")]
#[path = "../evt/stored.rs"]
mod stored;

mod broker;
mod chance;
mod check;
mod held;
mod reader;
mod relay;
mod rows;
mod stage;

mod backends;
mod capture;
mod clocks;
mod control;
mod destinations;
mod ended;
mod full;
mod hot_key;
mod killed;
mod layouts;
mod locks;
mod lost;
mod operators;
mod outages;
mod points;
mod poison;
mod refused;
mod restarts;
mod routes;
mod several;
mod snapshots;
mod stopped;
mod writers;
