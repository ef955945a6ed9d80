use super::columns::{aligned, arranged};
use super::json_line::JsonLine;
use super::marks;
use crate::schema::Version;
use crate::visible::visible;

const HEADINGS: [&str; 8] = ["EVENT", "VERSION", "TYPE", "PROCESS", "DOMAIN", "SUBJECT", "OWNER", "NOTE"];

/// A table of events that fits into `width` columns of a terminal, of which the events' names are cut last; empty
/// without events.
#[must_use]
pub fn list_table(rows: &[&Version], width: usize) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let mut table = vec![HEADINGS.map(str::to_owned).to_vec()];
    table.extend(rows.iter().map(|version| cells(version)));
    aligned(&arranged(&table, width, &GIVE_WAY), 0)
}

/// The columns in the order in which they are left out where there is no room; events are always named.
const GIVE_WAY: [&str; 7] = ["OWNER", "SUBJECT", "NOTE", "DOMAIN", "PROCESS", "TYPE", "VERSION"];

fn cells(version: &Version) -> Vec<String> {
    let metadata = &version.metadata;
    let shown = |text: &Option<String>| visible(text.as_deref().unwrap_or_default());
    vec![
        visible(&version.contract.event_name),
        version.number.to_string(),
        visible(&version.contract.event_type),
        metadata.process_type.to_string(),
        shown(&metadata.domain),
        shown(&metadata.subject),
        shown(&metadata.owner),
        visible(&marks(version).join(", ")),
    ]
}

/// One JSON object per line and event: `list_row` of the report schema.
#[must_use]
pub fn list_json(rows: &[&Version]) -> String {
    rows.iter().map(|version| json(version)).collect()
}

fn json(version: &Version) -> String {
    let (contract, metadata) = (&version.contract, &version.metadata);
    JsonLine::new()
        .text("event_name", &contract.event_name)
        .json("event_version", &version.number.to_string())
        .text("event_type", &contract.event_type)
        .text("process_type", metadata.process_type.as_str())
        .optional_text("domain", metadata.domain.as_deref())
        .optional_text("subject", metadata.subject.as_deref())
        .optional_text("owner", metadata.owner.as_deref())
        .json("deprecated", &metadata.deprecated.is_some().to_string())
        .json("retired", &version.retired.to_string())
        .json("fields", &contract.payload_fields.len().to_string())
        .text("fingerprint", &version.fingerprint.to_string())
        .finish()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::{farm, history};
    use crate::listing::{Filter, Retired, rows};

    #[test]
    fn the_table_of_the_farm() {
        let schema = farm();
        let all = rows(&schema, &Filter { retired: Retired::Shown, ..Filter::default() });
        insta::assert_snapshot!(list_table(&all, 110), @"
        EVENT         VERSION  TYPE         PROCESS  DOMAIN  SUBJECT  OWNER      NOTE
        cow_fed       2        domain       durable  farm    cow      team-barn  deprecated
        cow_given     1        domain       inline           cow
        cow_sold      1        domain       inline           cow                 retired, renamed to cow_given
        tank_emptied  1        integration  broker   dairy   tank
        ");
        insta::assert_snapshot!(list_table(&all, 72), @"
        EVENT         VERSION  TYPE     PROCESS  DOMAIN  SUBJECT  OWNER   NOTE
        cow_fed       2        domain   durable  farm    cow      team-…  depre…
        cow_given     1        domain   inline           cow
        cow_sold      1        domain   inline           cow              retir…
        tank_emptied  1        integr…  broker   dairy   tank
        ");
        insta::assert_snapshot!(list_table(&all, 40), @"
        EVENT         VERSION  TYPE      PROCESS
        cow_fed       2        domain    durable
        cow_given     1        domain    inline
        cow_sold      1        domain    inline
        tank_emptied  1        integra…  broker
        ");
        assert!(list_table(&all, 72).lines().all(|line| line.chars().count() <= 72));
    }

    #[test]
    fn rows_are_what_the_report_schema_says() {
        let schema = farm();
        let text = list_json(&rows(&schema, &Filter { retired: Retired::Shown, ..Filter::default() }));
        insta::assert_snapshot!(text, @r#"
        {"event_name":"cow_fed","event_version":2,"event_type":"domain","process_type":"durable","domain":"farm","subject":"cow","owner":"team-barn","deprecated":true,"retired":false,"fields":4,"fingerprint":"41d6a9b3d7078795f50aa09f62e211d8757678b653ea9c37b1eb1487406a73c9"}
        {"event_name":"cow_given","event_version":1,"event_type":"domain","process_type":"inline","subject":"cow","deprecated":false,"retired":false,"fields":1,"fingerprint":"cad6cf96635ebbb35d9c2304a16eb181d0638fe19d04740fc8d9ac943c592eee"}
        {"event_name":"cow_sold","event_version":1,"event_type":"domain","process_type":"inline","subject":"cow","deprecated":false,"retired":true,"fields":1,"fingerprint":"e4afcec93f0e7b29c9d8e47220514549935f6fb1c46e20f6aacb99d9245321d0"}
        {"event_name":"tank_emptied","event_version":1,"event_type":"integration","process_type":"broker","domain":"dairy","subject":"tank","deprecated":false,"retired":false,"fields":1,"fingerprint":"d56145f397efca2b863645aa8d3a12fa361395c46f7e9bb1ca61820e8a317d7d"}
        "#);
    }

    #[test]
    fn nothing_to_list_prints_nothing() {
        assert_eq!(list_table(&[], 80), "");
        assert_eq!(list_json(&[]), "");
    }

    #[test]
    fn controls_never_reach_the_terminal() {
        let schema = history(&[
            "subjects: { cow: {} }\n---\nevent_name: cow_fed\nevent_type: \"\\e[31m\\x9b\\x7f\"\nsubject: cow\nowner: \"\\u202Ex\"\n",
        ]);
        let rows = rows(&schema, &Filter::default());
        for text in [list_table(&rows, 200), list_json(&rows)] {
            assert!(!text.trim_end().contains(['\u{1b}', '\u{9b}', '\u{7f}', '\u{202e}']), "{text}");
        }
    }
}
