//! Where findings about two versions stand.

use super::{EVENT, farm, with_barn};
use crate::project::Project;

/// A farm of two committed versions, of which the second breaks the first.
fn grown() -> Project {
    let farm = farm();
    farm.write("events/cow_fed.yaml", with_barn(""));
    farm.evt_ok(&["dump"]);
    farm.commit("second");
    farm
}

/// The path and the text of the line of the only finding.
fn place(farm: &Project, arguments: &[&str]) -> (String, String) {
    let run = farm.evt(&[arguments, &["--format", "json"]].concat()).exits(1);
    let report = run.json();
    let findings = report["findings"].as_array().expect("a report has findings");
    assert_eq!(findings.len(), 1, "{report}");
    let location = &findings[0]["location"];
    let file = location["file"].as_str().expect("a finding has a file").to_owned();
    let line = location["line"].as_u64().expect("a finding has a line");
    let path = file.split_once(':').map_or(file.as_str(), |(_, path)| path);
    let text = match file.split_once(':') {
        Some((commit, path)) => farm.git(&["show", &format!("{commit}:{path}")]),
        None => farm.read(path),
    };
    let line = text.lines().nth(usize::try_from(line).expect("a file has few lines") - 1);
    (file, line.expect("the line is there").trim().to_owned())
}

#[test]
fn of_versions_and_refs_it_is_the_line_of_the_schema_file() {
    let farm = grown();
    let (file, line) = place(&farm, &["compat", "cow_fed@1", "cow_fed@2"]);
    assert_eq!(file, "schemas/events.json");
    assert!(line.contains("\"name\": \"barn\""), "{line}");
    let commit = farm.git(&["rev-parse", "--short=10", "HEAD"]);
    let (file, line) = place(&farm, &["compat", "ref:HEAD~1", "ref:HEAD"]);
    assert_eq!(file, format!("{}:schemas/events.json", commit.trim()));
    assert!(line.contains("\"name\": \"barn\""), "{line}");
    // A field that is gone stands in the earlier version.
    let (_, line) = place(&farm, &["compat", "cow_fed@2", "cow_fed@1", "--mode", "forward"]);
    assert!(line.contains("\"name\": \"barn\""), "{line}");
}

#[test]
fn of_a_consumer_it_is_the_line_of_the_schema_file() {
    let farm = grown();
    let consumer = Project::empty().file("evt.toml", "[definitions]\npaths = []\n");
    consumer.write("schemas/events.json", farm.git(&["show", "HEAD~1:schemas/events.json"]));
    let consumer = consumer.git_init();
    consumer.write("schemas/events.json", farm.read("schemas/events.json"));
    for command in ["compat", "verify"] {
        let (file, line) = place(&consumer, &[command, "--against", "HEAD"]);
        assert_eq!(file, "schemas/events.json");
        assert!(line.contains("\"name\": \"barn\""), "{command}: {line}");
    }
}

#[test]
fn of_definitions_it_is_the_field_or_the_event() {
    let farm = farm();
    farm.write("events/cow_fed.yaml", with_barn(""));
    let (file, line) = place(&farm, &["compat"]);
    assert_eq!(file, "events/cow_fed.yaml");
    assert!(line.starts_with("barn:"), "{line}");
    farm.write("events/cow_fed.yaml", format!("{EVENT}compat: forward\n"));
    let run = farm.evt(&["compat", "--format", "json"]).exits(0).json();
    let location = &run["findings"][0]["location"];
    assert_eq!((&location["file"], &location["line"]), (&"events/cow_fed.yaml".into(), &1.into()));
}

#[test]
fn of_an_event_that_is_gone_it_is_its_entry() {
    let farm = farm();
    farm.write("events/cow_sold.yaml", EVENT.replace("cow_fed", "cow_sold").replace("fed", "sold"));
    farm.evt_ok(&["dump"]);
    farm.commit("second");
    farm.remove("events/cow_sold.yaml");
    let (file, line) = place(&farm, &["compat"]);
    assert_eq!(file, "schemas/events.json");
    assert_eq!(line, "\"event_name\": \"cow_sold\",");
}

#[test]
fn an_unknown_rule_is_told_with_what_was_meant() {
    let farm = farm();
    for key in ["allow", "accepts"] {
        let of = |rule: &str| format!("{}{key}: [{{ rule: {rule}, reason: So it is. }}]\n", with_barn(""));
        farm.write("events/cow_fed.yaml", of("field-required-aded"));
        let run = farm.evt(&["compat"]).exits(1).prints("unknown-value");
        run.prints("no rule is called `field-required-aded`").prints("did you mean `field-required-added`?");
    }
    let accepts = "accepts: [{ rule: unknown-key, reason: So it is. }]\n";
    farm.write("events/cow_fed.yaml", format!("{EVENT}{accepts}"));
    farm.evt(&["lint"]).exits(1).prints("`unknown-key` is no rule about two versions of an event");
}
