//! Git merges schema files with the merge driver that `evt init` sets up.

mod cherry_picks;
mod clones;
mod events;
mod numbers;
mod rebases;
mod refusals;
mod setup;
mod sides;

use crate::project::{COW_FED, Project};

/// Where the farm defines `cow_fed`.
const DEFINITION: &str = "events/cow_fed.yaml";

/// Where the schema file is.
const SCHEMA: &str = "schemas/events.json";

/// A committed farm whose git knows the driver, with `main` and `feature` at the same commit.
fn farm() -> Project {
    let farm = Project::farm().git_init();
    farm.evt_ok(&["init"]);
    farm.evt_ok(&["dump"]);
    farm.commit("farm");
    farm.git(&["branch", "feature"]);
    farm
}

/// A farm whose `evt.toml` names `main` as the base.
fn farm_with_base() -> Project {
    let farm = farm();
    farm.settings("[git]\nbase = \"main\"\n");
    farm.commit("base");
    farm.git(&["branch", "--force", "feature", "main"]);
    farm
}

/// Adds a commit to a branch: something changes, all is dumped.
fn commit_on(farm: &Project, branch: &str, change: impl FnOnce()) {
    farm.git(&["checkout", "--quiet", branch]);
    change();
    farm.evt_ok(&["dump"]);
    farm.commit(branch);
}

/// Main changes one line of `cow_fed`, the feature another one far from it, so that only the schema file conflicts.
fn change_on_both(farm: &Project) {
    commit_on(farm, "main", || farm.edit(DEFINITION, "type: float", "type: int"));
    commit_on(farm, "feature", || farm.edit(DEFINITION, "event_type: domain", "event_type: public"));
}

/// Merges a branch into the one that is checked out, which must not leave a conflict.
fn merge(farm: &Project, branch: &str) -> String {
    let run = farm.try_git(&["merge", "--no-edit", branch]).exits(0);
    run.stdout + &run.stderr
}

/// What tells the versions of `cow_fed` apart: its type, and that of its weight.
fn contracts(farm: &Project) -> Vec<String> {
    farm.versions("cow_fed").iter().map(contract).collect()
}

fn contract(entry: &serde_json::Value) -> String {
    let fields = entry["payload_fields"].as_array().expect("an entry has fields");
    let weight = fields.iter().find(|field| field["name"] == "weight").expect("there is a weight");
    format!("{} {}", text(&entry["event_type"]), text(&weight["type"]))
}

fn text(value: &serde_json::Value) -> &str {
    value.as_str().expect("it is text")
}

/// The same event by another name.
fn same_event(name: &str) -> String {
    COW_FED.replace("cow_fed", name)
}

/// Asserts that the merged file can be relied on, and that nothing is wrong once it is dumped.
fn assert_sound(farm: &Project) {
    farm.evt_ok(&["list", "--retired"]);
    farm.evt_ok(&["dump"]);
    farm.evt_ok(&["verify"]);
}
