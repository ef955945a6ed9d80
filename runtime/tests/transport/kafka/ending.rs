//! What a transport leaves behind in its process: nothing.
#![expect(
    clippy::disallowed_methods,
    reason = "threads are files, and what is printed is a matter of a process"
)]

use std::time::{Duration, Instant};

use evt_runtime::relay::Outcome;
use evt_runtime::transport::{Kafka, Topic};

use super::cluster::Cluster;
use crate::broker::variable;
use crate::sent::{answer, unavailable};

/// How many threads of librdkafka, and of those that listen to it, this process has.
fn threads() -> usize {
    let tasks = std::fs::read_dir("/proc/self/task").unwrap();
    let names = tasks.filter_map(|task| std::fs::read_to_string(task.unwrap().path().join("comm")).ok());
    names.filter(|name| name.starts_with("rdk:") || name.starts_with("producer pollin")).count()
}

/// What is below runs it in a process of its own, which has no other threads of that kind.
#[tokio::test]
async fn in_a_process_of_its_own() {
    let Some(url) = variable("EVT_TEST_URL") else { return };
    for (url, expected) in [(&*url, "accepted"), ("kafka://127.0.0.1:9", "connection")] {
        let kafka = Kafka::new(url, Topic::default()).unwrap();
        match answer(&kafka, "cow_fed").await {
            Outcome::Accepted => assert_eq!(expected, "accepted"),
            outcome => assert_eq!(unavailable(&outcome), expected),
        }
        assert!(threads() > 1);
        drop(kafka);
        let began = Instant::now();
        while threads() > 0 {
            assert!(began.elapsed() < Duration::from_secs(10), "{} threads are left", threads());
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    }
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn no_thread_is_left_and_nothing_is_printed() {
    let cluster = Cluster::of(1, "cow_fed");
    let mut test = std::process::Command::new(std::env::current_exe().unwrap());
    test.args(["--exact", "--nocapture", "kafka::ending::in_a_process_of_its_own"]);
    test.env("EVT_TEST_URL", cluster.url());
    let output = tokio::task::spawn_blocking(move || test.output()).await.unwrap().unwrap();
    let [said, printed] =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
    assert!(said.contains("1 passed"), "{said}{printed}");
    assert_eq!(printed.trim(), "");
}
