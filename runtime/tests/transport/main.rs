//! What each transport does with messages, and the test that any transport can be put to.

#![expect(clippy::unwrap_used, reason = "a test fails by a panic")]

mod amqp;
mod broker;
mod conformance;
mod faulty;
mod file;
mod folder;
#[path = "../outbox/heard.rs"]
mod heard;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "kafka")]
mod kafka;
mod lines;
mod nats;
mod open;
mod proxy;
mod redis;
mod secured;
mod sent;
#[cfg(feature = "http")]
mod server;
#[cfg(feature = "http")]
mod tls;
