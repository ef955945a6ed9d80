//! Single commits that are taken over.

use super::{DEFINITION, assert_sound, change_on_both, commit_on, contracts, farm, same_event};

#[test]
fn a_picked_version_follows_after_those_that_are_there() {
    let farm = farm();
    change_on_both(&farm);
    farm.git(&["checkout", "--quiet", "main"]);
    farm.git(&["cherry-pick", "feature"]);
    assert_eq!(contracts(&farm), ["domain float", "domain int", "public float"]);
    assert_sound(&farm);
}

#[test]
fn a_picked_event_brings_nothing_else() {
    let farm = farm();
    commit_on(&farm, "main", || farm.write("events/cow_named.yaml", same_event("cow_named")));
    commit_on(&farm, "feature", || farm.write("events/cow_sold.yaml", same_event("cow_sold")));
    farm.git(&["checkout", "--quiet", "main"]);
    farm.git(&["cherry-pick", "feature"]);
    farm.evt_ok(&["verify"]);
    assert_eq!(farm.versions("cow_sold").len(), 1);
}

#[test]
fn a_pick_that_stops_can_be_dumped_and_continued() {
    let farm = farm();
    commit_on(&farm, "main", || farm.edit(DEFINITION, "type: float", "type: int"));
    commit_on(&farm, "feature", || farm.edit(DEFINITION, "type: float", "type: string"));
    farm.git(&["checkout", "--quiet", "main"]);
    farm.try_git(&["cherry-pick", "feature"]).exits(1);
    assert_eq!(contracts(&farm), ["domain float", "domain int", "domain string"]);
    farm.git(&["checkout", "--theirs", DEFINITION]);
    farm.evt_ok(&["dump"]);
    farm.git(&["add", "--all"]);
    farm.git(&["-c", "core.editor=true", "cherry-pick", "--continue"]);
    assert_eq!(contracts(&farm), ["domain float", "domain int", "domain string"]);
    assert_sound(&farm);
}
