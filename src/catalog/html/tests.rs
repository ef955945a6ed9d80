use serde_json::Value;

use super::escape::digest;
use super::{NAMES, html};
use crate::example::{farm, history};
use crate::sample::sample_text;
use crate::schema::Schema;

/// What stands between two texts, of which the first is there once.
fn between<'p>(page: &'p str, before: &str, after: &str) -> &'p str {
    assert_eq!(page.matches(before).count(), 1, "{before}");
    let (_, rest) = page.split_once(before).unwrap();
    rest.split_once(after).unwrap().0
}

/// What the page knows.
fn data(page: &str) -> Value {
    serde_json::from_str(between(page, "<script type=\"application/json\" id=\"data\">", "</script>"))
        .unwrap()
}

fn event<'d>(data: &'d Value, name: &str) -> &'d Value {
    let events = data["events"].as_array().unwrap();
    &events.iter().find(|event| event[0] == name).unwrap()[1]
}

/// What a version of an event says.
fn about<'d>(data: &'d Value, name: &str, number: usize) -> &'d Value {
    let place = event(data, name)[number - 1][1].as_u64().unwrap();
    &data["abouts"][usize::try_from(place).unwrap()]
}

/// The fields of a version of an event.
fn fields<'d>(data: &'d Value, name: &str, number: usize) -> Vec<&'d Value> {
    let places = event(data, name)[number - 1][2].as_array().unwrap();
    places.iter().map(|place| &data["fields"][usize::try_from(place.as_u64().unwrap()).unwrap()]).collect()
}

#[test]
fn the_page_knows_every_version_and_what_it_changed() {
    let data = data(&html(&farm(), None));
    let versions = event(&data, "cow_fed").as_array().unwrap();
    assert_eq!(versions.len(), 2);
    assert_eq!(versions[0][0], "b3b4cff5a824");
    assert!(versions[0].get(3).is_none());
    assert_eq!(
        versions[1][3],
        serde_json::json!(["- field `totals`", "+ deprecated: Use cow_given. (sunset 2027-01-31)"])
    );
}

#[test]
fn the_page_knows_what_an_event_says_of_itself() {
    let data = data(&html(&farm(), None));
    let said = about(&data, "cow_fed", 2);
    assert_eq!(
        *said,
        serde_json::json!({
            "type": "domain",
            "process": "durable",
            "description": "A cow was fed.\n\nOnce a day, *never* twice | at most.",
            "domain": "farm",
            "subject": "cow",
            "owner": "team-barn",
            "deprecated": { "reason": "Use cow_given.", "sunset": "2027-01-31" },
            "facts": [["Aggregate", "Cow by cow.id at cow.version"]],
            "inputs": [["cow", "required", "The cow <of ours>."], ["farmer", "optional", ""]],
        })
    );
    assert_eq!(about(&data, "cow_sold", 1)["renamed"], "cow_given");
    assert_eq!(about(&data, "cow_sold", 1)["retired"], 1);
}

#[test]
fn a_field_has_its_sample_and_a_row_for_each_place() {
    let data = data(&html(&farm(), None));
    let shown: Vec<String> = fields(&data, "cow_fed", 2).iter().map(ToString::to_string).collect();
    insta::assert_snapshot!(shown.join("\n"), @r#"
    ["  \"weight\": 1.5",[["weight","float","required",["min 0.5"],"kg","cow.weight",0,"Before, not after."]]]
    ["  \"farmer_name\": \"***\"",[["farmer_name","string","optional",[],"","farmer.name",1]]]
    ["  \"feeds\": [\n    {\n      \"sku\": \"AAA\",\n      \"price\": {\n        \"amount\": \"12.50\",\n        \"currency\": \"eur\"\n      }\n    }\n  ]",[["feeds","list<object>","required",["min length 1"],"","cow.feeds"],["feeds[].sku","string","required",["pattern ^[A-Z]{3}|x`$"]],["feeds[].price","Money","required"],["feeds[].price.amount","decimal","required",["min 0"]],["feeds[].price.currency","enum(eur, usd)","required, default \"eur\""]]]
    ["  \"tags\": []",[["tags","list<string>","required, default []",[],"","cow.tags"],["tags[]","string","",["max length 8"]]]]
    "#);
}

#[test]
fn fields_that_stay_are_written_once() {
    let data = data(&html(&farm(), None));
    let (first, second) = (fields(&data, "cow_fed", 1), fields(&data, "cow_fed", 2));
    assert_eq!((first.len(), second.len()), (5, 4));
    assert!(second.iter().all(|field| first.iter().any(|other| std::ptr::eq(*field, *other))));
}

#[test]
fn the_samples_of_the_fields_are_the_sample_of_the_event() {
    let schema = farm();
    let data = data(&html(&schema, None));
    for version in schema.versions() {
        let contract = &version.contract;
        let number = usize::try_from(version.number).unwrap();
        let samples: Vec<&str> = fields(&data, &contract.event_name, number)
            .iter()
            .map(|field| field[0].as_str().unwrap())
            .collect();
        assert_eq!(format!("{{\n{}\n}}", samples.join(",\n")), sample_text(contract));
    }
}

#[test]
fn the_same_schema_gives_the_same_bytes() {
    assert_eq!(html(&farm(), Some("urn:evt:farm")), html(&farm(), Some("urn:evt:farm")));
}

#[test]
fn a_project_without_events_has_a_page() {
    let page = html(&Schema::default(), None);
    assert_eq!(data(&page)["events"], serde_json::json!([]));
    assert!(page.contains("<li>none yet</li>"));
}

#[test]
fn the_policy_lets_the_own_script_and_the_own_style_alone_run() {
    let page = html(&farm(), None);
    let policy = between(&page, "http-equiv=\"Content-Security-Policy\" content=\"", "\"");
    let script = between(&page, "</script>\n<script>", "</script>");
    let style = between(&page, "<style>", "</style>");
    assert!(policy.starts_with("default-src 'none';"), "{policy}");
    for (kind, text) in [("script", script), ("style", style)] {
        assert!(policy.contains(&format!("{kind}-src 'sha256-{}';", digest(text))), "{kind}: {policy}");
    }
    assert!(!policy.contains("unsafe"), "{policy}");
}

#[test]
fn the_page_names_no_place_outside_of_it() {
    let page = html(&farm(), None);
    for mark in ["://", "src=", "@import", "url("] {
        assert!(!page.contains(mark), "{mark}");
    }
}

/// Definitions whose every text tries to break out of the page.
const HOSTILE: &str = r#"
subjects: { cow: {} }
---
event_name: cow_fed
event_type: "</script><script>alert(1)</script>"
subject: cow
description: "<!-- <script> \"quoted\" 'too' & \u2028\u2029 \u202e turned \e[31m\n\n</noscript><b>second</b>"
owner: "\"><img src=x onerror=alert(1)>"
deprecated: "</style><script>alert(2)</script>"
inputs: { cow: { description: "</script>" } }
payload:
  note: { type: string, from: cow.note, pattern: "</script>", unit: "<b>", description: "]]> --> </script>", examples: ["</script><!--"] }
"#;

#[test]
fn text_of_users_stays_data() {
    let page = html(&history(&[HOSTILE]), Some("</p><script>alert(3)</script>"));
    assert_eq!(page.matches("<script").count(), 2);
    assert_eq!(page.matches("</script").count(), 2);
    for mark in ["<!--", "<b>", "<img", "\u{1b}", "\u{202e}", "\u{2028}", "\u{2029}"] {
        assert!(!page.contains(mark), "{mark:?}");
    }
    let data = data(&page);
    let about = about(&data, "cow_fed", 1);
    assert_eq!(about["type"], "</script><script>alert(1)</script>");
    assert_eq!(about["owner"], "\"><img src=x onerror=alert(1)>");
    assert_eq!(
        about["description"],
        "<!-- <script> \"quoted\" 'too' & \\u{2028}\\u{2029} \\u{202e} turned \\u{1b}[31m\n\n</noscript><b>second</b>"
    );
    assert_eq!(fields(&data, "cow_fed", 1)[0][0], "  \"note\": \"</script><!--\"");
}

#[test]
fn only_the_first_names_of_very_many_are_listed_where_there_is_no_script() {
    let mut schema = farm();
    let version = schema.events["cow_fed"].clone();
    schema.events.extend((0..NAMES).map(|number| (format!("<event_{number:05}>"), version.clone())));
    let page = html(&schema, None);
    let list = between(&page, "<ul>\n", "</ul>");
    assert_eq!(list.lines().count(), NAMES + 1);
    assert!(list.starts_with("<li>&lt;event_00000&gt;</li>\n"), "{list:.200}");
    assert!(list.ends_with("<li>and 4 more, which <code>evt list</code> prints</li>\n"));
}
