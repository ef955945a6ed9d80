//! Where a [relay](crate::relay) can publish to, and what is common to all of it.

#[cfg(any(feature = "amqp", feature = "kafka", feature = "nats", feature = "redis"))]
mod address;
#[cfg(feature = "amqp")]
mod amqp;
mod capture;
pub mod cloud_event;
pub mod conformance;
mod destination;
mod file;
#[cfg(feature = "http")]
mod http;
#[cfg(feature = "kafka")]
mod kafka;
mod line;
mod lines;
#[cfg(any(feature = "amqp", feature = "kafka", feature = "nats", feature = "redis"))]
mod link;
mod mode;
#[cfg(feature = "nats")]
mod nats;
mod options;
mod percent;
#[cfg(feature = "redis")]
mod redis;
#[cfg(any(feature = "amqp", feature = "nats", feature = "redis"))]
mod tls;
mod topic;
mod webhook_secret;

#[cfg(feature = "amqp")]
pub use amqp::Amqp;
pub use capture::Captured;
pub use destination::{BadDestination, open, open_with};
pub use file::File;
#[cfg(feature = "http")]
pub use http::Http;
#[cfg(feature = "kafka")]
pub use kafka::Kafka;
pub use lines::Lines;
pub use mode::Mode;
#[cfg(feature = "nats")]
pub use nats::Nats;
pub use options::Options;
#[cfg(feature = "redis")]
pub use redis::Redis;
pub use topic::{BadTopic, Topic};
pub use webhook_secret::{BadWebhookSecret, WebhookSecret};
