//! The schema file: the history of every event, append-only, in which every version has a fingerprint.

mod believe;
mod conflict;
mod integrity;
mod json;
mod read;
mod recognise;
mod settled;
mod split;
mod wire;
mod write;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::event::{Contract, Metadata};
use crate::fingerprint::Fingerprint;

pub use conflict::has_conflict_markers;
pub use read::{EntryPlaces, Layout, ReadSchema, read_schema, read_schema_knowing};
pub(crate) use read::{offset, reason};
pub use recognise::Said;
pub use settled::{LeftOut, settled};
pub use write::entry_text;

/// The number of the format that is read and written.
pub const FORMAT: u64 = 1;

/// All events with all their versions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Schema {
    /// The versions of each event, by name; version N stands at index N − 1, and there is at least one.
    pub events: BTreeMap<String, Vec<Version>>,
}

/// One version of an event.
#[derive(Clone, Debug, PartialEq)]
pub struct Version {
    /// Its number, counted from 1.
    pub number: u32,
    /// What it promises.
    pub contract: Arc<Contract>,
    /// The identity of the contract.
    pub fingerprint: Fingerprint,
    /// The fingerprint of the version before; none for the first.
    pub previous: Option<Fingerprint>,
    /// What is said besides.
    pub metadata: Arc<Metadata>,
    /// The event that goes on from this one.
    pub renamed_to: Option<String>,
    /// Whether the event is no longer defined.
    pub retired: bool,
}

impl Schema {
    /// The latest version of an event.
    #[must_use]
    pub fn latest(&self, event: &str) -> Option<&Version> {
        self.events.get(event)?.last()
    }

    /// A version of an event.
    #[must_use]
    pub fn version(&self, event: &str, number: u32) -> Option<&Version> {
        let index = usize::try_from(number).ok()?.checked_sub(1)?;
        self.events.get(event)?.get(index)
    }

    /// Every version of every event, in the order of the file.
    pub fn versions(&self) -> impl Iterator<Item = &Version> {
        self.events.values().flatten()
    }
}
