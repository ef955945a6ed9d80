//! Points where tests kill a relay, or let it stand still: `EVT_FAILPOINT=POINT@N` aborts the process when it passes the
//! point for the `N`th time, `POINT@N:MS` lets it stand still there for so many milliseconds. Without the feature
//! `failpoints` there are none.

#[cfg(feature = "failpoints")]
crate::words! {
    /// A point that a relay passes.
    ///
    /// ```
    /// assert_eq!(evt_runtime::relay::Failpoint::TurnLocked.as_str(), "turn-locked");
    /// ```
    Failpoint {
        /// It has said that it lives, and has no lanes.
        Registered = "registered",
        /// The keeper has taken lanes that were free, and not committed that.
        Taking = "taking",
        /// The keeper has extended the leases, and told nobody.
        Renewed = "renewed",
        /// A turn has begun its transaction.
        TurnBegun = "turn-begun",
        /// It has locked its lanes.
        TurnLocked = "turn-locked",
        /// It has written down what became of rows.
        TurnSettled = "turn-settled",
        /// It has read rows, and noted that they are in hand.
        TurnNoted = "turn-noted",
        /// It has committed, and handed nothing over.
        TurnCommitted = "turn-committed",
        /// A message is about to be handed over.
        HandingOver = "handing-over",
        /// A message is answered, and the relay does not know it.
        Answered = "answered",
        /// The relay knows answers, and has written none down.
        Heard = "heard",
        /// It was told to end, and waits for answers no more.
        Draining = "draining",
        /// What became of its last rows is written down, its lanes are still its own.
        Drained = "drained",
        /// It is about to commit that it has ended.
        Ending = "ending",
        /// It has ended.
        Ended = "ended",
    }
}

/// Passes a point.
#[cfg(feature = "failpoints")]
macro_rules! pass {
    ($point:ident) => {
        $crate::relay::failpoint::passes($crate::relay::Failpoint::$point)
    };
}

/// Nothing.
#[cfg(not(feature = "failpoints"))]
macro_rules! pass {
    ($point:ident) => {};
}

pub(crate) use pass;

#[cfg(feature = "failpoints")]
pub(crate) use armed::passes;

#[cfg(feature = "failpoints")]
mod armed {
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU64, Ordering};
    use std::time::Duration;

    use super::Failpoint;

    /// What is to happen where.
    struct Armed {
        point: Failpoint,
        /// How often it is still passed.
        left: AtomicU64,
        /// How long the process stands still; else it ends.
        stands_still: Option<Duration>,
    }

    static ARMED: OnceLock<Option<Armed>> = OnceLock::new();

    #[expect(clippy::disallowed_methods, reason = "tests arm it, in a program that is built for them alone")]
    fn armed() -> Option<Armed> {
        let said = std::env::var("EVT_FAILPOINT").ok()?;
        Some(parse(&said).unwrap_or_else(|| panic!("`EVT_FAILPOINT={said}` names no failpoint")))
    }

    fn parse(said: &str) -> Option<Armed> {
        let (point, rest) = said.split_once('@')?;
        let (count, still) = rest.split_once(':').map_or((rest, None), |(count, still)| (count, Some(still)));
        let stands_still = still.map(|still| still.parse().map(Duration::from_millis)).transpose().ok()?;
        Some(Armed {
            point: Failpoint::parse(point)?,
            left: AtomicU64::new(count.parse().ok()?),
            stands_still,
        })
    }

    pub(crate) fn passes(point: Failpoint) {
        let Some(armed) = ARMED.get_or_init(armed).as_ref().filter(|armed| armed.point == point) else {
            return;
        };
        if armed.left.fetch_sub(1, Ordering::Relaxed) != 1 {
            return;
        }
        match armed.stands_still {
            Some(time) => {
                tracing::warn!(%point, "stands still");
                // The whole relay does: it has one thread.
                std::thread::sleep(time);
            }
            None => std::process::abort(),
        }
    }
}
