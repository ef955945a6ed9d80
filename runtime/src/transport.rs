//! Where a [relay](crate::relay) can publish to, and what is common to all of it.

pub mod cloud_event;
mod topic;

pub use topic::{BadTopic, Topic};
