//! What is wrong with a slot.

use std::fmt;

/// Why a slot cannot be relied upon.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Trouble {
    NoSlot(String),
    /// It is no slot of `pgoutput` in this database.
    Another(String),
    Lost(String),
    /// It keeps more than the server wants to keep.
    AlmostLost(String),
    NoPublication(String),
    Filtered(String),
    /// Nothing says which events it has.
    Unrecorded(String),
    /// It was in trouble before.
    WasLost(String),
}

impl Trouble {
    /// A short code.
    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::NoSlot(_) => "no_slot",
            Self::Another(_) => "another_slot",
            Self::Lost(_) => "slot_lost",
            Self::AlmostLost(_) => "slot_almost_lost",
            Self::NoPublication(_) => "no_publication",
            Self::Filtered(_) => "publication_filtered",
            Self::Unrecorded(_) => "slot_unrecorded",
            Self::WasLost(_) => "slot_was_lost",
        }
    }

    /// Whether what is stored meanwhile will be missing from the slot, even once it is well again.
    pub(super) fn loses_events(&self) -> bool {
        match self {
            Self::NoSlot(_)
            | Self::Another(_)
            | Self::Lost(_)
            | Self::NoPublication(_)
            | Self::Filtered(_) => true,
            Self::AlmostLost(_) | Self::Unrecorded(_) | Self::WasLost(_) => false,
        }
    }
}

impl fmt::Display for Trouble {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoSlot(slot) => write!(f, "there is no replication slot `{slot}`"),
            Self::Another(slot) => {
                write!(f, "the replication slot `{slot}` is not one of `pgoutput` in this database")
            }
            Self::Lost(slot) => write!(f, "the server has given up the replication slot `{slot}`"),
            Self::AlmostLost(slot) => {
                write!(
                    f,
                    "the server is about to give up the replication slot `{slot}`, whose reader is far behind"
                )
            }
            Self::NoPublication(slot) => {
                write!(f, "no publication `{slot}` holds what is inserted into the outbox")
            }
            Self::Filtered(slot) => write!(f, "the publication `{slot}` leaves out rows or columns"),
            Self::Unrecorded(slot) => {
                write!(
                    f,
                    "nothing says which events the slot `{slot}` has: `evt export debezium --sql` makes one"
                )
            }
            Self::WasLost(slot) => write!(
                f,
                "the slot `{slot}` was gone, and lacks events that were stored meanwhile: publish them by a relay, then hand over anew"
            ),
        }
    }
}
