use evt_runtime::outbox::{self, Dialect, LAYOUT, MigrateError};

use crate::cli::MigrateArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::finding::Finding;
use crate::listing::json_line::JsonLine;
use crate::rule;
use crate::run::{Edge, Exit, Failure};

/// `evt outbox migrate`.
pub(super) fn run(arguments: &MigrateArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    if arguments.print || arguments.grants.role.is_some() {
        return print(arguments, &desk);
    }
    let table = desk.outbox.table_name();
    if arguments.status {
        return status(&desk);
    }
    let migrated = desk.wait(desk.outbox.migrate())?;
    let text = match migrated.before {
        Some(before) if before == migrated.now => format!("`{table}` has layout {before} already\n"),
        Some(before) => format!("brought `{table}` from layout {before} to {}\n", migrated.now),
        None => format!("created `{table}` in {}\n", desk.outbox.place()),
    };
    edge.output.acted(line(table, false, migrated.before, migrated.now), &text);
    Ok(Exit::Fine)
}

fn status(desk: &Desk<'_>) -> Ended {
    let table = desk.outbox.table_name();
    let layout = desk.wait(desk.outbox.layout())?;
    let (text, exit) = match layout {
        Some(layout) if layout >= LAYOUT => {
            (format!("`{table}` has layout {layout}: nothing is to be done\n"), Exit::Fine)
        }
        Some(layout) => {
            (format!("`{table}` has layout {layout}, this evt brings it to {LAYOUT}\n"), Exit::Found)
        }
        None => (format!("there is no outbox `{table}` in {}\n", desk.outbox.place()), Exit::Found),
    };
    desk.edge.output.acted(line(table, true, layout, LAYOUT), &text);
    Ok(exit)
}

/// The layout that the tables had, and that they have, or would have, now.
fn line(table: &str, dry_run: bool, before: Option<u32>, now: u32) -> JsonLine {
    let line = JsonLine::action("migrate", dry_run).text("table", table);
    match before {
        Some(before) => line.number("before", before).number("now", now),
        None => line.number("now", now),
    }
}

fn print(arguments: &MigrateArguments, desk: &Desk<'_>) -> Ended {
    let table = desk.outbox.table_name();
    let refused = |error: MigrateError| Failure::from(Finding::new(&rule::USAGE, error.to_string()));
    let mut statements = Vec::new();
    if arguments.print {
        statements.extend(outbox::migration_sql(desk.outbox.dialect(), table).map_err(refused)?);
    }
    if let Some(role) = &arguments.grants.role {
        match desk.outbox.dialect() {
            Dialect::Postgres => {
                let grants = match (arguments.grants.operator, arguments.grants.relay) {
                    (true, _) => outbox::operator_grants_sql(table, role),
                    (false, true) => outbox::relay_grants_sql(table, role),
                    (false, false) => outbox::grants_sql(table, role),
                };
                statements.extend(grants.map_err(refused)?);
            }
            Dialect::Sqlite => {
                desk.edge.output.note("SQLite has no roles: whoever may write the file may write events");
            }
        }
    }
    let text: String = statements.iter().flat_map(|statement| [statement.as_str(), ";\n\n"]).collect();
    desk.edge.output.result(&text);
    Ok(Exit::Fine)
}
