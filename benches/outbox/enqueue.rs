//! Many events from a file.

use crate::Outcome;
use crate::arguments::Arguments;
use crate::database::{Database, Kind};
use crate::plain;
use crate::process::Evt;
use crate::project::Project;
use crate::report::{Budget, Figure, Line};
use crate::series::Series;

/// The most resident memory, in MiB, that it may take.
const MEMORY: f64 = 64.0;

/// Times it and the plain INSERTs in turns, each in an outbox of its own, and takes its memory.
pub(crate) fn measure(kind: Kind, project: &Project, arguments: &Arguments) -> Outcome<Line> {
    let [few, many] = project.bulks;
    eprintln!("{}: enqueueing {many} events, {} times", kind.name(), arguments.long_runs());
    let (mut enqueued, mut inserted) = (Series::default(), Series::default());
    for _ in 0..arguments.long_runs() {
        inserted.push(plain::insert(&Database::make(kind)?, many)?);
        let database = Database::make(kind)?;
        enqueued.push(enqueue(project, many, &database).time()?);
    }
    let mut peaks = [0.0; 2];
    for (peak, events) in peaks.iter_mut().zip([few, many]) {
        *peak = mebibytes(enqueue(project, events, &Database::make(kind)?).peak()?);
    }
    let [evt, plain] = [enqueued, inserted].map(|times| f64::from(many) / times.median() * 1e3);
    Ok(Line {
        kind,
        what: format!(
            "`outbox enqueue --from` of {many}, {:.0} MiB ({:.0} MiB of {few})",
            peaks[1], peaks[0]
        ),
        evt: format!("{evt:.0} events/s"),
        plain: format!("INSERT of 500 {plain:.0} rows/s"),
        figure: Figure(100.0 * evt / plain, "% of its rate"),
        budget: Budget::AtLeastWithin { least: 40.0, memory: (peaks[1], MEMORY) },
    })
}

fn enqueue(project: &Project, events: u32, database: &Database) -> Evt {
    Evt::new(&project.folder, &format!("outbox enqueue --from {}", Project::file(events))).on(database)
}

#[allow(clippy::cast_precision_loss, reason = "a few hundred million fit an f64 exactly")]
fn mebibytes(bytes: u64) -> f64 {
    bytes as f64 / (1024.0 * 1024.0)
}
