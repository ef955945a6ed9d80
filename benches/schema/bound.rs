//! The targets, and whether they are met.

use crate::group::Measured;

/// What a case must stay within.
pub(crate) enum Bound {
    /// At most so many times the median of another case of the group.
    Times(f64, &'static str),
    /// At most so many milliseconds more than the median of another case of the group.
    MillisecondsOver(f64, &'static str),
    /// At most so many MiB of resident memory.
    PeakMebibytes(f64),
}

/// A bound held against what was measured.
pub(crate) struct Judged {
    pub(crate) verdict: Verdict,
    /// The case, what was measured, and what was allowed.
    pub(crate) sentence: String,
}

/// Whether a target is met.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Met,
    Missed,
}

/// Holds every bound of the group against the measurements.
pub(crate) fn judge(group: &[Measured<'_>]) -> Vec<Judged> {
    let bounds = group.iter().flat_map(|one| one.case.bounds.iter().map(move |bound| (one, bound)));
    bounds.map(|(one, bound)| bound.judge(one, group)).collect()
}

/// How many times the median of `reference` that of `one` is.
pub(crate) fn ratio(one: &Measured<'_>, reference: &Measured<'_>) -> f64 {
    one.times.median() / reference.times.median()
}

/// `bytes` in MiB.
#[allow(clippy::cast_precision_loss, reason = "a few hundred million fit an f64 exactly")]
pub(crate) fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}

impl Bound {
    fn judge(&self, one: &Measured<'_>, group: &[Measured<'_>]) -> Judged {
        let (found, limit, unit) = match *self {
            Self::Times(limit, of) => (ratio(one, named(of, group)), limit, format!("× {of}")),
            Self::MillisecondsOver(limit, of) => {
                let over = one.times.median() - named(of, group).times.median();
                (over, limit, format!("ms over {of}"))
            }
            Self::PeakMebibytes(limit) => (mebibytes(one.peak), limit, "MiB at its peak".into()),
        };
        let verdict = if found <= limit { Verdict::Met } else { Verdict::Missed };
        let sentence = format!("{}: {found:.2} {unit}, at most {limit}", one.case.name);
        Judged { verdict, sentence }
    }
}

fn named<'a, 'b>(name: &str, group: &'a [Measured<'b>]) -> &'a Measured<'b> {
    let mut cases = group.iter();
    cases.find(|one| one.case.name == name).expect("a bound names a case of its own group")
}
