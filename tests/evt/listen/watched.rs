//! The real program as a relay that is watched over HTTP.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Stdio};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::exposition::Scrape;
use crate::newcomer::words;
use crate::project::Project;

/// It is killed when it is dropped.
pub(super) struct Watched {
    child: Child,
    pub(super) address: SocketAddr,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
}

impl Watched {
    /// Starts `evt outbox publish` with more arguments, and waits until it listens.
    pub(super) fn start(project: &Project, line: &str) -> Self {
        let line = format!("outbox publish {line}");
        let mut command = project.command(&words(&line));
        let mut child = command.stderr(Stdio::piped()).spawn().expect("evt starts");
        let mut told = BufReader::new(child.stderr.take().expect("it is piped"));
        let mut first = String::new();
        told.read_line(&mut first).expect("it tells where it listens");
        let address = first.strip_prefix("http://").and_then(|rest| rest.split(' ').next());
        let address = address.unwrap_or_else(|| panic!("it tells where it listens: {first}"));
        let address = address.parse().expect("that is an address");
        // What it tells is read, so that it never waits for a reader.
        std::thread::spawn(move || std::io::copy(&mut told, &mut std::io::sink()));
        Self { child, address }
    }

    pub(super) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path)
    }

    /// The answer to a request, which comes soon.
    #[track_caller]
    pub(super) fn ask(&self, method: &str, path: &str) -> Answer {
        let began = Instant::now();
        let answer = ask(self.address, method, path).unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!(began.elapsed() < Duration::from_secs(2), "{path}: {:?}", began.elapsed());
        answer
    }

    /// Waits until a page answers so.
    #[track_caller]
    pub(super) fn until(&self, path: &str, status: u16) -> Answer {
        let began = Instant::now();
        loop {
            let answer = self.get(path);
            if answer.status == status {
                return answer;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{path} answers {answer:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    pub(super) fn scrape(&self) -> Scrape {
        let answer = self.get("/metrics");
        assert_eq!(answer.status, 200);
        assert!(answer.head.contains("content-type: text/plain; version=0.0.4"), "{}", answer.head);
        Scrape::read(&answer.body)
    }

    /// Waits until a metric has a value.
    #[track_caller]
    pub(super) fn until_metric(&self, name: &str, value: u32) -> Scrape {
        let began = Instant::now();
        loop {
            let scrape = self.scrape();
            if scrape.says(name, value) {
                return scrape;
            }
            assert!(began.elapsed() < Duration::from_secs(20), "{name} is not {value}: {scrape:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
    }

    /// Tells it to end.
    pub(super) fn terminate(&self) {
        let id = i32::try_from(self.child.id()).expect("ids of processes are small");
        kill(Pid::from_raw(id), Signal::SIGTERM).expect("it runs");
    }

    /// Waits for its end, and gives the exit code.
    pub(super) fn ended(mut self) -> Option<i32> {
        let began = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().expect("it can be asked") {
                return status.code();
            }
            assert!(began.elapsed() < Duration::from_secs(20), "it does not end");
            std::thread::sleep(Duration::from_millis(20));
        }
    }
}

impl Drop for Watched {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn ask(address: SocketAddr, method: &str, path: &str) -> std::io::Result<Answer> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    write!(stream, "{method} {path} HTTP/1.1\r\nHost: evt\r\n\r\n")?;
    let mut text = String::new();
    stream.read_to_string(&mut text)?;
    let (head, body) = text.split_once("\r\n\r\n").expect("an answer has a head");
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok()).expect("an answer has a status");
    Ok(Answer { status, head: head.to_ascii_lowercase(), body: body.to_owned() })
}
