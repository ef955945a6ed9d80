//! Cases that are measured in turn, so that a slow minute of the machine hits all of them alike.

use crate::Outcome;
use crate::bound::Bound;
use crate::invocation::Invocation;
use crate::project::Restore;
use crate::series::Series;

/// Cases measured together; bounds may name any other case of the group.
pub(crate) struct Group {
    pub(crate) title: &'static str,
    /// Timed runs of each case.
    pub(crate) rounds: usize,
    pub(crate) cases: Vec<Case>,
}

/// One thing to measure.
pub(crate) struct Case {
    pub(crate) name: &'static str,
    pub(crate) invocation: Invocation,
    /// What has to be put back before every run, outside the measured time.
    pub(crate) restore: Option<Restore>,
    pub(crate) bounds: Vec<Bound>,
}

/// What was found out about a case.
pub(crate) struct Measured<'a> {
    pub(crate) case: &'a Case,
    pub(crate) times: Series,
    /// Peak resident memory, in bytes.
    pub(crate) peak: u64,
}

impl Group {
    /// Warms up, times every case in turn, and takes peak memory in runs of its own.
    pub(crate) fn measure(&self) -> Outcome<Vec<Measured<'_>>> {
        eprintln!("measuring: {} ({} rounds)", self.title, self.rounds);
        let mut measured = Vec::new();
        for case in &self.cases {
            case.warm_up()?;
            measured.push(Measured { case, times: Series::default(), peak: case.peak()? });
        }
        for round in 0..self.rounds {
            for turn in 0..measured.len() {
                // Nobody always runs after the same neighbour.
                let next = (turn + round) % self.cases.len();
                let one = &mut measured[next];
                one.times.push(one.case.time()?);
            }
        }
        Ok(measured)
    }
}

impl Case {
    pub(crate) fn new(name: &'static str, invocation: Invocation) -> Self {
        Self { name, invocation, restore: None, bounds: Vec::new() }
    }

    pub(crate) fn restoring(mut self, restore: Restore) -> Self {
        self.restore = Some(restore);
        self
    }

    pub(crate) fn bound(mut self, bound: Bound) -> Self {
        self.bounds.push(bound);
        self
    }

    /// Fills the page cache, and makes sure that the case does what it says.
    fn warm_up(&self) -> Outcome<()> {
        self.prepare()?;
        self.invocation.rehearse()?;
        match &self.restore {
            Some(restore) if !restore.is_due()? => {
                Err(format!("`{}` changed nothing: nothing to measure", self.name).into())
            }
            _ => self.time().map(drop),
        }
    }

    fn time(&self) -> Outcome<std::time::Duration> {
        self.prepare()?;
        self.invocation.time()
    }

    fn peak(&self) -> Outcome<u64> {
        self.prepare()?;
        self.invocation.peak()
    }

    fn prepare(&self) -> Outcome<()> {
        self.restore.as_ref().map_or(Ok(()), Restore::carry_out)
    }
}
