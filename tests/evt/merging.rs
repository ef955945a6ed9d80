//! The rules by which definitions are merged into the schema file.

mod bases;
mod deleted;
mod drafts;
mod elsewhere;
mod merges;
mod metadata;
mod retirement;
mod versions;

use crate::project::{COW_FED, Project};

/// Where the farm defines `cow_fed`.
const DEFINITION: &str = "events/cow_fed.yaml";

/// A farm with its schema file, in a repository where all is committed.
fn committed_farm() -> Project {
    let farm = Project::farm();
    farm.evt_ok(&["dump"]);
    farm.git_init()
}

/// `cow_fed`, with another type of its weight.
fn cow_fed(weight: &str) -> String {
    COW_FED.replace("type: float", &format!("type: {weight}"))
}

/// The same event by another name.
fn same_event(name: &str) -> String {
    COW_FED.replace("cow_fed", name)
}

/// Gives the weight another type and dumps.
fn reshape(farm: &Project, weight: &str) {
    farm.write(DEFINITION, cow_fed(weight));
    farm.evt_ok(&["dump"]);
}

/// The type of the weight, version by version.
fn shapes(farm: &Project) -> Vec<String> {
    let weight = |entry: serde_json::Value| {
        let fields = entry["payload_fields"].as_array().expect("an entry has fields").clone();
        let field = fields.into_iter().find(|field| field["name"] == "weight").expect("it has a weight");
        field["type"].as_str().expect("scalar types are text").to_owned()
    };
    farm.versions("cow_fed").into_iter().map(weight).collect()
}

/// Asserts that nothing is left to dump and nothing is wrong.
fn assert_settled(farm: &Project) {
    let schema = farm.read("schemas/events.json");
    farm.evt_ok(&["dump"]);
    assert_eq!(farm.read("schemas/events.json"), schema);
    farm.evt_ok(&["verify"]);
}
