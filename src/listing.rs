//! What `evt list`, `evt show` and `evt log` print: text for people, one JSON object per line for scripts.

pub(crate) mod columns;
mod filter;
pub(crate) mod json_line;
mod log;
mod page;
mod table;

pub use filter::{Filter, Retired, rows};
pub use log::{log_json, log_text};
pub(crate) use page::{acceptance_text, aggregate_text, allowance_text, deprecation_text};
pub use page::{page_json, page_text};
pub use table::{list_json, list_table};

use crate::schema::Version;

/// What a reader must know about a version before using its event, such as `renamed to cow_given`.
fn marks(version: &Version) -> Vec<String> {
    let mut marks = Vec::new();
    if version.metadata.deprecated.is_some() {
        marks.push("deprecated".to_owned());
    }
    if version.retired {
        marks.push("retired".to_owned());
    }
    marks.extend(version.renamed_to.iter().map(|new| format!("renamed to {new}")));
    marks
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::farm;
    use crate::schema::Schema;

    fn filtered(schema: &Schema, filter: &Filter) -> Vec<String> {
        rows(schema, filter).into_iter().map(|row| row.contract.event_name.clone()).collect()
    }

    #[test]
    fn retired_events_are_hidden_unless_asked_for() {
        let schema = farm();
        assert_eq!(filtered(&schema, &Filter::default()), ["cow_fed", "cow_given", "tank_emptied"]);
        let all = Filter { retired: Retired::Shown, ..Filter::default() };
        assert_eq!(filtered(&schema, &all), ["cow_fed", "cow_given", "cow_sold", "tank_emptied"]);
    }

    #[test]
    fn filters_add_up() {
        use crate::event::ProcessType;
        let schema = farm();
        let cows = Filter { subject: Some("cow".to_owned()), ..Filter::default() };
        assert_eq!(filtered(&schema, &cows), ["cow_fed", "cow_given"]);
        let inline = Filter { process_type: Some(ProcessType::Inline), ..cows };
        assert_eq!(filtered(&schema, &inline), ["cow_given"]);
        let none = Filter { owner: Some("team-barn".to_owned()), ..inline };
        assert!(filtered(&schema, &none).is_empty());
        let dairy = Filter { domain: Some("dairy".to_owned()), ..Filter::default() };
        assert_eq!(filtered(&schema, &dairy), ["tank_emptied"]);
    }

    #[test]
    fn every_json_line_is_what_the_report_schema_describes() {
        let (schema, all) = (farm(), Filter { retired: Retired::Shown, ..Filter::default() });
        let log: String = schema.events.values().map(|versions| log_json(versions)).collect();
        for (name, text) in [("list_row", list_json(&rows(&schema, &all))), ("log_row", log)] {
            let mut report: serde_json::Value =
                serde_json::from_str(include_str!("../schemas/report.json")).unwrap();
            let root =
                serde_json::json!({ "$defs": report["$defs"].take(), "$ref": format!("#/$defs/{name}") });
            let validator = jsonschema::validator_for(&root).unwrap();
            assert!(text.lines().count() > 3);
            for line in text.lines() {
                let row = serde_json::from_str(line).unwrap();
                assert!(validator.is_valid(&row), "{line}");
            }
        }
    }
}
