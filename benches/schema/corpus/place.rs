//! Where an event belongs: its number, read as domain, noun and verb.

use super::words::{DOMAINS, NOUNS, VERBS};

/// The verbs of a noun that follow one another.
const VERBS_IN_TURN: usize = 10;
/// The events that follow one another in a domain.
const DOMAIN: usize = NOUNS.len() * VERBS_IN_TURN;

/// The domain, noun and verb of an event: every number up to 100,000 has its own.
pub(super) struct Place {
    pub(super) domain: &'static str,
    pub(super) noun: &'static str,
    pub(super) verb: &'static str,
}

impl Place {
    /// The place of event number `index`: ten verbs a noun, 50 nouns a domain, then further verbs.
    pub(super) fn of(index: usize) -> Self {
        let turn = index / (DOMAIN * DOMAINS.len());
        Self {
            domain: DOMAINS[index / DOMAIN % DOMAINS.len()],
            noun: NOUNS[index / VERBS_IN_TURN % NOUNS.len()],
            verb: VERBS[turn * VERBS_IN_TURN + index % VERBS_IN_TURN],
        }
    }

    pub(super) fn subject(&self) -> String {
        format!("{}_{}", self.domain, self.noun)
    }

    pub(super) fn event_name(&self) -> String {
        format!("{}_{}", self.subject(), self.verb)
    }

    /// The subject of a lifecycle family at this place.
    pub(super) fn family(&self) -> String {
        format!("{}_{}_export", self.subject(), self.verb)
    }
}
