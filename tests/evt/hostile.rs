//! Whatever is thrown at the program ends in a clear finding or works: no panic, no hang, no eaten memory, no file
//! half written.

mod crash;
mod encoding;
mod files;
mod limits;
mod pipes;
mod scalars;
mod schema_file;
mod types;

use std::io::Read;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::project::{Project, Run};

/// Processor time that one run may take, in seconds.
const PROCESSOR_SECONDS: u32 = 5;
/// Address space that one run may take, in KiB.
const MEMORY_KIB: u32 = 2 * 1024 * 1024;
/// Time after which a run counts as hanging: generous, since tests share the machine.
const PATIENCE: Duration = Duration::from_mins(1);

/// An event as short as it can be, less its name.
const BODY: &str =
    "event_type: domain\ninputs: { cow: required }\npayload: { weight: { type: float, from: cow.weight } }\n";

/// An event as short as it can be.
fn event(name: &str) -> String {
    format!("event_name: {name}\n{BODY}")
}

/// A file of many events.
fn events(count: usize) -> String {
    let events: Vec<String> =
        (0..count).map(|number| format!("---\n{}", event(&format!("cow_fed_{number}")))).collect();
    events.concat()
}

/// A project with one definition file.
fn project(definition: impl AsRef<[u8]>) -> Project {
    Project::new().file("events/cow_fed.yaml", definition)
}

/// Runs the program with little time and memory.
fn limited(project: &Project, arguments: &[&str]) -> Run {
    let program = project.command(arguments);
    let script =
        format!("ulimit -t {PROCESSOR_SECONDS}; ulimit -v {MEMORY_KIB}; ulimit -c 0; exec \"$0\" \"$@\"");
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg(program.get_program()).args(program.get_args());
    command.current_dir(project.path("")).stdin(Stdio::null());
    for (name, value) in program.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let run = patient(&mut command);
    assert!(!run.stderr.contains("panicked"), "{}", run.stderr);
    assert_ne!(run.code, -1, "a signal ended it: time or memory ran out\n{}{}", run.stdout, run.stderr);
    run
}

/// Runs a command, which is killed when it hangs.
fn patient(command: &mut Command) -> Run {
    let mut child =
        command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("the program can be run");
    let stdout = reader(child.stdout.take().expect("it is piped"));
    let stderr = reader(child.stderr.take().expect("it is piped"));
    let start = Instant::now();
    let status = loop {
        match child.try_wait().expect("a child can be waited for") {
            Some(status) => break status,
            None if start.elapsed() > PATIENCE => {
                child.kill().expect("a child can be killed");
                panic!("{command:?} hangs");
            }
            None => thread::sleep(Duration::from_millis(2)),
        }
    };
    let text = |reader: thread::JoinHandle<String>| reader.join().expect("what is printed is UTF-8");
    Run { code: status.code().unwrap_or(-1), stdout: text(stdout), stderr: text(stderr) }
}

fn reader(mut stream: impl Read + Send + 'static) -> thread::JoinHandle<String> {
    thread::spawn(move || {
        let mut text = String::new();
        stream.read_to_string(&mut text).expect("what is printed is UTF-8");
        text
    })
}

/// Asserts that `verify` finds exactly these rules broken, in both formats.
fn refused(project: &Project, rules: &[&str]) {
    let run = limited(project, &["verify", "--format", "json"]).exits(1);
    assert_eq!(run.rules(), rules, "{}", run.stdout);
    let text = limited(project, &["verify"]).exits(1);
    assert!(rules.iter().all(|rule| text.stdout.contains(rule)), "{}", text.stdout);
    assert!(text.stdout.len() < 20_000, "{} bytes are too many to read", text.stdout.len());
}

/// Asserts that the project can be dumped, and verifies then.
fn accepted(project: &Project) {
    limited(project, &["dump"]).exits(0);
    limited(project, &["verify"]).exits(0);
}

/// Whether the machine lets everything pass, as it does for root.
fn is_root() -> bool {
    let probe = Project::empty().file("locked", "");
    let nothing = std::os::unix::fs::PermissionsExt::from_mode(0o000);
    std::fs::set_permissions(probe.path("locked"), nothing).expect("rights can be set");
    std::fs::File::open(probe.path("locked")).is_ok()
}

/// Says that something could not be tested here.
#[expect(clippy::print_stderr, reason = "what was not tested must be seen")]
fn skipped(what: &str, why: &str) {
    eprintln!("SKIPPED: {what}: {why}");
}
