//! All published rows removed, beside somebody else who writes.

use std::time::{Duration, Instant};

use crate::Outcome;
use crate::arguments::Arguments;
use crate::database::Database;
use crate::process::Evt;
use crate::project::Project;
use crate::report::{Budget, Figure, Line};
use crate::writer::{Waits, Writer};

/// How long the writer is alone for each million rows, and at least.
const ALONE: Duration = Duration::from_secs(40);
const LEAST_ALONE: Duration = Duration::from_secs(3);

/// Lets the writer be alone for a while, and then cleans up.
pub(crate) fn measure(database: &Database, project: &Project, arguments: &Arguments) -> Outcome<Line> {
    eprintln!("{}: cleaning up", database.kind.name());
    let alone = alone(database, ALONE.mul_f64(f64::from(arguments.rows) / 1e6).max(LEAST_ALONE))?;
    let (beside, took) = beside(database, project)?;
    let figure = beside.percentile(99) / alone.percentile(99);
    Ok(Line {
        kind: database.kind,
        what: format!("a writer beside `outbox cleanup` of {} ({:.0} s)", arguments.rows, took.as_secs_f64()),
        evt: told(&beside),
        plain: format!("alone {}", told(&alone)),
        figure: Figure(figure, "× its p99 alone"),
        budget: Budget::AtMost(2.0),
    })
}

fn alone(database: &Database, time: Duration) -> Outcome<Waits> {
    let writer = Writer::start(database)?;
    std::thread::sleep(time);
    writer.stop()
}

fn beside(database: &Database, project: &Project) -> Outcome<(Waits, Duration)> {
    let evt = Evt::new(&project.folder, "outbox cleanup --older-than 1s --yes").on(database);
    let writer = Writer::start(database)?;
    let start = Instant::now();
    let output = evt.start()?.wait_with_output()?;
    let took = start.elapsed();
    let waits = writer.stop()?;
    eprint!("  {}", evt.said(&output)?);
    Ok((waits, took))
}

fn told(waits: &Waits) -> String {
    let [half, most] = [50, 99].map(|percent| waits.percentile(percent));
    format!("p50 {half:.1} ms, p99 {most:.1} ms of {}", waits.count())
}
