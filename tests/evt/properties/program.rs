//! The whole program: the same definitions give the same bytes.

use evt::event::Contract;
use proptest::prelude::*;

use super::cases;
use super::contracts::contract;
use super::yaml::{Spelling, document};
use crate::project::Project;

const CONFIG: &str = "[rules]\nenum-value-name = \"off\"\n";

proptest! {
    #![proptest_config(cases(4))]

    #[test]
    fn the_same_definitions_give_the_same_bytes_wherever_they_stand(
        contracts in (contract("a_fed"), contract("b_fed"), contract("c_fed"))
    ) {
        let [a, b, c] = [&contracts.0, &contracts.1, &contracts.2].map(write);
        let one = dumped(&[("events/a.yaml", &a), ("events/b.yaml", &b), ("events/c.yaml", &c)]);
        let again = dumped(&[("events/a.yaml", &a), ("events/b.yaml", &b), ("events/c.yaml", &c)]);
        prop_assert_eq!(&again, &one);
        let together = format!("{b}\n---\n{c}\n");
        let moved = dumped(&[("events/z/y/x.yml", &a), ("events/0/both.yaml", &together)]);
        prop_assert_eq!(&moved, &one);
    }
}

fn write(contract: &Contract) -> String {
    document(contract, Spelling::Short)
}

/// The schema file that a dump writes, and a second one leaves as it is.
fn dumped(files: &[(&str, &str)]) -> String {
    let project = Project::empty().file("evt.toml", CONFIG);
    for (path, text) in files {
        project.write(path, text);
    }
    project.evt_ok(&["dump"]);
    let text = project.read("schemas/events.json");
    project.evt_ok(&["dump"]);
    assert_eq!(project.read("schemas/events.json"), text);
    project.evt_ok(&["verify"]);
    text
}
