//! What is found when history is not that of the base.

use super::{DEFINITION, SCHEMA, farm_with, reshape, rewrite};
use crate::project::{COW_FED, Project};

fn rules_against_main(farm: &Project) -> Vec<String> {
    farm.evt(&["verify", "--against", "main", "--format", "json"]).exits(1).rules()
}

#[test]
fn a_whole_history_is_fine() {
    let farm = farm_with(&["float", "int"]);
    farm.git(&["checkout", "--quiet", "-b", "feature"]);
    reshape(&farm, "string");
    farm.evt_ok(&["verify", "--against", "main"]);
    farm.commit("string");
    farm.evt_ok(&["verify", "--against", "main"]);
}

#[test]
fn a_removed_version_is_found() {
    let farm = farm_with(&["float", "int"]);
    rewrite(&farm, &["float"]);
    assert_eq!(rules_against_main(&farm), ["history-version-removed"]);
}

#[test]
fn a_removed_event_is_found() {
    let farm = farm_with(&["float"]);
    farm.write("events/cow_sold.yaml", COW_FED.replace("cow_fed", "cow_sold"));
    farm.evt_ok(&["dump"]);
    farm.commit("two events");
    farm.remove("events/cow_sold.yaml");
    rewrite(&farm, &["float"]);
    assert_eq!(rules_against_main(&farm), ["history-version-removed"]);
    farm.evt(&["verify", "--against", "main"]).prints("the event `cow_sold`, version 1, is in the base");
}

#[test]
fn a_removed_schema_file_is_found() {
    let farm = farm_with(&["float"]);
    farm.remove(SCHEMA);
    assert_eq!(rules_against_main(&farm), ["drift-schema-missing", "history-version-removed"]);
}

#[test]
fn a_rewritten_version_is_found() {
    let farm = farm_with(&["float", "int"]);
    rewrite(&farm, &["float", "string"]);
    assert_eq!(rules_against_main(&farm), ["history-version-rewritten"]);
    farm.evt(&["verify", "--against", "main"])
        .prints("the contract of `cow_fed` version 2 is not that of the base");
}

#[test]
fn a_version_slipped_in_before_another_changes_its_previous() {
    let farm = farm_with(&["float", "int", "bool"]);
    rewrite(&farm, &["float", "string", "bool"]);
    assert_eq!(rules_against_main(&farm), ["history-version-rewritten", "history-version-rewritten"]);
    farm.evt(&["verify", "--against", "main"])
        .prints("`previous` of `cow_fed` version 3 is not that of the base");
}

#[test]
fn an_accepted_break_that_is_gone_is_found() {
    let farm = farm_with(&["float"]);
    let accepting = format!("{COW_FED}accepts:\n  - {{ rule: type-changed, reason: agreed }}\n");
    farm.write(DEFINITION, accepting);
    farm.evt_ok(&["dump"]);
    farm.commit("accepted");
    rewrite(&farm, &["float"]);
    assert_eq!(rules_against_main(&farm), ["history-accepts-removed"]);
}

#[test]
fn more_accepted_breaks_are_fine() {
    let farm = farm_with(&["float"]);
    let accepting = format!("{COW_FED}accepts:\n  - {{ rule: type-changed, reason: agreed }}\n");
    farm.write(DEFINITION, accepting);
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify", "--against", "main"]);
}

#[test]
fn other_metadata_and_retirement_are_no_matter_of_history() {
    let farm = farm_with(&["float"]);
    farm.edit(DEFINITION, "durable", "broker");
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify", "--against", "main"]);
    farm.remove(DEFINITION);
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify", "--against", "main"]);
}

#[test]
fn history_is_checked_while_definitions_are_wrong() {
    let farm = farm_with(&["float", "int"]);
    rewrite(&farm, &["float"]);
    farm.edit(DEFINITION, "type: float", "type: flaot");
    assert!(rules_against_main(&farm).contains(&"history-version-removed".to_owned()));
}

#[test]
fn a_base_that_went_on_is_compared_where_the_branches_part() {
    let farm = farm_with(&["float"]);
    farm.git(&["branch", "feature"]);
    reshape(&farm, "int");
    farm.commit("int");
    farm.git(&["checkout", "--quiet", "feature"]);
    reshape(&farm, "string");
    let run = farm.evt_ok(&["verify", "--against", "main"]);
    assert!(!run.stderr.contains("tip"), "{}", run.stderr);
}

#[test]
fn a_base_without_a_schema_file_holds_nothing_that_could_be_lost() {
    let farm = Project::farm().git_init();
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify", "--against", "main"]);
}
