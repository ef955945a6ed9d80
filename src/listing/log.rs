use std::fmt::Write as _;

use super::json_line::JsonLine;
use super::marks;
use crate::diff::{Line, describe, line_text};
use crate::schema::Version;
use crate::visible::visible;

/// The history of an event, the newest version first, with what each changed.
#[must_use]
pub fn log_text(versions: &[Version]) -> String {
    let newest_first = with_changes(versions).into_iter().rev();
    newest_first.map(|(version, changes)| block(version, &changes)).collect::<Vec<_>>().join("\n")
}

/// One JSON object per line and version, the newest first: `log_row` of the report schema.
#[must_use]
pub fn log_json(versions: &[Version]) -> String {
    with_changes(versions).into_iter().rev().map(|(version, changes)| json(version, &changes)).collect()
}

/// Each version with what it changed; the first one changed nothing.
fn with_changes(versions: &[Version]) -> Vec<(&Version, Vec<Line>)> {
    let first = versions.first().map(|first| (first, Vec::new()));
    let others = versions.windows(2).map(|pair| (&pair[1], describe(&pair[0], &pair[1])));
    first.into_iter().chain(others).collect()
}

fn block(version: &Version, changes: &[Line]) -> String {
    let name = visible(&version.contract.event_name);
    let mut out = format!("{name}@{}  {:.12}", version.number, version.fingerprint.to_string());
    let mut notes = marks(version);
    if version.previous.is_none() {
        notes.insert(0, "first version".to_owned());
    }
    if !notes.is_empty() {
        let _ = write!(out, "  {}", visible(&notes.join(", ")));
    }
    out.push('\n');
    for change in changes {
        let _ = writeln!(out, "  {}", visible(&line_text(change)));
    }
    out
}

fn json(version: &Version, changes: &[Line]) -> String {
    let texts: Vec<String> = changes.iter().map(line_text).collect();
    let line = JsonLine::new()
        .text("event_name", &version.contract.event_name)
        .json("event_version", &version.number.to_string())
        .text("fingerprint", &version.fingerprint.to_string());
    let line = match version.previous {
        Some(previous) => line.text("previous", &previous.to_string()),
        None => line.json("previous", "null"),
    };
    line.json("retired", &version.retired.to_string())
        .texts("changes", texts.iter().map(String::as_str))
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::farm;

    #[test]
    fn the_newest_version_comes_first() {
        insta::assert_snapshot!(log_text(&farm().events["cow_fed"]), @"
        cow_fed@2  41d6a9b3d707  deprecated
          - field `totals`
          + deprecated: Use cow_given. (sunset 2027-01-31)

        cow_fed@1  b3b4cff5a824  first version
        ");
        insta::assert_snapshot!(log_text(&farm().events["cow_sold"]), @"
        cow_sold@1  e4afcec93f0e  first version, retired, renamed to cow_given
        ");
    }

    #[test]
    fn rows_are_what_the_report_schema_says() {
        insta::assert_snapshot!(log_json(&farm().events["cow_fed"]), @r#"
        {"event_name":"cow_fed","event_version":2,"fingerprint":"41d6a9b3d7078795f50aa09f62e211d8757678b653ea9c37b1eb1487406a73c9","previous":"b3b4cff5a824c2bdfb63f9f53ee7f0c12a32bf1396face43873e77c7aa86540b","retired":false,"changes":["- field `totals`","+ deprecated: Use cow_given. (sunset 2027-01-31)"]}
        {"event_name":"cow_fed","event_version":1,"fingerprint":"b3b4cff5a824c2bdfb63f9f53ee7f0c12a32bf1396face43873e77c7aa86540b","previous":null,"retired":false,"changes":[]}
        "#);
    }
}
