use std::time::Duration;

use tokio::time::Instant;

use super::store::Glance;

/// How soon it looks again where rows come,
const SHORTEST: Duration = Duration::from_millis(5);
/// where none have come for long,
const LONGEST: Duration = Duration::from_millis(900);
/// and where rows are known to wait.
const SWEEP: Duration = Duration::from_secs(1);
/// How soon it looks on where a turn did not read all that waits.
const GO_ON: Duration = Duration::from_millis(50);
/// How long after the last row it looks often.
const LINGER: Duration = Duration::from_secs(2);

/// When to look for rows.
#[derive(Debug)]
pub(crate) struct Pace {
    next: Instant,
    wait: Duration,
    /// When rows were last taken.
    active_at: Instant,
    turned_at: Option<Instant>,
    seen: Glance,
    /// Whether the last turn did not read all that waits.
    is_unfinished: bool,
}

impl Pace {
    pub(crate) fn new(now: Instant) -> Self {
        let seen = Glance::default();
        Self { next: now, wait: SHORTEST, active_at: now, turned_at: None, seen, is_unfinished: false }
    }

    pub(crate) fn next(&self) -> Instant {
        self.next
    }

    /// At once.
    pub(crate) fn hurry(&mut self, now: Instant) {
        self.next = now;
    }

    /// Not before then.
    pub(crate) fn wait_until(&mut self, until: Instant) {
        self.next = self.next.max(until);
    }

    /// Whether a glance is enough.
    pub(crate) fn is_quiet(&self, now: Instant) -> bool {
        self.turned_at.is_some() && now.saturating_duration_since(self.active_at) > SHORTEST
    }

    /// Whether what was seen at a glance wants a turn.
    pub(crate) fn wants_turn(&mut self, glance: Glance, now: Instant) -> bool {
        let is_new = glance.last != self.seen.last || glance.has_rows != self.seen.has_rows;
        let is_due = self.turned_at.is_none_or(|at| now.saturating_duration_since(at) >= SWEEP);
        self.seen = glance;
        let wants = is_new || (glance.has_rows && (is_due || self.is_unfinished));
        if !wants {
            self.slower(now);
        }
        wants
    }

    /// What the keeper saw on its way: where that is nothing new, nobody has to look soon.
    pub(crate) fn heard(&mut self, glance: Glance, now: Instant) {
        if self.is_quiet(now) && glance == self.seen && !glance.has_rows {
            self.next = self.next.max(now + self.wait);
        }
    }

    /// A turn took so many rows of those that there was room for, or has not read all that waits.
    pub(crate) fn turned(&mut self, taken: usize, is_unfinished: bool, now: Instant) {
        self.turned_at = Some(now);
        self.is_unfinished = is_unfinished;
        if taken > 0 {
            self.active_at = now;
            self.wait = SHORTEST;
            self.next = now + SHORTEST;
        } else {
            self.slower(now);
        }
        if is_unfinished {
            self.next = self.next.min(now + GO_ON);
        }
    }

    /// The database did not answer.
    pub(crate) fn failed(&mut self, now: Instant) {
        self.wait = (self.wait * 2).clamp(Duration::from_millis(50), LONGEST);
        self.next = now + self.wait;
    }

    fn slower(&mut self, now: Instant) {
        if now.saturating_duration_since(self.active_at) > LINGER {
            self.wait = (self.wait * 3 / 2).min(LONGEST);
        }
        self.next = now + self.wait;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn who_has_nothing_to_do_looks_once_in_900_ms() {
        let mut pace = Pace::new(Instant::now());
        pace.turned(0, false, Instant::now());
        let mut glances = 0;
        let end = Instant::now() + Duration::from_mins(1);
        while Instant::now() < end {
            tokio::time::sleep_until(pace.next()).await;
            glances += u32::from(Instant::now() + Duration::from_secs(30) > end);
            assert!(!pace.wants_turn(Glance::default(), Instant::now()));
        }
        assert!((32..=35).contains(&glances), "{glances}");
        assert!(pace.wants_turn(Glance { last: 1, has_rows: true }, Instant::now()));
    }

    #[tokio::test(start_paused = true)]
    async fn who_hears_often_that_nothing_is_new_does_not_look() {
        let mut pace = Pace::new(Instant::now());
        pace.turned(0, false, Instant::now());
        while pace.wait < LONGEST {
            tokio::time::sleep_until(pace.next()).await;
            assert!(!pace.wants_turn(Glance::default(), Instant::now()));
        }
        for _ in 0..100 {
            tokio::time::sleep(LONGEST * 2 / 3).await;
            assert!(pace.next() > Instant::now(), "it looks between");
            pace.heard(Glance::default(), Instant::now());
        }
        let next = pace.next();
        pace.heard(Glance { last: 1, has_rows: true }, Instant::now());
        assert_eq!(pace.next(), next, "what is new is looked for as soon as ever");
    }

    #[tokio::test(start_paused = true)]
    async fn who_has_not_read_all_that_waits_looks_on_at_once() {
        let mut pace = Pace::new(Instant::now());
        let (glance, began) = (Glance { last: 1, has_rows: true }, Instant::now());
        for _ in 0..100 {
            pace.turned(0, true, Instant::now());
            tokio::time::sleep_until(pace.next()).await;
            assert!(pace.wants_turn(glance, Instant::now()));
        }
        assert!(began.elapsed() <= GO_ON * 100, "{:?}", began.elapsed());
    }
}
