//! The report, in plain text on stdout.

use crate::bound::{Judged, Verdict, mebibytes, ratio};
use crate::group::Measured;
use crate::series::Series;

/// Prints what was measured of a group; its first case is the floor of the others.
pub(crate) fn table(title: &str, group: &[Measured<'_>]) {
    let columns = ["case", "median ms", "middle half ms", "× first", "peak MiB"];
    let [case, median, spread, times, peak] = columns;
    println!("\n{title}\n  {case:<28}{median:>10}{spread:>20}{times:>10}{peak:>10}");
    for one in group {
        let times = ratio(one, &group[0]);
        let (name, peak) = (one.case.name, mebibytes(one.peak));
        println!("  {name:<28}{}{times:>10.2}{peak:>10.1}", spread_of(&one.times));
    }
}

/// Prints the in-process stages.
pub(crate) fn stages(stages: &[(&str, Series)]) {
    println!("\nstages, in process on one thread, 10,000 events");
    for (name, times) in stages {
        println!("  {name:<28}{}", spread_of(times));
    }
}

/// Prints a line per target.
pub(crate) fn verdicts(judged: &[Judged]) {
    println!("\ntargets");
    for one in judged {
        let verdict = match one.verdict {
            Verdict::Met => "ok",
            Verdict::Missed => "MISSED",
        };
        println!("  {verdict:<8}{}", one.sentence);
    }
}

fn spread_of(times: &Series) -> String {
    let (low, high) = times.middle_half();
    format!("{:>10.2}{:>20}", times.median(), format!("{low:.2} – {high:.2}"))
}
