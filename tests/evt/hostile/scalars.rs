//! Words that other readers of YAML take for something else, tags, merge keys and repeated keys.

use std::fmt::Write as _;

use super::{BODY, accepted, event, project, refused};

#[test]
fn a_scalar_is_its_text_where_text_is_wanted() {
    let words = ["no", "on", "yes", "y", "true", "012", "1_000", "0x1F", "0o17", "1e3", ".inf", "12:30:45"];
    for word in words.into_iter().chain(["2027-01-31", "null", "~", "NULL", "=", "-1", "é", "'no'", "\"no\""])
    {
        let project = project(format!("event_name: cow_fed\ndescription: {word}\nowner: {word}\n{BODY}"));
        accepted(&project);
        let written = word.trim_matches(['\'', '"']);
        assert_eq!(project.versions("cow_fed")[0]["description"], written);
        assert_eq!(project.versions("cow_fed")[0]["owner"], written);
    }
}

#[test]
fn a_key_without_a_value_is_refused_where_text_is_wanted() {
    for key in ["description", "owner", "domain", "process_type", "compat", "aggregate", "partition_key"] {
        refused(&project(format!("event_name: cow_fed\n{key}:\n{BODY}")), &["wrong-kind"]);
    }
    refused(&project(format!("event_name:\n{BODY}")), &["wrong-kind"]);
    refused(&project(format!("event_name: ''\n{BODY}")), &["wrong-kind"]);
}

#[test]
fn only_true_and_false_are_truth_values() {
    for word in ["no", "yes", "on", "off", "0", "1", "'true'", "~"] {
        let text =
            event("cow_fed").replace("from: cow.weight", &format!("from: cow.weight, required: {word}"));
        refused(&project(text), &["wrong-kind"]);
    }
}

#[test]
fn numbers_of_other_notations_are_no_lengths() {
    for word in ["1_000", "1e3", "many", "-1", "1.5", "99999999999999999999", "''"] {
        let text = event("cow_fed")
            .replace("float, from: cow.weight", &format!("string, from: cow.weight, max_length: {word}"));
        refused(&project(text), &["wrong-kind"]);
    }
}

#[test]
fn tags_are_refused() {
    for tag in ["!!str", "!cow", "!<tag:example.com,2000:cow>", "!!python/object/apply:os.system", "!!binary"]
    {
        refused(&project(format!("event_name: {tag} cow_fed\n{BODY}")), &["yaml-feature"]);
    }
}

#[test]
fn merge_keys_are_refused() {
    let text = format!("x-shared: &shared {{ owner: team }}\nevent_name: cow_fed\n<<: *shared\n{BODY}");
    refused(&project(text), &["yaml-feature"]);
    let quoted = project(format!("event_name: cow_fed\n\"<<\": x\n{BODY}"));
    refused(&quoted, &["unknown-key"]);
}

#[test]
fn keys_that_are_no_scalars_are_refused() {
    refused(&project(format!("event_name: cow_fed\n? [a, b]\n: c\n{BODY}")), &["yaml-feature"]);
    refused(&project(format!("event_name: cow_fed\n{{a: b}}: c\n{BODY}")), &["yaml-feature"]);
}

#[test]
fn repeated_keys_are_refused_at_any_depth() {
    refused(&project(format!("{}owner: a\nowner: b\n", event("cow_fed"))), &["duplicate-key"]);
    refused(
        &project(format!("{}x-note: {{ a: {{ b: [{{ c: 1, c: 2 }}] }} }}\n", event("cow_fed"))),
        &["duplicate-key"],
    );
    refused(&project(format!("{}\"ow\\x6eer\": a\nowner: b\n", event("cow_fed"))), &["duplicate-key"]);
}

#[test]
fn the_last_of_20_000_keys_repeated_is_found_quickly() {
    let mut text = format!("{}x-many:\n", event("cow_fed"));
    for key in (0..20_000).chain([19_999]) {
        writeln!(text, "  key_{key}: {key}").expect("text can be written to");
    }
    refused(&project(text), &["duplicate-key"]);
}
