//! What only looks: a page of dead letters, and the counts.

use crate::Outcome;
use crate::arguments::Arguments;
use crate::database::Database;
use crate::process::Evt;
use crate::project::Project;
use crate::report::{Budget, Figure, Line, milliseconds};
use crate::series::Series;

const LIST: &str = "SELECT content.seq, content.id, content.event_name, content.event_version, \
     content.partition_key, work.attempts, work.dead_lettered_at, work.last_error_code, work.last_error_text \
     FROM {T}_work AS work JOIN {T} AS content ON content.seq = work.seq \
     WHERE work.state = 'dead' ORDER BY work.seq DESC LIMIT 50";

const COUNTS: &str = "SELECT state, count(*) FROM {T}_work GROUP BY state; SELECT count(*) FROM {T}_published; \
     SELECT content.event_name, count(*) FROM {T}_work AS work JOIN {T} AS content ON content.seq = work.seq \
     GROUP BY content.event_name";

/// Times the processes and the queries in turns.
pub(crate) fn measure(database: &Database, project: &Project, arguments: &Arguments) -> Outcome<Vec<Line>> {
    eprintln!("{}: looking, {} times", database.kind.name(), arguments.runs);
    let evt = |line: &str| Evt::new(&project.folder, line).on(database);
    let (opens, lists, stats) =
        (evt("outbox migrate --status"), evt("dead-letters list --limit 50"), evt("outbox stats"));
    let mut client = database.client()?;
    let mut series: [Series; 5] = Default::default();
    for run in 0..=arguments.runs {
        let times = [opens.time()?, lists.time()?, stats.time()?, client.time(LIST)?, client.time(COUNTS)?];
        // The first one fills the caches.
        if run > 0 {
            series.iter_mut().zip(times).for_each(|(series, time)| series.push(time));
        }
    }
    let [opened, listed, counted, plain_list, plain_counts] = &series;
    let line = |what: &str, evt: &Series, plain, figure, budget| Line {
        kind: database.kind,
        what: what.to_owned(),
        evt: milliseconds(evt),
        plain,
        figure,
        budget,
    };
    Ok(vec![
        line(
            "`dead-letters list`, first 50",
            listed,
            format!("process {}, query {}", milliseconds(opened), milliseconds(plain_list)),
            Figure(listed.median() - opened.median(), "ms over that process"),
            Budget::AtMost(20.0),
        ),
        line(
            "`outbox stats`",
            counted,
            format!("counts {}", milliseconds(plain_counts)),
            Figure(counted.median(), "ms"),
            Budget::AtMost(500.0),
        ),
    ])
}
