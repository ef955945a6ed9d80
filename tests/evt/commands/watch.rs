//! `evt dump --watch`.

use std::io::{BufRead, BufReader, Read};
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use crate::newcomer::newcomer;
use crate::project::Project;

/// How long a change may take to be seen.
const PATIENCE: Duration = Duration::from_secs(20);

/// A running `evt dump --watch`; it ends when it is dropped.
struct Watch {
    child: Child,
    printed: Arc<Mutex<String>>,
}

impl Watch {
    /// Starts to watch, and waits until the first dump is done.
    fn start(project: &Project) -> Self {
        let (reader, writer) = std::io::pipe().expect("a pipe can be made");
        let mut command = project.command(&["dump", "--watch"]);
        command.stdout(writer.try_clone().expect("a pipe has many ends")).stderr(writer);
        let child = command.spawn().expect("the program can be run");
        let printed = Arc::default();
        collect(reader, &printed);
        let watch = Self { child, printed };
        watch.wait_for("watching for changes");
        watch
    }

    /// Waits until a text was printed since the last wait, and forgets all up to it.
    fn wait_for(&self, text: &str) {
        let is_printed = || {
            let mut printed = self.printed.lock().expect("no reader panics");
            let end = printed.find(text).map(|start| start + text.len());
            end.map(|end| printed.drain(..end).count()).is_some()
        };
        let printed = || self.printed.lock().expect("no reader panics").clone();
        assert!(eventually(is_printed), "`{text}` was not printed, but:\n{}", printed());
    }

    fn is_running(&mut self) -> bool {
        self.child.try_wait().expect("a child can be asked").is_none()
    }
}

impl Drop for Watch {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn collect(stream: impl Read + Send + 'static, printed: &Arc<Mutex<String>>) {
    let printed = Arc::clone(printed);
    thread::spawn(move || {
        for line in BufReader::new(stream).lines().map_while(Result::ok) {
            let mut printed = printed.lock().expect("no reader panics");
            printed.push_str(&line);
            printed.push('\n');
        }
    });
}

fn eventually(is_so: impl Fn() -> bool) -> bool {
    let started = Instant::now();
    while started.elapsed() < PATIENCE {
        if is_so() {
            return true;
        }
        thread::sleep(Duration::from_millis(20));
    }
    false
}

fn wait_until_schema_holds(project: &Project, text: &str) {
    let holds = || project.read("schemas/events.json").contains(text);
    assert!(eventually(holds), "`{text}` is not in the schema file");
}

const DEFINITION: &str = "events/something_happened.yaml";

#[test]
fn a_change_is_dumped() {
    let project = newcomer();
    let _watch = Watch::start(&project);
    project.edit(DEFINITION, "max_length: 200", "max_length: 300");
    wait_until_schema_holds(&project, "\"max_length\": 300");
    project.edit(DEFINITION, "max_length: 300", "max_length: 400");
    wait_until_schema_holds(&project, "\"max_length\": 400");
}

#[test]
fn a_broken_definition_is_told_and_a_mended_one_dumped() {
    let project = newcomer();
    let mut watch = Watch::start(&project);
    project.write("events/broken.yaml", "event_name: [\n");
    watch.wait_for("yaml-syntax");
    watch.wait_for("watching for changes");
    assert!(watch.is_running());
    project.write("events/broken.yaml", "event_name: tank_mended\nevent_type: domain\n");
    wait_until_schema_holds(&project, "\"tank_mended\"");
}

#[test]
fn a_broken_evt_toml_does_not_end_the_watch() {
    let project = newcomer();
    let mut watch = Watch::start(&project);
    let config = project.read("evt.toml");
    project.write("evt.toml", "[schema\n");
    watch.wait_for("toml-syntax");
    thread::sleep(Duration::from_millis(300));
    assert!(watch.is_running(), "it ended");
    project.write("evt.toml", config);
    watch.wait_for("is up to date");
    project.edit(DEFINITION, "max_length: 200", "max_length: 300");
    wait_until_schema_holds(&project, "\"max_length\": 300");
}

#[test]
fn definitions_in_new_folders_are_seen() {
    let project = newcomer();
    let _watch = Watch::start(&project);
    project.write("events/dairy/milk/tank_emptied.yaml", "event_name: tank_emptied\nevent_type: domain\n");
    wait_until_schema_holds(&project, "\"tank_emptied\"");
    project.write("events/dairy/milk/tank_cleaned.yaml", "event_name: tank_cleaned\nevent_type: domain\n");
    wait_until_schema_holds(&project, "\"tank_cleaned\"");
}

#[test]
fn a_removed_definition_is_seen() {
    let project = newcomer();
    let watch = Watch::start(&project);
    project.remove(DEFINITION);
    watch.wait_for("something_happened@1  retired");
    wait_until_schema_holds(&project, "\"retired\": true");
}

#[test]
fn a_watch_without_a_project_ends_at_once() {
    Project::empty().evt(&["dump", "--watch"]).exits(3).tells("evt init");
}

#[test]
fn results_go_to_the_file_that_is_named() {
    let project = newcomer();
    let log = std::fs::File::create(project.path("log.txt")).expect("files can be made");
    let mut command = project.command(&["dump", "--watch", "--output", "report"]);
    let mut child = command.stderr(log).spawn().expect("the program can be run");
    let is_told = |text: &str| project.exists("report") && project.read("report").contains(text);
    let began = eventually(|| project.exists("report"));
    project.edit(DEFINITION, "max_length: 200", "max_length: 300");
    let changed = eventually(|| is_told("\"new version\""));
    thread::sleep(Duration::from_secs(1));
    child.kill().and_then(|()| child.wait()).expect("it runs");
    assert!(began && changed);
    // What it writes itself is no change: one time for each of ours, and one for the schema file's folder at most.
    let times = project.read("log.txt").matches("watching for changes").count();
    assert!((2..=4).contains(&times), "{times}");
}
