//! Where a [relay](crate::relay) can publish to, and what is common to all of it.

pub mod cloud_event;
pub mod conformance;
mod destination;
mod topic;

pub use destination::{BadDestination, open};
pub use topic::{BadTopic, Topic};
