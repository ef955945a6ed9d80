//! The operator's page shows what the program prints.

use evt_runtime::outbox::operator::Settled;
use regex_lite::Regex;

use crate::database::Farm;
use crate::newcomer::words;
use crate::outbox::{cows, die_of, enqueued, settle};

/// What stands in the page: lines of text, and commands; what those print is left out.
enum Part {
    Text(String),
    Command { line: String },
}

fn parts(page: &str) -> Vec<Part> {
    let (mut parts, mut is_console) = (Vec::new(), false);
    for line in page.split_inclusive('\n') {
        match (line.trim_end(), parts.last()) {
            ("```console", _) => is_console = true,
            ("```", _) if is_console => is_console = false,
            (text, _) if is_console && text.starts_with("$ ") => {
                parts.push(Part::Command { line: text.to_owned() });
                continue;
            }
            // What it prints.
            (_, Some(Part::Command { .. })) if is_console => continue,
            _ => {}
        }
        parts.push(Part::Text(line.to_owned()));
    }
    parts
}

/// Ids, times and what else is another one each time, and the blanks of tables, are left out.
fn told(text: &str) -> String {
    let others = [
        (r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}", "ID"),
        (r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?Z?", "TIME"),
        (r"[0-9a-f]{64}", "FINGERPRINT"),
        (r"sqlite:\S*evt\.db", "DATABASE"),
        (r"[ \t]+", " "),
        (r" *\n+", "\n"),
    ];
    let mut text = text.trim().to_owned();
    for (pattern, name) in others {
        text = Regex::new(pattern).expect("it is a pattern").replace_all(&text, name).into_owned();
    }
    text
}

#[test]
fn the_night_call_goes_as_it_is_told() {
    let farm = cows(Farm::sqlite());
    for weight in [2, 3, 4] {
        let fed =
            enqueued(&farm, &format!(r#"cow_fed --payload '{{"weight":{weight},"farmer_name":"Ada"}}'"#));
        die_of(&farm, fed, "422", &format!("field {weight} of the feeding is not known"));
    }
    let milked = || enqueued(&farm, r#"cow_milked --payload '{"litres":70000}' --partition-key barn-1"#);
    let (head, _, _) = (milked(), milked(), milked());
    die_of(&farm, head, "413", "more litres than a tank holds");
    let moved = enqueued(&farm, r#"cow_moved --payload '{"field":"north","reason":"grass"}'"#);
    settle(&farm, moved, &Settled::Published);
    let test = enqueued(&farm, r#"cow_fed --payload '{"weight":1}'"#);
    die_of(&farm, test, "400", "a test event");

    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/docs/operating.md");
    let page = std::fs::read_to_string(path).expect("the page is there");
    let parts: Vec<_> = parts(&page).into_iter().map(|part| played(&farm, part)).collect();
    let now = parts.concat();
    if std::env::var_os("EVT_BLESS").is_some() && told(&now) != told(&page) {
        std::fs::write(path, now).expect("the page can be written");
    } else {
        assert_eq!(told(&now), told(&page));
    }
}

/// A part of the page, with what the command prints now.
fn played(farm: &Farm, part: Part) -> String {
    let line = match part {
        Part::Text(text) => return text,
        Part::Command { line } => line,
    };
    let mut arguments = words(line.strip_prefix("$ evt ").expect("the page shows commands of evt"));
    if ["retry", "discard"].contains(&arguments[1]) {
        arguments.extend(["--as", "ada"]);
    }
    let run = farm.project.evt(&arguments);
    let trimmed = |text: &str| text.lines().flat_map(|line| [line.trim_end(), "\n"]).collect::<String>();
    let code = if run.code == 0 { String::new() } else { format!("[exits with {}]\n", run.code) };
    format!("{line}\n{}{}{code}", trimmed(&run.stdout), trimmed(&run.stderr))
}
