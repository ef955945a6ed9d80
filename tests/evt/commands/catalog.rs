//! `evt catalog --html`, as a browser shows it.

use crate::browser::Browser;
use crate::newcomer::evt;
use crate::project::Project;

/// A farm whose only event has two versions, and personal data.
fn farm() -> Project {
    let project = Project::farm();
    evt(&project, "dump").exits(0);
    project.git(&["init", "--quiet", "--initial-branch=main", "."]);
    project.commit("start");
    project.edit("events/cow_fed.yaml", "max_length: 80", "max_length: 90, pii: true");
    evt(&project, "dump").exits(0);
    project
}

/// Writes the page, as a shell does with `>`.
fn write_page(project: &Project) {
    let page = evt(project, "catalog --html").exits(0).stdout;
    project.write("catalog.html", page);
}

/// What a browser shows of the part that tells of one event, as HTML; `None` without a browser.
fn shown(project: &Project, address: &str) -> Option<String> {
    let page = Browser::find()?.dom(project, &format!("catalog.html#{address}"));
    let (_, main) = page.split_once("<main id=\"main\"").expect("the page has a main part");
    Some(main.split_once("</main>").expect("it ends").0.to_owned())
}

#[test]
fn a_page_is_the_same_twice_and_holds_every_event() {
    let project = farm();
    let pages = [(); 2].map(|()| evt(&project, "catalog --html").exits(0).stdout);
    assert_eq!(pages[0], pages[1]);
    assert!(pages[0].starts_with("<!DOCTYPE html>\n") && pages[0].ends_with("</html>\n"));
    assert!(pages[0].contains("<li>cow_fed</li>"));
}

#[test]
fn the_page_is_not_what_is_printed_by_default() {
    evt(&farm(), "catalog").exits(0).prints("# Event catalog\n");
}

#[test]
fn a_browser_shows_the_event_of_the_address() {
    let project = farm();
    write_page(&project);
    let Some(main) = shown(&project, "cow_fed") else { return };
    for text in ["cow_fed</bdi>", "A cow was fed.", "team-barn", "farmer.name", "max length 90", "unit kg"] {
        assert!(main.contains(text), "{text}:\n{main}");
    }
    assert!(main.contains("<tr class=\"pii\"><th scope=\"row\"><code>farmer_name</code>"), "{main}");
    assert!(main.contains("\"farmer_name\": \"***\""), "{main}");
    assert!(main.contains("marked as personal data"), "{main}");
}

#[test]
fn a_browser_shows_the_version_of_the_address() {
    let project = farm();
    write_page(&project);
    let Some(main) = shown(&project, "cow_fed@1") else { return };
    assert!(main.contains("This is version 1") && main.contains("max length 80"), "{main}");
    assert!(!main.contains("class=\"pii\""), "{main}");
    let missing = shown(&project, "cow_fed@3").expect("there was a browser");
    assert!(missing.contains("cow_fed has no such version"), "{missing}");
    let missing = shown(&project, "cow_sold").expect("there was a browser");
    assert!(missing.contains("No event is called cow_sold"), "{missing}");
}

#[test]
fn a_browser_finds_events_by_what_they_say() {
    let project = farm().file(
        "events/order_placed.yaml",
        "event_name: order_placed\nevent_type: domain\ndomain: shop\ndescription: An order came in.\n",
    );
    evt(&project, "dump").exits(0);
    write_page(&project);
    let Some(browser) = Browser::find() else { return };
    for (search, found) in [
        ("order", &["order_placed"][..]),
        ("came%20in", &["order_placed"]),
        ("field:farmer_n", &["cow_fed"]),
        ("farmer", &["cow_fed"]),
        ("owner:%22team-barn%22", &["cow_fed"]),
        ("owner:%22team%22", &[]),
        ("is:pii", &["cow_fed"]),
        ("domain:shop", &["order_placed"]),
        ("placed%20order", &["order_placed"]),
        ("ed", &["cow_fed", "order_placed"]),
        ("nothing%20like%20it", &[]),
    ] {
        let page = browser.dom(&project, &format!("catalog.html#?{search}"));
        let (_, list) = page.split_once("<ul id=\"results\"").expect("the page has a list");
        let list = list.split_once("</ul>").expect("it ends").0;
        let names: Vec<&str> =
            list.split("href=\"#").skip(1).map(|rest| rest.split('"').next().expect("it ends")).collect();
        assert_eq!(names, found, "{search}");
    }
}

#[test]
fn a_browser_runs_nothing_that_users_wrote() {
    let project = Project::farm();
    let text = "</script><script>document.title='broken'</script><img src=x onerror=\\\"document.title='broken'\\\">";
    project.edit("events/cow_fed.yaml", "A cow was fed.", &format!("\"{text} \\u202e\\u2028 \\e[31m\""));
    project.edit("events/cow_fed.yaml", "team-barn", &format!("\"{text}\""));
    evt(&project, "dump").exits(0);
    write_page(&project);
    let Some(browser) = Browser::find() else { return };
    let page = browser.dom(&project, "catalog.html#cow_fed");
    assert!(page.contains("<title>cow_fed – Event catalog</title>"), "the title was changed");
    let main = shown(&project, "cow_fed").expect("there was a browser");
    assert!(main.contains("&lt;/script&gt;&lt;script&gt;") && !main.contains("<img"), "{main}");
    assert!(main.contains("\\u{202e}\\u{2028} \\u{1b}[31m"), "{main}");
}
