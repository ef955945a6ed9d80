//! A PostgreSQL for the tests of the program: the one that `EVT_TEST_POSTGRES` names, else one that is started from
//! installed binaries, by the script of the runtime's tests, and ends with this process.

use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::OnceLock;

/// It ends when its standard input is closed, which the end of this process does at the latest.
pub(crate) struct Server {
    folder: String,
    child: Child,
    stdout: BufReader<ChildStdout>,
}

impl Server {
    /// A server of a test's own; `None` where there is no PostgreSQL.
    pub(crate) fn own() -> Option<Self> {
        const SCRIPT: &str = include_str!("../../runtime/tests/outbox/server.sh");
        let mut command = Command::new("sh");
        let server = command.args(["-c", SCRIPT, "sh", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut child = server.spawn().expect("there is a shell");
        let stdout = BufReader::new(child.stdout.take().expect("it is piped"));
        let mut server = Self { folder: String::new(), child, stdout };
        server.folder = server.answer();
        if server.folder.is_empty() {
            skip("no PostgreSQL: install one");
            return None;
        }
        Some(server)
    }

    /// Its address.
    pub(crate) fn url(&self) -> String {
        format!("postgres:///postgres?user=postgres&host={}", self.folder())
    }

    /// Where its socket is.
    pub(crate) fn folder(&self) -> &str {
        &self.folder
    }

    /// Has its script do something; `None` where that needs what is not installed.
    pub(crate) fn order(&mut self, order: &str) -> Option<String> {
        let stdin = self.child.stdin.as_mut().expect("it is piped");
        writeln!(stdin, "{order}").expect("the script listens");
        let answer = self.answer();
        if answer == "missing" {
            skip(&format!("what `{order}` needs is missing: install pgbouncer and openssl"));
            return None;
        }
        Some(answer)
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.stdout.read_line(&mut line).expect("the script answers");
        line.trim_end().to_owned()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It closes standard input.
        let _ = self.child.wait();
    }
}

/// The address of the one that tests share.
pub(crate) fn shared() -> Option<&'static str> {
    static SERVER: OnceLock<Option<(String, Option<Server>)>> = OnceLock::new();
    let server = SERVER.get_or_init(|| match std::env::var("EVT_TEST_POSTGRES") {
        Ok(url) => Some((url, None)),
        Err(_) => Server::own().map(|server| (server.url(), Some(server))),
    });
    server.as_ref().map(|(url, _)| url.as_str())
}

#[expect(clippy::print_stderr, reason = "who runs the tests sees what was skipped")]
pub(crate) fn skip(why: &str) {
    assert!(std::env::var_os("EVT_FORBID_SKIPS").is_none(), "{why}");
    eprintln!("SKIPPED: {why}");
}
