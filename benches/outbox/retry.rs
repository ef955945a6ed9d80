//! All dead letters sent again.

use crate::Outcome;
use crate::arguments::Arguments;
use crate::database::{Database, Kind};
use crate::process::Evt;
use crate::project::Project;
use crate::report::{Budget, Figure, Line, seconds};
use crate::series::Series;

const UPDATE: &str = "UPDATE {T}_work SET state = 'pending', attempts = 0, crashes = 0, available_at = NULL, \
     dead_lettered_at = NULL, dead_reason = NULL WHERE state = 'dead'";

/// Times the command, and the statement that does the same, in turns.
pub(crate) fn measure(database: &Database, project: &Project, arguments: &Arguments) -> Outcome<Line> {
    let (runs, dead) = (arguments.long_runs(), arguments.dead());
    eprintln!("{}: retrying {dead} dead letters, {runs} times", database.kind.name());
    let evt = Evt::new(&project.folder, "dead-letters retry --all --yes").on(database);
    let mut client = database.client()?;
    let (mut retried, mut updated) = (Series::default(), Series::default());
    for _ in 0..runs {
        client.run("BEGIN")?;
        updated.push(client.time(UPDATE)?);
        client.run("ROLLBACK")?;
        settle(database)?;
        retried.push(evt.time()?);
        client.run(die_again(database.kind))?;
        settle(database)?;
    }
    Ok(Line {
        kind: database.kind,
        what: format!("`dead-letters retry --all` of {dead}"),
        evt: seconds(&retried),
        plain: format!("one UPDATE {}", seconds(&updated)),
        figure: Figure(retried.median() / 1e3, "s"),
        budget: Budget::AtMost(2.0),
    })
}

/// Makes dead letters of them again.
fn die_again(kind: Kind) -> &'static str {
    match kind {
        Kind::Sqlite => {
            "UPDATE {T}_work SET state = 'dead', attempts = 12, \
             dead_lettered_at = strftime('%Y-%m-%dT%H:%M:%fZ', 'now') WHERE state = 'pending'"
        }
        Kind::Postgres => {
            "UPDATE {T}_work SET state = 'dead', attempts = 12, dead_lettered_at = now() WHERE state = 'pending'"
        }
    }
}

/// Tidies up what a run left, which the next one would pay for.
fn settle(database: &Database) -> Outcome<()> {
    database.client()?.run(match database.kind {
        Kind::Sqlite => "PRAGMA wal_checkpoint(TRUNCATE)",
        Kind::Postgres => "VACUUM {T}_work",
    })
}
