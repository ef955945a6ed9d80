use evt_runtime::outbox::operator::Cleaned;
use evt_runtime::types::Timestamp;

use crate::cli::CleanupArguments;
use crate::command::Ended;
use crate::command::database::Desk;
use crate::finding::Finding;
use crate::listing::json_line::JsonLine;
use crate::project::parse_span;
use crate::rule;
use crate::run::{Edge, Exit, Failure};

/// `evt outbox cleanup`.
pub(super) fn run(arguments: &CleanupArguments, edge: &Edge) -> Ended {
    let desk = Desk::open(edge, &arguments.database)?;
    let Some(age) = age(arguments, &desk)? else {
        let finding = Finding::new(&rule::USAGE, "nothing says what is old");
        return Err(finding.help("`--older-than 30d`, or `[outbox] retention` of evt.toml").into());
    };
    let until = desk.ago(age)?;
    if arguments.dry_run || !arguments.yes {
        let (published, discarded) = desk.wait(desk.outbox.count_old(until))?;
        let what = format!("{published} published and {discarded} discarded rows from before {until:.0}");
        if arguments.dry_run {
            edge.output.acted(line(true, [published, discarded], false), &format!("would remove {what}\n"));
            return Ok(Exit::Fine);
        }
        if published + discarded == 0 {
            let none = format!("no row was published or discarded before {until:.0}\n");
            edge.output.acted(line(false, [0, 0], false), &none);
            return Ok(Exit::Fine);
        }
        if !desk.confirm(&format!("remove {what}"))? {
            return Ok(Exit::Found);
        }
    }
    remove(arguments, &desk, until)
}

fn remove(arguments: &CleanupArguments, desk: &Desk<'_>, until: Timestamp) -> Ended {
    let output = &desk.edge.output;
    let operator = desk.operator(&arguments.operator)?;
    let gone = |count| format!("removed {count} rows");
    let done =
        desk.watched("rows removed", gone, async |watch| desk.outbox.cleanup(until, &operator, watch).await)?;
    let Cleaned { published, discarded, stopped } = done;
    let text = format!("removed {published} published and {discarded} discarded rows\n");
    output.acted(line(false, [published, discarded], stopped), &text);
    if stopped {
        output.note("it was interrupted before its end");
        return Ok(Exit::Found);
    }
    Ok(Exit::Fine)
}

fn line(dry_run: bool, [published, discarded]: [u64; 2], stopped: bool) -> JsonLine {
    let line = JsonLine::action("cleanup", dry_run).number("published", published);
    line.number("discarded", discarded).truth("stopped", stopped)
}

fn age(arguments: &CleanupArguments, desk: &Desk<'_>) -> Result<Option<std::time::Duration>, Failure> {
    let Some(text) = &arguments.older_than else { return Ok(desk.settings.retention) };
    parse_span(text).map(Some).ok_or_else(|| {
        Finding::new(&rule::USAGE, format!("`--older-than {text}` is no age"))
            .help("such as `30d` or `12h`")
            .into()
    })
}
