//! Whether what waits in the outbox, and its dead letters, can be read under the definitions as they are now.

use super::{load, told};
use crate::cli::CompatArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::command::held::Against;
use crate::command::workspace::Workspace;
use crate::compat::{Case, Extent};
use crate::finding::Finding;
use crate::rule;
use crate::run::{Edge, Failure};

/// How many payloads of a version that could break are read, unless all are.
const MOST: u64 = 10_000;

/// Refuses to be told of a database that is not asked.
pub(super) fn refuse_database(arguments: &CompatArguments) -> Result<(), Failure> {
    if arguments.database.database.is_none() && arguments.database.table.is_none() {
        return Ok(());
    }
    let finding = Finding::new(&rule::USAGE, "only `--pending` asks a database");
    Err(finding.help("`evt compat --pending --database URL`").into())
}

/// `evt compat --pending`.
pub(super) fn run(arguments: &CompatArguments, edge: &Edge) -> Ended {
    let workspace = Workspace::open(edge)?;
    let loaded = match load(&workspace)? {
        Ok(loaded) => loaded,
        Err(findings) => return Ok(told(&workspace, findings, "")),
    };
    let plan = workspace.plan(&loaded, Against::Base(None))?;
    let schema = plan.apply(loaded.read.schema.clone());
    let desk = Desk::open(edge, &arguments.database)?;
    let rows = {
        let _progress = edge.output.progress("counting rows");
        desk.wait(desk.outbox.unpublished())?
    };
    let (mut cases, mut findings) = (Vec::new(), Vec::new());
    for rows in rows {
        match Case::of(rows, &schema, &loaded.read.schema) {
            Ok(case) => cases.push(case),
            Err(unknown) => findings.push(*unknown),
        }
    }
    read_payloads(&desk, &mut cases, arguments)?;
    let places = loaded.places();
    findings.extend(cases.iter().flat_map(|case| case.findings(&places)));
    Ok(told(&workspace, findings, &fine(&cases)))
}

/// Reads the payloads of what could break, or all.
fn read_payloads(
    desk: &Desk<'_>,
    cases: &mut [Case<'_>],
    arguments: &CompatArguments,
) -> Result<(), Failure> {
    let progress = desk.edge.output.progress("reading payloads");
    let wants = |case: &Case<'_>| arguments.payloads || (case.is_suspected() && case.read() < MOST);
    let (mut after, mut read) = (Some(i64::MIN), 0);
    while let Some(place) = after {
        let wanted: Vec<_> = cases.iter().filter(|case| wants(case)).map(|case| &case.rows).collect();
        if wanted.is_empty() {
            break;
        }
        let page = desk.wait(desk.outbox.unpublished_payloads(&wanted, place))?;
        for row in &page.rows {
            if let Some(case) = cases.iter_mut().find(|case| case.is_of(row)) {
                case.look(row);
            }
        }
        read += page.rows.len() as u64;
        progress.tell(read);
        after = page.next;
    }
    for case in cases {
        let extent = if after.is_none() && wants(case) { Extent::Whole } else { Extent::Part };
        case.end(extent);
    }
    Ok(())
}

/// What is said where nothing is wrong.
fn fine(cases: &[Case<'_>]) -> String {
    let rows: u64 = cases.iter().map(|case| case.rows.total()).sum();
    match (rows, cases.len()) {
        (0, _) => "no row waits, and there is no dead letter".to_owned(),
        (1, _) => "the 1 row that is not published can be read".to_owned(),
        (rows, 1) => format!("the {rows} rows that are not published can be read"),
        (rows, versions) => {
            format!("the {rows} rows of {versions} versions that are not published can be read")
        }
    }
}
