use std::time::Duration;

use tokio::time::Instant;

const FIRST: Duration = Duration::from_millis(100);
const MOST: Duration = Duration::from_secs(30);
/// The longest that a broker may ask us to stay away.
const MOST_ASKED: Duration = Duration::from_mins(15);

/// What keeps a relay from handing over to a broker that does not answer: nothing for a while, then one message at a
/// time, until one gets an answer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Breaker {
    open: Option<Open>,
}

#[derive(Clone, Debug)]
struct Open {
    failures: u32,
    until: Instant,
    said: String,
    /// The key, or the row, that was tried last.
    probed: Probe,
}

/// What a probe is about: rows without a key are each for themselves.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Probe {
    Key(std::sync::Arc<str>),
    Row(i64),
}

/// How much may be handed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Way {
    Free,
    /// One message, of another key than this one if there is one.
    One(Probe),
    Closed(Instant),
}

impl Breaker {
    /// Nothing could be handed over.
    pub(crate) fn failed(&mut self, now: Instant, said: String, retry_after: Option<Duration>, probe: Probe) {
        let failures = self.open.as_ref().map_or(0, |open| {
            // Answers to what was handed over together are one failure.
            if now < open.until { open.failures } else { open.failures + 1 }
        });
        let wait = FIRST.saturating_mul(2_u32.saturating_pow(failures)).min(MOST);
        let wait = wait.max(retry_after.unwrap_or_default().min(MOST_ASKED));
        let until = self.open.as_ref().map_or(now, |open| open.until).max(now + wait);
        self.open = Some(Open { failures, until, said, probed: probe });
    }

    /// The broker gave an answer.
    pub(crate) fn answered(&mut self) {
        self.open = None;
    }

    pub(crate) fn way(&self, now: Instant) -> Way {
        match &self.open {
            None => Way::Free,
            Some(open) if now < open.until => Way::Closed(open.until),
            Some(open) => Way::One(open.probed.clone()),
        }
    }

    /// What was said last, where that many tries failed one after the other.
    pub(crate) fn has_failed(&self, tries: u32) -> Option<&str> {
        self.open.as_ref().filter(|open| open.failures + 1 >= tries).map(|open| open.said.as_str())
    }

    /// What was said last, where it is open.
    pub(crate) fn said(&self) -> Option<&str> {
        self.open.as_ref().map(|open| open.said.as_str())
    }
}
