//! Versions that are not committed yet are replaced, not followed.

use super::{DEFINITION, assert_settled, committed_farm, cow_fed, reshape, same_event, shapes};
use crate::project::Project;

#[test]
fn two_changes_before_a_commit_are_one_version() {
    let farm = committed_farm();
    reshape(&farm, "int");
    farm.write(DEFINITION, cow_fed("string"));
    farm.evt(&["verify"]).exits(1).prints("drift-event-changed").prints("draft version 2 would be replaced");
    farm.evt_ok(&["dump"]).prints("~ cow_fed@2  draft replaced");
    assert_eq!(shapes(&farm), ["float", "string"]);
    let versions = farm.versions("cow_fed");
    assert_eq!(versions[1]["previous"], versions[0]["fingerprint"]);
    assert_settled(&farm);
}

#[test]
fn a_change_that_is_taken_back_leaves_no_trace() {
    let farm = committed_farm();
    let before = farm.read("schemas/events.json");
    reshape(&farm, "int");
    farm.write(DEFINITION, cow_fed("float"));
    farm.evt_ok(&["dump"]).prints("~ cow_fed@1  draft cow_fed@2 dropped");
    assert_eq!(farm.read("schemas/events.json"), before);
}

#[test]
fn a_staged_version_is_still_a_draft() {
    let farm = committed_farm();
    reshape(&farm, "int");
    farm.git(&["add", "--all"]);
    reshape(&farm, "string");
    assert_eq!(shapes(&farm), ["float", "string"]);
}

#[test]
fn a_committed_version_is_no_draft() {
    let farm = committed_farm();
    reshape(&farm, "int");
    farm.commit("int");
    reshape(&farm, "string");
    assert_eq!(shapes(&farm), ["float", "int", "string"]);
}

#[test]
fn a_draft_can_be_changed_after_metadata_of_a_committed_version_was() {
    let farm = committed_farm();
    farm.edit(DEFINITION, "team-barn", "team-field");
    farm.evt_ok(&["dump"]);
    reshape(&farm, "int");
    reshape(&farm, "string");
    assert_eq!(shapes(&farm), ["float", "string"]);
    assert_settled(&farm);
}

#[test]
fn an_event_that_never_was_committed_is_forgotten_with_its_definition() {
    let farm = committed_farm();
    let before = farm.read("schemas/events.json");
    farm.write("events/cow_sold.yaml", same_event("cow_sold"));
    farm.evt_ok(&["dump"]);
    farm.remove("events/cow_sold.yaml");
    farm.evt(&["verify"]).exits(1).prints("drift-event-retired");
    farm.evt_ok(&["dump"]).prints("- cow_sold  draft forgotten");
    assert_eq!(farm.read("schemas/events.json"), before);
}

#[test]
fn an_event_that_goes_with_a_draft_on_top_retires_its_committed_version() {
    let farm = committed_farm();
    farm.write("events/cow_sold.yaml", same_event("cow_sold"));
    farm.evt_ok(&["dump"]);
    farm.commit("two events");
    reshape(&farm, "int");
    farm.remove(DEFINITION);
    farm.evt_ok(&["dump"]).prints("- cow_fed@1  retired");
    assert_eq!(shapes(&farm), ["float"]);
    assert_eq!(farm.versions("cow_fed")[0]["retired"], true);
    assert_settled(&farm);
}

#[test]
fn before_the_first_commit_all_is_draft() {
    let farm = Project::farm();
    farm.git(&["init", "--quiet", "."]);
    farm.evt_ok(&["dump"]);
    farm.write(DEFINITION, cow_fed("int"));
    farm.evt_ok(&["dump"]).prints("~ cow_fed@1  draft replaced");
    assert_eq!(shapes(&farm), ["int"]);
    assert_settled(&farm);
}

#[test]
fn without_git_there_are_no_drafts() {
    let farm = Project::farm();
    for weight in ["float", "int", "string"] {
        reshape(&farm, weight);
    }
    assert_eq!(shapes(&farm), ["float", "int", "string"]);
    farm.write("events/cow_sold.yaml", same_event("cow_sold"));
    farm.remove(DEFINITION);
    farm.evt_ok(&["dump"]).prints("- cow_fed@3  retired");
    assert_settled(&farm);
}

#[test]
fn squashing_turns_all_since_a_commit_into_one_version() {
    let farm = committed_farm();
    farm.git(&["checkout", "--quiet", "-b", "feature"]);
    for weight in ["int", "string", "decimal"] {
        reshape(&farm, weight);
        farm.commit(weight);
    }
    assert_eq!(shapes(&farm), ["float", "int", "string", "decimal"]);
    farm.evt_ok(&["dump", "--squash", "main"]);
    assert_eq!(shapes(&farm), ["float", "decimal"]);
    assert_settled(&farm);
    farm.evt_ok(&["verify", "--against", "main"]);
}

#[test]
fn squashing_drops_versions_that_lead_back_to_what_the_commit_holds() {
    let farm = committed_farm();
    let before = farm.read("schemas/events.json");
    for weight in ["int", "float"] {
        reshape(&farm, weight);
        farm.commit(weight);
    }
    farm.evt_ok(&["dump", "--squash", "HEAD~2"]);
    assert_eq!(farm.read("schemas/events.json"), before);
}

#[test]
fn squashing_forgets_events_that_came_and_went_since() {
    let farm = committed_farm();
    farm.write("events/cow_sold.yaml", same_event("cow_sold"));
    farm.evt_ok(&["dump"]);
    farm.commit("came");
    farm.remove("events/cow_sold.yaml");
    farm.evt_ok(&["dump"]);
    farm.commit("went");
    assert_eq!(farm.versions("cow_sold").len(), 1);
    farm.evt_ok(&["dump", "--squash", "HEAD~2"]);
    assert_eq!(farm.versions("cow_sold").len(), 0);
}

#[test]
fn squashing_needs_a_commit_that_git_knows() {
    let farm = committed_farm();
    let before = farm.read("schemas/events.json");
    farm.evt(&["dump", "--squash", "nowhere"]).exits(4).tells("git does not know `nowhere`");
    assert_eq!(farm.read("schemas/events.json"), before);
    let elsewhere = Project::farm();
    elsewhere.evt_ok(&["dump"]);
    elsewhere.evt(&["dump", "--squash", "HEAD"]).exits(4).tells("`--squash` needs a git repository");
}

#[test]
fn a_new_name_for_a_draft_leaves_no_trace_once_the_definition_forgets_the_old_one() {
    let farm = committed_farm();
    farm.write("events/cow_sold.yaml", same_event("cow_sold"));
    farm.evt_ok(&["dump"]);
    farm.remove("events/cow_sold.yaml");
    farm.write("events/cow_given.yaml", same_event("cow_given") + "renamed_from: cow_sold\n");
    farm.evt_ok(&["dump"]);
    farm.write("events/cow_given.yaml", same_event("cow_given"));
    farm.evt_ok(&["dump"]).prints("- cow_sold  draft forgotten");
    assert_eq!(farm.versions("cow_sold").len(), 0);
    assert_settled(&farm);
}

#[test]
fn a_draft_is_known_after_a_rebase_that_had_a_conflict() {
    let farm = committed_farm();
    farm.evt_ok(&["init"]);
    farm.commit("init");
    farm.git(&["checkout", "--quiet", "-b", "feature"]);
    reshape(&farm, "bool");
    farm.commit("bool");
    farm.git(&["checkout", "--quiet", "main"]);
    reshape(&farm, "date");
    farm.commit("date");
    farm.git(&["checkout", "--quiet", "feature"]);
    farm.try_git(&["rebase", "main"]).exits(1);
    farm.git(&["checkout", "--theirs", DEFINITION]);
    farm.evt_ok(&["dump"]);
    farm.git(&["add", "--all"]);
    farm.git(&["-c", "core.editor=true", "rebase", "--continue"]);
    // What git leaves behind, whether or not this git does.
    farm.write(".git/REBASE_HEAD", farm.git(&["rev-parse", "HEAD"]));
    reshape(&farm, "float");
    reshape(&farm, "int");
    assert_eq!(shapes(&farm), ["float", "date", "bool", "int"]);
}

#[test]
fn a_retired_draft_is_forgotten_whether_or_not_another_event_changes() {
    let farm = committed_farm();
    farm.write("events/cow_new.yaml", same_event("cow_new"));
    farm.evt_ok(&["dump"]);
    farm.commit("new");
    farm.remove("events/cow_new.yaml");
    farm.evt_ok(&["dump"]);
    farm.git(&["reset", "--quiet", "--soft", "HEAD~1"]);
    farm.evt_ok(&["dump"]).prints("- cow_new  draft forgotten");
    assert_settled(&farm);
}
