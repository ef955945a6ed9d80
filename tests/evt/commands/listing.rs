//! `evt list`, `evt show`, `evt log` and `evt catalog`.

use crate::newcomer::{evt, newcomer, words};
use crate::project::Project;

/// Events of two domains, one of them retired.
fn shop() -> Project {
    let project = newcomer();
    evt(&project, "new event order_placed --domain sales --subject order").exits(0);
    evt(&project, "new event order_lost --domain sales --subject order").exits(0);
    project.edit("events/sales/order_placed.yaml", "owner: your-team", "owner: team-sales");
    project.edit("events/sales/order_placed.yaml", "max_length: 100", "max_length: 60");
    evt(&project, "dump").exits(0);
    project.commit("orders");
    project.edit("events/sales/order_placed.yaml", "max_length: 60", "max_length: 80");
    project.remove("events/sales/order_lost.yaml");
    let subject = "subjects:\n  order: { description: An order. }\n";
    if !project.read("events/sales/order_placed.yaml").contains("subjects:") {
        project.write("events/sales/subjects.yaml", subject);
    }
    evt(&project, "dump").exits(0);
    project
}

fn listed(project: &Project, filters: &str) -> Vec<String> {
    let mut arguments = vec!["list", "--format", "json"];
    arguments.extend(words(filters));
    let run = project.evt_ok(&arguments);
    let rows =
        run.stdout.lines().map(|line| -> serde_json::Value { serde_json::from_str(line).expect(line) });
    rows.map(|row| row["event_name"].as_str().expect("a row has a name").to_owned()).collect()
}

#[test]
fn filters_add_up() {
    let project = shop();
    assert_eq!(listed(&project, ""), ["order_placed", "something_happened"]);
    assert_eq!(listed(&project, "--domain sales"), ["order_placed"]);
    assert_eq!(listed(&project, "--subject something"), ["something_happened"]);
    assert_eq!(listed(&project, "--owner team-sales"), ["order_placed"]);
    assert_eq!(listed(&project, "--process-type durable"), ["something_happened"]);
    assert_eq!(listed(&project, "--domain sales --process-type durable"), Vec::<String>::new());
    assert_eq!(listed(&project, "--retired"), ["order_lost", "order_placed", "something_happened"]);
    assert_eq!(listed(&project, "--retired --domain sales"), ["order_lost", "order_placed"]);
}

#[test]
fn a_list_without_events_says_so() {
    let run = evt(&newcomer(), "list --domain nowhere").exits(0).tells("no event matches");
    assert_eq!(run.stdout, "");
}

#[test]
fn an_unknown_process_type_is_wrong_usage() {
    evt(&newcomer(), "list --process-type durabl").exits(2).tells("`durable`");
}

#[test]
fn the_table_has_a_row_an_event() {
    let table = evt(&shop(), "list --retired").exits(0).stdout;
    let rows: Vec<&str> = table.lines().collect();
    assert_eq!(rows.len(), 4, "{table}");
    assert!(rows[0].starts_with("EVENT"), "{table}");
    assert!(rows[1].starts_with("order_lost") && rows[1].ends_with("retired"), "{table}");
    assert!(rows[2].contains("team-sales"), "{table}");
}

#[test]
fn show_tells_all_of_an_event() {
    let project = shop();
    evt(&project, "show order_placed").exits(0).prints("order_placed@2").prints("max length 80");
    evt(&project, "show order_placed@1").exits(0).prints("order_placed@1").prints("max length 60");
    evt(&project, "show order_lost").exits(0).prints("retired");
    let shown = evt(&project, "show order_placed --format json").exits(0);
    assert_eq!(shown.json()["event_version"], 2);
}

#[test]
fn what_is_not_in_the_schema_file_cannot_be_shown() {
    let project = newcomer();
    for command in ["show", "log"] {
        let run = evt(&project, &format!("{command} something_hapened")).exits(1);
        assert_eq!(run.stdout, "");
        let _ = run.tells("did you mean `something_happened`?");
        evt(&project, &format!("{command} something_happened@2")).exits(1).tells("1");
        evt(&project, &format!("{command} something_happened@x")).exits(1).tells("`x`");
        evt(&project, &format!("{command} something_happened@0")).exits(1).tells("`0`");
    }
}

#[test]
fn a_log_tells_the_newest_version_first() {
    let project = shop();
    let log = evt(&project, "log order_placed").exits(0).stdout;
    let newest = log.find("order_placed@2").expect("version 2 is told");
    assert!(newest < log.find("order_placed@1").expect("version 1 is told"), "{log}");
    assert!(log.contains("max_length 60 → 80"), "{log}");
    assert_eq!(evt(&project, "log order_placed --format json").exits(0).stdout.lines().count(), 2);
    assert_eq!(evt(&project, "log order_placed@1 --format json").exits(0).stdout.lines().count(), 1);
}

#[test]
fn a_catalog_holds_every_event_and_only_working_links() {
    let catalog = evt(&shop(), "catalog").exits(0).stdout;
    for event in ["order_placed", "something_happened"] {
        assert!(catalog.contains(&format!("\n## {event}\n")), "{event}");
    }
    let links = catalog.split("](#").skip(1).filter_map(|rest| rest.split(')').next());
    let mut count = 0;
    for link in links {
        assert!(catalog.contains(&format!("id=\"{link}\"")), "nothing is called {link}");
        count += 1;
    }
    assert!(count >= 2);
}

#[test]
fn a_catalog_is_the_same_twice() {
    let project = shop();
    assert_eq!(evt(&project, "catalog").stdout, evt(&project, "catalog").stdout);
}

#[test]
fn without_a_schema_file_there_is_nothing_to_list() {
    for line in ["list", "show cow_fed", "log cow_fed", "catalog"] {
        evt(&Project::farm(), line).exits(3).tells("evt dump");
    }
}
