//! `evt catalog --html` of 10,000 events: a page that opens, and searches at each keystroke.

use std::fmt::Write as _;

use crate::browser::Browser;
use crate::newcomer::evt;
use crate::project::Project;

const EVENTS: usize = 10_000;
/// The most bytes that the page may have.
const MOST_BYTES: usize = 20_000_000;
/// How long opening and a keystroke may take, beside other tests: milliseconds. Alone they take 400 and 20.
const OPENED: f64 = 3_000.0;
const SEARCHED: f64 = 150.0;

/// Types a search, three times each letter, and leaves in the page how long the quickest took of the slowest letter.
const TYPING: &str = r#"<script>addEventListener("load", () => {
  const query = document.getElementById("query"), said = document.documentElement.dataset;
  said.opened = performance.now();
  const typed = (text) => {
    const begun = performance.now();
    query.value = text;
    query.dispatchEvent(new Event("input"));
    document.body.offsetHeight;
    return performance.now() - begun;
  };
  const letters = [..."harvest_4711 owner:team-1"];
  const times = letters.map((_, at) => Math.min(...[0, 1, 2].map(() => typed(letters.slice(0, at + 1).join("")))));
  said.searched = Math.max(...times);
  said.found = document.getElementById("count").textContent;
});</script>"#;

fn definitions(first: usize) -> String {
    let mut text = String::new();
    for number in first..first + EVENTS / 10 {
        write!(
            text,
            "---\nevent_name: harvest_{number}_brought_in\nevent_type: domain\ndomain: field_{}\nowner: team-{}\n\
             description: The crop of field {number} was weighed, and brought into its barn before the rain came.\n\
             inputs: {{ harvest: required }}\npayload:\n",
            number % 40,
            number % 10,
        )
        .expect("a string takes what is written");
        for field in ["field_id", "barn", "weight", "moisture", "driver", "started_at", "ended_at"] {
            writeln!(text, "  {field}: {{ type: string, from: harvest.{field}, max_length: 80, description: \"Of {field}.\" }}")
                .expect("a string takes what is written");
        }
    }
    text
}

/// A value that the script left in the page.
fn said<'p>(page: &'p str, name: &str) -> &'p str {
    let (_, rest) = page.split_once(&format!("data-{name}=\"")).expect("the script ran");
    rest.split_once('"').expect("it ends").0
}

#[test]
fn a_page_of_10_000_events_opens_and_searches_without_a_pause() {
    let Some(browser) = Browser::find() else { return };
    let project = Project::farm();
    for first in (0..EVENTS).step_by(EVENTS / 10) {
        project.write(&format!("events/of_{first}.yaml"), definitions(first));
    }
    evt(&project, "dump").exits(0);
    let page = evt(&project, "catalog --html").exits(0).stdout;
    assert!(page.len() <= MOST_BYTES, "{} bytes", page.len());
    // The page's own policy lets no other script run.
    let page = page.replacen("http-equiv=\"Content-Security-Policy\"", "name=\"policy\"", 1);
    project.write("catalog.html", page.replacen("</body>", &format!("{TYPING}</body>"), 1));
    let page = browser.dom(&project, "catalog.html");
    let [opened, searched] = ["opened", "searched"]
        .map(|name| said(&page, name).parse::<f64>().expect("a number of milliseconds"));
    assert!(said(&page, "found").starts_with("1 event"), "{}", said(&page, "found"));
    assert!(opened <= OPENED, "opened after {opened} ms");
    assert!(searched <= SEARCHED, "a keystroke took {searched} ms");
}
