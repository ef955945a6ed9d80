//! Where a [relay](crate::relay) can publish to, and what is common to all of it.

pub mod cloud_event;
pub mod conformance;
mod destination;
mod file;
#[cfg(feature = "http")]
mod http;
mod line;
mod lines;
mod mode;
mod options;
mod percent;
mod topic;
mod webhook_secret;

pub use destination::{BadDestination, open, open_with};
pub use file::File;
#[cfg(feature = "http")]
pub use http::Http;
pub use lines::Lines;
pub use mode::Mode;
pub use options::Options;
pub use topic::{BadTopic, Topic};
pub use webhook_secret::{BadWebhookSecret, WebhookSecret};
