use crate::cli::CleanupArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::command::interrupt::Interrupt;
use crate::finding::Finding;
use crate::project::parse_span;
use crate::rule;
use crate::run::{Edge, Exit, Failure};

/// `evt outbox cleanup`.
pub(super) fn run(arguments: &CleanupArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let Some(age) = age(arguments, &desk)? else {
        edge.output.note("nothing is removed: neither --older-than nor [outbox] retention says what is old");
        return Ok(Exit::Fine);
    };
    let until = desk.ago(age)?;
    if arguments.dry_run || !arguments.yes {
        let (published, discarded) = desk.wait(desk.outbox.count_old(until))?;
        let what = format!("{published} published and {discarded} discarded rows from before {until:.0}");
        if arguments.dry_run {
            edge.output.done(&format!("would remove {what}\n"));
            return Ok(Exit::Fine);
        }
        edge.output.confirm(&format!("remove {what}?"))?;
    }
    let operator = desk.operator(&arguments.operator);
    let interrupt = Interrupt::new();
    let progress = edge.output.progress("rows removed");
    let cleaned = desk.wait(interrupt.beside(desk.outbox.cleanup(until, &operator, &mut |done| {
        progress.tell(done);
        interrupt.flow()
    })))?;
    drop(progress);
    edge.output
        .done(&format!("removed {} published and {} discarded rows\n", cleaned.published, cleaned.discarded));
    if cleaned.stopped {
        edge.output.note("it was interrupted before its end");
        return Ok(Exit::Found);
    }
    Ok(Exit::Fine)
}

fn age(arguments: &CleanupArguments, desk: &Desk<'_>) -> Result<Option<std::time::Duration>, Failure> {
    let Some(text) = &arguments.older_than else { return Ok(desk.settings.retention) };
    parse_span(text).map(Some).ok_or_else(|| {
        Finding::new(&rule::USAGE, format!("`--older-than {text}` is no age"))
            .help("such as `30d` or `12h`")
            .into()
    })
}
