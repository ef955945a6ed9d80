//! `evt new event`.

use crate::newcomer::{evt, newcomer};
use crate::project::Project;

#[test]
fn a_new_event_lints_dumps_and_is_formatted() {
    let project = newcomer();
    evt(&project, "new event order_placed").exits(0).prints("wrote events/order_placed.yaml");
    let lint = evt(&project, "lint --format json").exits(0);
    assert!(lint.rules().is_empty(), "{}", lint.stdout);
    evt(&project, "fmt --check").exits(0);
    evt(&project, "dump").exits(0).prints("+ order_placed@1  new event");
    evt(&project, "verify").exits(0);
}

#[test]
fn any_name_in_snake_case_makes_a_definition_that_is_read() {
    let project = newcomer();
    for name in ["self_healed", "true_found", "null_seen", "type_changed", "on_failed", "no_shown", "a1_fed"]
    {
        evt(&project, &format!("new event {name}")).exits(0);
    }
    evt(&project, "lint").exits(0);
    evt(&project, "fmt --check").exits(0);
    evt(&project, "dump").exits(0).prints("+ null_seen@1");
}

#[test]
fn a_missing_subject_is_registered_and_a_known_one_is_used() {
    let project = newcomer();
    evt(&project, "new event order_placed").exits(0);
    assert!(project.read("events/order_placed.yaml").contains("\nsubjects:\n  order:\n"));
    evt(&project, "new event order_sent").exits(0);
    let second = project.read("events/order_sent.yaml");
    assert!(second.contains("subject: order\n") && !second.contains("subjects:"), "{second}");
    evt(&project, "lint").exits(0);
}

#[test]
fn the_owner_is_that_of_the_subject() {
    let project = Project::farm();
    evt(&project, "new event cow_milked").exits(0);
    assert!(project.read("events/cow_milked.yaml").contains("owner: team-barn\n"));
}

#[test]
fn domain_and_subject_can_be_named() {
    let project = newcomer();
    evt(&project, "new event bottle_filled --domain dairy --subject tank")
        .exits(0)
        .prints("wrote events/dairy/bottle_filled.yaml");
    let text = project.read("events/dairy/bottle_filled.yaml");
    assert!(text.contains("domain: dairy\nsubject: tank\n"), "{text}");
    assert!(text.starts_with("# yaml-language-server: $schema=../../schemas/definition.json\n"), "{text}");
    evt(&project, "lint").exits(0);
}

#[test]
fn an_existing_event_is_refused() {
    let project = newcomer();
    let before = project.read("events/something_happened.yaml");
    let run =
        evt(&project, "new event something_happened").exits(2).tells("events/something_happened.yaml:2");
    run.tells("help: change it there, or give the new event another name");
    assert_eq!(project.read("events/something_happened.yaml"), before);
}

#[test]
fn an_existing_file_is_refused() {
    let project = newcomer().file("events/order_placed.yaml", "# a note\n");
    evt(&project, "new event order_placed").exits(2).tells("move it away, or write the event into it");
    assert_eq!(project.read("events/order_placed.yaml"), "# a note\n");
}

#[test]
fn names_that_are_not_snake_case_are_wrong_usage() {
    let project = newcomer();
    for name in
        ["OrderPlaced", "order-placed", "order__placed", "_order", "1_order", "order.placed", "../order"]
    {
        evt(&project, &format!("new event {name}")).exits(2).tells("snake_case");
    }
    evt(&project, "new event OrderPlaced").tells("did you mean `order_placed`?");
    evt(&project, "new event order_placed --domain Shop").exits(2).tells("`Shop`");
    evt(&project, "new event order_placed --subject the-order").exits(2).tells("`the-order`");
    assert!(!project.exists("events/order_placed.yaml"));
    evt(&project, "new event").exits(2).tells("<NAME>");
}

#[test]
fn the_first_folder_of_definitions_takes_the_file() {
    let project = Project::empty().file("evt.toml", "[definitions]\npaths = [\"shop/events\", \"more\"]\n");
    evt(&project, "new event order_placed").exits(0).prints("wrote shop/events/order_placed.yaml");
}

#[test]
fn a_consumer_has_no_place_for_an_event() {
    let project = Project::empty().file("evt.toml", "[definitions]\npaths = []\n");
    evt(&project, "new event order_placed").exits(2).tells("schema file only");
}

#[test]
fn a_file_in_the_place_of_a_folder_is_told() {
    let project = Project::empty().file("evt.toml", "").file("events", "");
    let help = "a file stands where the folder `events` belongs: move it away";
    evt(&project, "new event order_placed").exits(4).tells(help);
}
