use crate::cli::PauseArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::listing::json_line::JsonLine;
use crate::run::{Edge, Exit};

/// `evt outbox pause`.
pub(super) fn pause(arguments: &PauseArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let operator = desk.operator(&arguments.operator)?;
    if let Some(event) = &arguments.event {
        desk.event(event)?;
    }
    let is_new = desk.wait(desk.outbox.pause(arguments.event.as_deref(), &operator))?;
    let what = what(arguments);
    let text = if is_new {
        format!("paused {what}\n")
    } else {
        format!("{what} {} paused already\n", be(arguments))
    };
    edge.output.acted(line("pause", arguments, is_new), &text);
    Ok(Exit::Fine)
}

/// `evt outbox resume`.
pub(super) fn resume(arguments: &PauseArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let operator = desk.operator(&arguments.operator)?;
    let is_new = desk.wait(desk.outbox.resume(arguments.event.as_deref(), &operator))?;
    let what = what(arguments);
    let text =
        if is_new { format!("resumed {what}\n") } else { format!("{what} {} not paused\n", be(arguments)) };
    edge.output.acted(line("resume", arguments, is_new), &text);
    let still: Vec<_> = desk.wait(desk.outbox.paused())?;
    for (event, _) in still {
        edge.output.note(&format!(
            "{} is still paused",
            event.map_or("everything".to_owned(), |it| format!("`{it}`"))
        ));
    }
    Ok(Exit::Fine)
}

fn line(action: &str, arguments: &PauseArguments, is_new: bool) -> JsonLine {
    JsonLine::action(action, false)
        .optional_text("event", arguments.event.as_deref())
        .truth("changed", is_new)
}

fn be(arguments: &PauseArguments) -> &'static str {
    if arguments.event.is_some() { "is" } else { "are" }
}

fn what(arguments: &PauseArguments) -> String {
    arguments.event.as_ref().map_or_else(|| "all events".to_owned(), |event| format!("`{event}`"))
}
