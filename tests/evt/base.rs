//! What `verify` compares history with.

mod choice;
mod history;
mod places;
mod references;
mod shallow;
mod unreadable;
mod without_git;

use crate::project::{COW_FED, Project};

/// Where the farm defines `cow_fed`.
const DEFINITION: &str = "events/cow_fed.yaml";

/// Where the schema file is.
const SCHEMA: &str = "schemas/events.json";

/// Gives the weight another type and dumps.
fn reshape(farm: &Project, weight: &str) {
    farm.write(DEFINITION, COW_FED.replace("type: float", &format!("type: {weight}")));
    farm.evt_ok(&["dump"]);
}

/// The schema file of a farm whose weight had these types, one version each.
fn history(weights: &[&str]) -> String {
    let farm = Project::farm();
    for weight in weights {
        reshape(&farm, weight);
    }
    farm.read(SCHEMA)
}

/// A committed farm whose weight had these types, one version each.
fn farm_with(weights: &[&str]) -> Project {
    let farm = Project::farm().file(SCHEMA, history(weights));
    reshape(&farm, weights.last().expect("there is a version"));
    farm.git_init()
}

/// Replaces the history; the definition is that of its latest version.
fn rewrite(farm: &Project, weights: &[&str]) {
    farm.write(SCHEMA, history(weights));
    reshape(farm, weights.last().expect("there is a version"));
}

/// A clone of a farm, as a server would give it.
fn clone(farm: &Project, options: &[&str]) -> Project {
    let copy = Project::empty();
    let url = format!("file://{}", farm.path("").display());
    copy.git(&[&["clone", "--quiet"], options, &[&url, "."]].concat());
    copy
}
