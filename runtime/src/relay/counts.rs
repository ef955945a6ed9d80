use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

use super::histogram::Histogram;
use super::standing::Standing;

/// What a relay has done since it began, and how it fares.
///
/// ```
/// use evt_runtime::relay::Counts;
///
/// assert_eq!(Counts::default().published(), 0);
/// ```
#[derive(Clone, Debug, Default)]
pub struct Counts(Arc<Numbers>);

#[derive(Debug, Default)]
pub(super) struct Numbers {
    pub(super) published: AtomicU64,
    pub(super) retried: AtomicU64,
    pub(super) dead: AtomicU64,
    pub(super) duplicates: AtomicU64,
    pub(super) takeovers: AtomicU64,
    pub(super) lanes: AtomicU64,
    pub(super) in_hand: AtomicU64,
    pub(super) is_open: AtomicBool,
    pub(super) batches: Histogram,
    pub(super) standing: Standing,
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        impl Counts {
            $($(#[$doc])*
            ///
            /// ```
            #[doc = concat!("assert_eq!(evt_runtime::relay::Counts::default().", stringify!($name), "(), 0);")]
            /// ```
            #[must_use]
            pub fn $name(&self) -> u64 {
                self.0.$name.load(Ordering::Relaxed)
            })*
        }
    };
}

numbers! {
    /// How many rows were published.
    published;
    /// How many attempts were refused and are made again.
    retried;
    /// How many rows became dead letters.
    dead;
    /// How many times the destination said that it had a message before.
    duplicates;
    /// How many lanes were taken over from relays that had ended disorderly.
    takeovers;
    /// How many lanes it has now.
    lanes;
    /// How many rows it has in hand now: handed over, or answered and not yet written down.
    in_hand;
}

impl Counts {
    /// Whether the broker does not answer, so that nothing is handed over.
    ///
    /// ```
    /// assert!(!evt_runtime::relay::Counts::default().is_broker_down());
    /// ```
    #[must_use]
    pub fn is_broker_down(&self) -> bool {
        self.0.is_open.load(Ordering::Relaxed)
    }

    /// Whether the database does not answer, or has not done so for two thirds of a lease.
    ///
    /// ```
    /// assert!(evt_runtime::relay::Counts::default().is_database_down());
    /// ```
    #[must_use]
    pub fn is_database_down(&self) -> bool {
        !self.0.standing.has_database()
    }

    pub(super) fn numbers(&self) -> &Numbers {
        &self.0
    }
}
