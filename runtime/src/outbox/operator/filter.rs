use jiff::Timestamp;
use uuid::Uuid;

use super::State;

/// Which rows; what is left out, or empty, does not narrow.
///
/// ```
/// use evt_runtime::outbox::operator::{Filter, State};
///
/// let stuck = Filter { states: vec![State::Dead, State::Held], ..Filter::default() };
/// assert_ne!(stuck, Filter::default());
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// In one of these states.
    pub states: Vec<State>,
    /// Of this event.
    pub event: Option<String>,
    /// Of this aggregate: its type, and one of them.
    pub aggregate: Option<(String, String)>,
    /// With this somewhere in the last error, `code: text`, without regard to the case of ASCII letters.
    pub error: Option<String>,
    /// Stored since then; of dead letters: dead since then.
    pub since: Option<Timestamp>,
    /// Stored, or dead, before then.
    pub until: Option<Timestamp>,
    /// With one of these ids.
    pub ids: Vec<Uuid>,
}

/// A part of a list, newest first.
///
/// ```
/// use evt_runtime::outbox::operator::Page;
///
/// assert_eq!(Page::first(50).limit, 50);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    /// At most so many rows.
    pub limit: u32,
    /// Only rows older than this place (`seq`).
    pub after: Option<i64>,
}

impl Page {
    /// The newest rows.
    ///
    /// ```
    /// assert_eq!(evt_runtime::outbox::operator::Page::first(50).after, None);
    /// ```
    #[must_use]
    pub fn first(limit: u32) -> Self {
        Self { limit, after: None }
    }
}
