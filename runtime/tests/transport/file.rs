//! Lines in a file.
#![expect(clippy::disallowed_methods, reason = "files are what is tested")]

use std::fs;
use std::path::Path;

use evt_runtime::relay::{Outcome, Transport};
use evt_runtime::transport::conformance::{Arrival, check, message};
use evt_runtime::transport::{File, cloud_event};

use crate::folder::Folder;
use crate::heard::Ear;

/// The ids of the events in a file, which holds nothing else.
fn ids(path: &Path) -> Vec<String> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| Arrival::of_structured(line).unwrap().id).collect()
}

fn code(outcome: &Outcome) -> &str {
    match outcome {
        Outcome::Accepted => "accepted",
        Outcome::Duplicate => "duplicate",
        Outcome::Refused { .. } => "refused",
        Outcome::Unavailable { code, .. } => code,
    }
}

#[tokio::test]
async fn a_file_keeps_what_a_relay_builds_on() {
    let folder = Folder::new("conformance");
    let path = folder.file("events.ndjson");
    let file = File::at(&path).unwrap();
    let arrived = async || {
        let text = fs::read_to_string(&path).unwrap_or_default();
        text.lines().map(|line| Arrival::of_structured(line).unwrap()).collect()
    };
    check(&file, &[], arrived).await.unwrap();
}

#[tokio::test]
async fn half_a_line_that_a_crash_left_is_cut_off() {
    let folder = Folder::new("torn");
    let path = folder.file("events.ndjson");
    let (whole, torn, next) = (message(1, None, "1"), message(2, None, "2"), message(3, None, "3"));
    let torn = cloud_event::structured(&torn);
    fs::write(&path, format!("{}\n{}", cloud_event::structured(&whole), &torn[..torn.len() - 9])).unwrap();
    let ear = Ear::new(&path.display().to_string());
    assert_eq!(File::at(&path).unwrap().deliver(&next).await, Outcome::Accepted);
    let heard = ear.heard().concat();
    assert!(heard.contains("half a line at the end of the file was cut off"), "{heard}");
    assert_eq!(ids(&path), [whole.id.to_string(), next.id.to_string()]);
}

#[tokio::test]
async fn a_file_of_others_is_left_alone() {
    let folder = Folder::new("others");
    let path = folder.file("notes.txt");
    fs::write(&path, "what I must not forget").unwrap();
    let outcome = File::at(&path).unwrap().deliver(&message(1, None, "1")).await;
    let Outcome::Unavailable { text, .. } = &outcome else { panic!("{outcome:?}") };
    assert!(text.ends_with("its last line has no end and is no event: end it by a line break"), "{text}");
    assert_eq!(fs::read_to_string(&path).unwrap(), "what I must not forget");
}

#[tokio::test]
async fn a_second_writer_waits_for_the_first() {
    let folder = Folder::new("second");
    let path = folder.file("events.ndjson");
    let (first, second) = (File::at(&path).unwrap(), File::at(&path).unwrap());
    assert_eq!(first.deliver(&message(1, None, "1")).await, Outcome::Accepted);
    let refused = second.deliver(&message(2, None, "2")).await;
    assert_eq!(refused, Outcome::down("busy", format!("another writer has `{}`", path.display())));
    drop(first);
    assert_eq!(second.deliver(&message(2, None, "2")).await, Outcome::Accepted);
    assert_eq!(ids(&path).len(), 2);
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_was_moved_away_or_deleted_is_begun_anew() {
    let folder = Folder::new("moved");
    let (path, old) = (folder.file("events.ndjson"), folder.file("events.1"));
    let file = File::at(&path).unwrap();
    let messages = [message(1, None, "1"), message(2, None, "2"), message(3, None, "3")];
    assert_eq!(file.deliver(&messages[0]).await, Outcome::Accepted);
    fs::rename(&path, &old).unwrap();
    assert_eq!(file.deliver(&messages[1]).await, Outcome::Accepted);
    assert_eq!((ids(&old), ids(&path)), (vec![messages[0].id.to_string()], vec![messages[1].id.to_string()]));
    fs::remove_file(&path).unwrap();
    assert_eq!(file.deliver(&messages[2]).await, Outcome::Accepted);
    assert_eq!(ids(&path), [messages[2].id.to_string()]);
}

#[tokio::test]
async fn what_cannot_be_a_file_is_unavailable() {
    let folder = Folder::new("no-file");
    let missing = File::at(folder.file("no/such/folder/events")).unwrap();
    assert_eq!(code(&missing.deliver(&message(1, None, "1")).await), "io");
    let is_folder = File::at(folder.file("")).unwrap();
    assert_eq!(code(&is_folder.deliver(&message(1, None, "1")).await), "io");
}

/// A limit of the process stands for a disk that is full: both cut a write short. The test below runs it in a process of
/// its own, which has one.
#[tokio::test]
async fn within_a_limit() {
    if std::env::var_os("EVT_TEST_LIMIT").is_none() {
        return;
    }
    let folder = Folder::new("full");
    let path = folder.file("events.ndjson");
    let file = File::at(&path).unwrap();
    let large = message(2, None, &format!("\"{}\"", "m".repeat(50_000)));
    assert_eq!(file.deliver(&message(1, None, "1")).await, Outcome::Accepted);
    let before = fs::metadata(&path).unwrap().len();
    assert_eq!(code(&file.deliver(&large).await), "io");
    assert_eq!(fs::metadata(&path).unwrap().len(), before);
    assert_eq!(file.deliver(&message(3, None, "3")).await, Outcome::Accepted);
    assert_eq!(ids(&path).len(), 2);
}

#[cfg(unix)]
#[test]
fn what_does_not_fit_is_cut_off_again() {
    let test = std::env::current_exe().unwrap();
    let run = "trap '' XFSZ; ulimit -f 16; EVT_TEST_LIMIT=1 exec \"$0\" --exact file::within_a_limit";
    let output = std::process::Command::new("sh").args(["-c", run]).arg(test).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("1 passed"), "{said}{}", String::from_utf8_lossy(&output.stderr));
}
