//! `evt compat`, and what `evt verify` says of breaks.

mod bases;
mod judged;
mod places;

use std::fmt::Write as _;
use std::path::Path;

use evt::rule::{self, Severity};

use crate::project::Project;

const EVENT: &str = "event_name: cow_fed
event_type: domain
subject: cow
description: A cow was fed.
owner: team-barn
inputs: { cow: required }
payload:
  weight: { type: float, from: cow.weight }
";

/// A farm whose first version is committed, under the mode of a project that says nothing.
fn farm() -> Project {
    let farm = Project::farm().file("evt.toml", "").file("events/cow_fed.yaml", EVENT).git_init();
    farm.evt_ok(&["dump"]);
    farm.commit("first");
    farm
}

fn with_barn(flags: &str) -> String {
    format!("{EVENT}  barn: {{ type: string, from: cow.barn{flags} }}\n")
}

#[test]
fn a_break_is_told_with_a_payload_and_a_way_out() {
    let farm = farm();
    farm.write("events/cow_fed.yaml", with_barn(""));
    let run = farm.evt(&["compat", "--against", "HEAD"]).exits(1);
    let told = "`cow_fed`: `barn` is required in version 2, and version 1 has no such field";
    run.prints(told)
        .prints("version 1 may write this, version 2 refuses it: {\"weight\":1.5}")
        .prints("make the field optional, or give it a default")
        .prints("events/cow_fed.yaml:9");
    farm.evt_ok(&["dump"]);
    farm.evt(&["verify", "--against", "HEAD"]).exits(1).prints(told);
}

#[test]
fn what_breaks_nobody_is_fine() {
    let farm = farm();
    farm.write("events/cow_fed.yaml", with_barn(", required: false"));
    farm.evt_ok(&["compat", "--against", "HEAD"]).tells("nothing is broken");
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify", "--against", "HEAD"]);
}

#[test]
fn the_mode_is_that_of_the_event_its_domain_or_the_project() {
    let farm = farm();
    farm.write("events/cow_fed.yaml", with_barn(""));
    farm.evt_ok(&["compat", "--against", "HEAD", "--mode", "forward"]);
    farm.write("evt.toml", "[compat]\nmode = \"forward\"\n");
    farm.evt_ok(&["compat", "--against", "HEAD"]);
    farm.write("evt.toml", "[compat]\nmode = \"full\"\ndomain = { herd = \"forward\" }\n");
    farm.evt(&["compat", "--against", "HEAD"]).exits(1);
    farm.write(
        "events/cow_fed.yaml",
        with_barn("").replace("subject: cow\n", "subject: cow\ndomain: herd\n"),
    );
    farm.evt_ok(&["compat", "--against", "HEAD"]);
    farm.evt(&["compat", "--mode", "sideways"]).exits(2).tells("backward_transitive");
}

#[test]
fn an_earlier_version_counts_where_the_mode_is_transitive() {
    let farm = farm();
    farm.write("events/cow_fed.yaml", with_barn(", required: false"));
    farm.evt_ok(&["dump"]);
    farm.commit("second");
    farm.write("events/cow_fed.yaml", with_barn(", required: false, default: main").replace("float", "int"));
    let rules = |mode: &str| {
        farm.evt(&["compat", "--against", "HEAD", "--mode", mode, "--format", "json"]).exits(1).rules()
    };
    assert_eq!(rules("backward"), ["type-narrowed"]);
    farm.write("events/cow_fed.yaml", with_barn(""));
    assert_eq!(rules("backward"), ["field-became-required"]);
    assert_eq!(rules("backward_transitive"), ["field-became-required", "field-required-added"]);
}

#[test]
fn a_break_that_is_accepted_with_its_version_passes_and_stays_proven() {
    let farm = farm();
    let accepts = "accepts: [{ rule: field-required-added, path: barn, reason: Rows are younger. }]\n";
    farm.write("events/cow_fed.yaml", format!("{}{accepts}", with_barn("")));
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify", "--against", "HEAD"]);
    farm.commit("accepted");
    farm.evt_ok(&["verify", "--against", "HEAD"]);
}

#[test]
fn what_nothing_breaks_is_not_accepted_for_good() {
    let farm = farm();
    let accepts = "accepts: [{ rule: field-required-added, path: barn, reason: Rows are younger. }]\n";
    farm.write("events/cow_fed.yaml", format!("{}{accepts}", with_barn("")));
    farm.evt_ok(&["dump"]);
    farm.commit("accepted");
    let before = farm.read("schemas/events.json");
    let vain = accepts.replace("barn", "weight");
    farm.write("events/cow_fed.yaml", format!("{}{vain}", with_barn("")));
    let run = farm.evt(&["dump"]).exits(1).prints("accepts-unproven").prints("events/cow_fed.yaml:");
    run.prints("which it does not break");
    assert_eq!(farm.read("schemas/events.json"), before);
    // What somebody wrote there by hand, or an earlier evt did, is a matter of verify.
    farm.write("evt.toml", farm.read("evt.toml") + "[rules]\naccepts-unproven = \"off\"\n");
    farm.evt_ok(&["dump"]);
    farm.commit("vain");
    farm.edit("evt.toml", "accepts-unproven = \"off\"\n", "");
    farm.evt_ok(&["dump"]);
    let rules = farm.evt(&["verify", "--against", "HEAD", "--format", "json"]).exits(1).rules();
    assert_eq!(rules, ["accepts-unproven"]);
}

#[test]
fn a_rule_can_be_allowed_for_a_while() {
    let farm = farm();
    let allowed = |until: &str| {
        let allow = format!("allow: [{{ rule: field-required-added, reason: Rows are younger.{until} }}]\n");
        farm.write("events/cow_fed.yaml", format!("{}{allow}", with_barn("")));
        farm.evt(&["compat", "--against", "HEAD", "--format", "json"])
    };
    assert!(allowed("").exits(0).rules().is_empty());
    assert!(allowed(", until: 9999-12-31").exits(0).rules().is_empty());
    assert_eq!(allowed(", until: 2020-01-31").exits(1).rules(), ["allow-expired", "field-required-added"]);
    farm.evt_ok(&["dump"]);
    farm.commit("second");
    assert_eq!(allowed("").exits(0).rules(), ["allow-unused"]);
}

#[test]
fn an_event_goes_with_a_word() {
    let farm = farm();
    farm.write("events/cow_sold.yaml", EVENT.replace("cow_fed", "cow_sold").replace("fed", "sold"));
    farm.evt_ok(&["dump"]);
    farm.commit("second");
    farm.remove("events/cow_sold.yaml");
    let rules = farm.evt(&["compat", "--against", "HEAD", "--format", "json"]).exits(1).rules();
    assert_eq!(rules, ["event-removed"]);
    farm.write("events/gone.yaml", "removed: { cow_sold: { reason: The farm gives cows away. } }\n");
    farm.evt_ok(&["compat", "--against", "HEAD"]);
}

#[test]
fn versions_and_refs_are_compared_with_each_other() {
    let farm = farm();
    farm.write("events/cow_fed.yaml", with_barn(""));
    farm.evt_ok(&["dump"]);
    farm.commit("second");
    let first = "`barn` is required in version 2, and version 1 has no such field";
    farm.evt(&["compat", "cow_fed@1", "cow_fed@2"]).exits(1).prints(first);
    farm.evt(&["compat", "ref:HEAD~1", "ref:HEAD"]).exits(1).prints(first);
    farm.evt(&["compat", "cow_fed@2", "cow_fed@1"]).exits(1).prints("`barn` is required in version 2");
    farm.evt(&["compat", "cow_fed@1", "ref:HEAD"]).exits(2).tells("name two of a kind");
    farm.evt_ok(&["compat"]).tells("nothing is broken");
    farm.evt(&["compat", "--against", "nowhere"]).exits(4).tells("git does not know `nowhere`");
}

#[test]
fn a_severity_can_be_set() {
    let farm = farm();
    farm.write("events/cow_fed.yaml", with_barn(""));
    farm.write("evt.toml", "[rules]\nfield-required-added = \"warn\"\n");
    let rules = farm.evt(&["compat", "--against", "HEAD", "--format", "json"]).exits(0).rules();
    assert_eq!(rules, ["field-required-added"]);
    farm.write("evt.toml", "[rules]\nfield-required-added = \"off\"\n");
    farm.evt_ok(&["compat", "--against", "HEAD"]).tells("nothing is broken");
}

/// The table of `docs/compatibility.md` (`EVT_BLESS=1` writes it anew).
#[test]
fn the_table_of_the_page_is_that_of_the_rules() {
    let letter = |severity: Option<Severity>| match severity {
        Some(Severity::Error) => "E",
        Some(Severity::Warn) => "W",
        Some(Severity::Info) | None => "–",
    };
    let mut table =
        "| rule | | backward | forward | full | why | instead |\n|---|---|---|---|---|---|---|\n".to_owned();
    for rule in rule::all() {
        let Some(compat) = &rule.compat else { continue };
        let [backward, forward, full] = [compat.backward, compat.forward, compat.full].map(letter);
        let (id, kind, why, instead) = (rule.id, compat.kind, rule.why, compat.way_out);
        writeln!(table, "| `{id}` | {kind} | {backward} | {forward} | {full} | {why} | {instead} |")
            .expect("a string takes what is written");
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/compatibility.md");
    let page = std::fs::read_to_string(&path).expect("the page is there");
    let words = page.split("| rule |").next().expect("a text has a beginning");
    let expected = format!("{words}{table}");
    if std::env::var_os("EVT_BLESS").is_some() {
        std::fs::write(&path, &expected).expect("the page can be written");
    }
    assert!(page == expected || std::env::var_os("EVT_BLESS").is_some(), "EVT_BLESS=1 rewrites the table");
}
