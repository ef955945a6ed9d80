//! Changes that are easily misjudged.

use super::{EVENT, farm};
use crate::project::{Project, Run};

fn event(payload: &str) -> String {
    let head = EVENT.split_once("payload:").expect("it has one").0;
    format!("{head}payload:\n{payload}")
}

/// A farm in which one version after the other was committed, and what `evt compat` says of the last.
fn after(versions: &[&str], arguments: &[&str]) -> Run {
    let farm = farm();
    let (last, earlier) = versions.split_last().expect("there is a last one");
    for payload in earlier {
        farm.write("events/cow_fed.yaml", event(payload));
        farm.evt_ok(&["dump"]);
        farm.commit("next");
    }
    farm.write("events/cow_fed.yaml", event(last));
    farm.evt(&[&["compat", "--against", "HEAD"], arguments].concat())
}

#[test]
fn a_promise_that_is_given_up_is_told_by_the_one_that_was_made() {
    let farm = farm();
    let weight = "payload:\n  weight: { type: float, from: cow.weight }";
    let weaker =
        EVENT.replace(weight, "compat: none\npayload:\n  weight: { type: string, from: cow.weight }");
    farm.write("events/cow_fed.yaml", weaker);
    farm.evt_ok(&["compat"]).prints("compat-weakened").prints("its mode was `full`, and is `none`");
}

#[test]
fn settings_that_promise_less_are_told_once() {
    let farm = farm();
    farm.write("evt.toml", "[compat]\nmode = \"backward\"\ndomain = { lab = \"none\" }\n");
    let run = farm.evt_ok(&["compat"]);
    run.prints("`[compat] mode` was `full`, and is `backward`: events promise less than before")
        .prints("`[compat] domain` `lab` was `full`, and is `none`");
    farm.evt_ok(&["verify", "--against", "HEAD"]).prints("compat-weakened");
    farm.commit("weaker");
    farm.evt_ok(&["compat"]).tells("nothing is broken");
}

#[test]
fn breaks_of_metadata_are_accepted_for_good() {
    let farm = farm();
    let broker = format!("{EVENT}process_type: broker\n");
    farm.write("events/cow_fed.yaml", &broker);
    farm.evt_ok(&["dump"]);
    farm.commit("to the broker");
    let accepts = "accepts: [{ rule: delivery-changed, reason: Nobody listens. }]";
    farm.write("events/cow_fed.yaml", format!("{EVENT}process_type: durable\n{accepts}\n"));
    farm.evt_ok(&["compat"]).tells("nothing is broken");
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify", "--against", "HEAD"]);
    farm.commit("durable");
    farm.evt_ok(&["verify", "--against", "HEAD"]);
}

#[test]
fn of_breaks_at_one_place_the_worst_is_told() {
    let kilograms = "  weight: { type: int, from: cow.weight, unit: kg }\n";
    let none = "  weight: { type: int, from: cow.weight }\n";
    let pounds = "  weight: { type: int, from: cow.weight, unit: lb }\n";
    let run = after(&[kilograms, none, pounds], &["--mode", "full_transitive"]);
    run.exits(1).prints("the unit of `weight` was `kg`, and is `lb`");
}

#[test]
fn every_constraint_of_a_place_is_told() {
    let wide = "  weight: { type: int, from: cow.weight, min: 0, max: 100 }\n";
    let narrow = "  weight: { type: int, from: cow.weight, min: 10, max: 50 }\n";
    after(&[wide, narrow], &[]).exits(1).prints("`weight` has min `10`").prints("`weight` has max `50`");
}

#[test]
fn every_event_of_a_family_is_told() {
    let family = |kind: &str| {
        format!(
            "lifecycle: [started, completed]\nsubject: cow\nevent_type: domain\ninputs: {{ cow: required }}\n\
             payload: {{ weight: {{ type: {kind}, from: cow.weight }} }}\n"
        )
    };
    let farm = farm();
    farm.write("events/milking.yaml", family("int"));
    farm.evt_ok(&["dump"]);
    farm.commit("milking");
    farm.write("events/milking.yaml", family("string"));
    farm.evt(&["compat"]).exits(1).prints("`cow_started`: ").prints("`cow_completed`: ");
}

#[test]
fn one_verb_of_a_family_allows_and_accepts_for_itself() {
    let family = |more: &str| {
        format!(
            "lifecycle: [started, failed]\nsubject: cow\nevent_type: domain\nowner: team-barn\n\
             description: Milking went on.\ninputs: {{ cow: required }}\n\
             payload: {{ weight: {{ type: int, from: cow.weight }} }}\non:\n  failed:\n{more}"
        )
    };
    let farm = farm();
    farm.write(
        "events/milking.yaml",
        family("    payload: { reason: { type: string, from: cow.reason } }\n"),
    );
    farm.evt_ok(&["dump"]);
    farm.commit("milking");
    let broken = "    payload: { reason: { type: int, from: cow.reason } }\n    \
                  accepts: [{ rule: type-changed, path: reason, reason: Nobody reads it. }]\n";
    farm.write("events/milking.yaml", family(broken));
    farm.evt_ok(&["compat"]).tells("nothing is broken");
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify", "--against", "HEAD"]);
    farm.commit("broken");
    let allowed = "    payload: { reason: { type: int, from: cow.reason, min: 0 } }\n    \
                   accepts: [{ rule: type-changed, path: reason, reason: Nobody reads it. }]\n    \
                   allow: [{ rule: constraint-tightened, reason: No reason is below 0. }]\n";
    farm.write("events/milking.yaml", family(allowed));
    farm.evt_ok(&["compat"]).tells("nothing is broken");
}

#[test]
fn a_default_that_rows_of_an_earlier_version_read_is_told() {
    let without = "  weight: { type: float, from: cow.weight }\n";
    let with = |default: u32| format!("{without}  age: {{ type: int, from: cow.age, default: {default} }}\n");
    let transitive: &[&str] = &["--mode", "full_transitive"];
    after(&[without, &with(5), &with(6)], transitive).exits(0).prints("field-default-changed");
    after(&[&with(5), &with(6)], &[]).exits(0).tells("nothing is broken");
}

#[test]
fn deep_types_are_compared_at_once() {
    let mut object = "int".to_owned();
    let mut map = "string".to_owned();
    for _ in 0..20 {
        object = format!("{{ object: {{ a: {{ type: {object}, required: false }} }} }}");
        map = format!("map<{map}>");
    }
    let field = |kind: &str| format!("  deep: {{ type: {kind}, from: cow.deep }}\n");
    let began = std::time::Instant::now();
    after(&[&field(&object), &field(&format!("'{map}'"))], &[]).exits(1).prints("type-changed");
    assert!(began.elapsed().as_secs() < 20, "{:?}", began.elapsed());
}

#[test]
fn a_witness_is_found_and_is_the_smallest() {
    let shows = |before: &str, after_it: &str, payload: &str| {
        after(&[before, after_it], &[]).exits(1).prints(payload);
    };
    shows(
        "  weight: { type: int, from: cow.weight, min: 10, max: 20 }\n",
        "  weight: { type: string, from: cow.weight }\n",
        "refuses it: {\"weight\":10}",
    );
    shows(
        "  note: { type: string, from: cow.note, min_length: 300 }\n",
        "  note: { type: string, from: cow.note, min_length: 300 }\n  barn: { type: int, from: cow.barn }\n",
        "`barn` is required in version 3",
    );
    shows(
        "  at: { type: { object: { x: { type: int }, y: { type: int, required: false } } }, from: cow.at }\n",
        "  at: { type: { object: { x: { type: int, max: 5 }, y: { type: int, required: false } } }, from: cow.at }\n",
        "refuses it: {\"at\":{\"x\":6}}",
    );
}

#[test]
fn renames_are_suspected_whatever_the_notes_and_the_order_of_values() {
    let before = "  state: { type: { enum: [x, y] }, from: cow.state }\n";
    let after_it = "  mood: { type: { enum: [y, x] }, from: cow.mood }\n";
    after(&[before, after_it], &[]).prints("field-rename-suspected");
}

#[test]
fn an_object_that_becomes_a_map_of_floats_loses_digits() {
    let before = "  sums: { type: { object: { a: { type: int } } }, from: cow.sums }\n";
    let after_it = "  sums: { type: map<float>, from: cow.sums }\n";
    after(&[before, after_it], &["--mode", "backward"]).exits(0).prints("type-widened-lossy");
}

#[test]
fn refs_know_why_an_event_went() {
    let farm = farm();
    farm.write(
        "events/barn_opened.yaml",
        EVENT.replace("cow_fed", "barn_opened").replace("subject: cow\n", ""),
    );
    farm.evt_ok(&["dump"]);
    farm.commit("barn");
    farm.remove("events/barn_opened.yaml");
    farm.write("events/removed.yaml", "removed: { barn_opened: { reason: It stays shut. } }\n");
    farm.evt_ok(&["dump"]);
    farm.commit("no barn");
    farm.evt_ok(&["compat", "ref:HEAD~1", "ref:HEAD"]).tells("nothing is broken");
    farm.git(&["checkout", "--quiet", "HEAD~2", "--", "schemas"]);
    farm.commit("lost");
    farm.evt(&["compat", "ref:HEAD~1", "ref:HEAD"])
        .exits(1)
        .prints("`barn_opened` is gone from the schema file");
}

#[test]
fn what_lies_behind_the_base_is_not_compared_with_it() {
    let farm = farm();
    farm.git(&["branch", "feature"]);
    let broken = event("  weight: { type: string, from: cow.weight }\n")
        + "accepts: [{ rule: type-changed, path: weight, reason: Nobody weighs. }]\n";
    farm.write("events/cow_fed.yaml", broken);
    farm.evt_ok(&["dump"]);
    farm.commit("on main");
    farm.git(&["checkout", "--quiet", "feature"]);
    let copy = Project::empty();
    let url = format!("file://{}", farm.path("").display());
    copy.git(&["clone", "--quiet", "--depth", "1", "--no-single-branch", "--branch", "feature", &url, "."]);
    copy.evt(&["compat", "--against", "origin/main"])
        .exits(1)
        .prints("history-version-removed")
        .prints("merge the base into this branch");
}

#[test]
fn a_new_event_that_allows_what_it_does_not_break_is_told() {
    let farm = farm();
    let allow = "allow: [{ rule: enum-value-added, reason: in time }]\n";
    farm.write("events/cow_sold.yaml", EVENT.replace("cow_fed", "cow_sold") + allow);
    farm.evt(&["compat"]).prints("`cow_sold` allows `enum-value-added`, which it does not break");
}

#[test]
fn one_side_alone_is_answered_with_what_was_meant() {
    let farm = farm();
    farm.evt(&["compat", "ref:main"]).exits(2).tells("`evt compat --against main`");
}

#[test]
fn how_a_break_passes_is_told() {
    let farm = farm();
    farm.write("events/cow_fed.yaml", event("  weight: { type: string, from: cow.weight }\n"));
    farm.evt(&["compat"]).exits(1).tells("passes by `accepts` (for good) or `allow` (for a while)");
    farm.evt_ok(&["dump"]);
    farm.evt(&["verify", "--against", "HEAD"]).exits(1).tells("passes by `accepts`");
}

#[test]
fn a_dump_says_that_it_does_not_know_the_base() {
    let farm = farm();
    farm.write("evt.toml", "[git]\nbase = \"origin/nope\"\n");
    farm.write("events/cow_fed.yaml", event("  weight: { type: string, from: cow.weight }\n"));
    farm.evt_ok(&["dump"]);
    farm.write("events/cow_fed.yaml", event("  weight: { type: bool, from: cow.weight }\n"));
    farm.evt_ok(&["dump"])
        .tells("git does not know `origin/nope`: versions that it alone holds count as drafts");
}
