use evt_runtime::outbox::operator::{Filter, Page, State};

use crate::cli::{GroupArgument, ListDeadArguments};
use crate::command::Ended;
use crate::command::database::Desk;
use crate::command::outbox::{filter_of, list};
use crate::output::Format;
use crate::row::{self, Grouping, Groups};
use crate::run::{Edge, Exit};

/// How many rows are read at once to be grouped.
const CHUNK: u32 = 5_000;

/// `evt dead-letters list`.
pub(super) fn run(arguments: &ListDeadArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    if arguments.blocked {
        return blocked(&desk, arguments.page.limit);
    }
    let filter = Filter { states: vec![State::Dead], ..filter_of(&desk, &arguments.filter)? };
    match arguments.group_by {
        None => list(&desk, &filter, &arguments.page),
        Some(GroupArgument::Error) => groups(&desk, &filter, Grouping::Error, arguments.page.limit),
        Some(GroupArgument::Event) => groups(&desk, &filter, Grouping::Event, arguments.page.limit),
    }
}

fn blocked(desk: &Desk<'_>, limit: u32) -> Ended {
    let keys = desk.wait(desk.outbox.blocked(limit))?;
    let output = &desk.edge.output;
    output.result(&match output.format {
        Format::Json => keys.iter().map(row::blocked_json).collect(),
        Format::Text => row::blocked_table(&keys, output.room.unwrap_or(usize::MAX)),
    });
    if keys.is_empty() {
        output.note("no key waits");
    }
    Ok(Exit::Fine)
}

fn groups(desk: &Desk<'_>, filter: &Filter, by: Grouping, limit: u32) -> Ended {
    let mut groups = Groups::new(by);
    let mut page = Page::first(CHUNK);
    loop {
        let chunk = desk.wait(desk.outbox.list(filter, page))?;
        let is_last = chunk.len() < CHUNK as usize;
        page.after = chunk.last().map(|row| row.seq);
        for row in &chunk {
            groups.add(row);
        }
        if is_last {
            break;
        }
    }
    let mut groups = groups.sorted();
    groups.truncate(limit as usize);
    let output = &desk.edge.output;
    output.result(&match output.format {
        Format::Json => groups.iter().map(row::group_json).collect(),
        Format::Text => row::group_table(&groups, output.room.unwrap_or(usize::MAX)),
    });
    if groups.is_empty() {
        output.note("no dead letter matches");
    }
    Ok(Exit::Fine)
}
