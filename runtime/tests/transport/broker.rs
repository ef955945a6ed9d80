//! Brokers for the tests: the one that an environment variable names, else one that is started from installed binaries
//! and ends with this process.

use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::OnceLock;
use std::time::Duration;

/// A broker that can be started from an installed binary.
pub(crate) struct Kind {
    /// The environment variable that names a running one.
    variable: &'static str,
    scheme: &'static str,
    program: &'static str,
    /// What it is started with; `PORT` stands for the port.
    arguments: &'static [&'static str],
}

pub(crate) const NATS: Kind = Kind {
    variable: "EVT_TEST_NATS",
    scheme: "nats",
    program: "nats-server",
    arguments: &["-js", "-sd", ".", "-a", "127.0.0.1", "-p", "PORT"],
};

pub(crate) const REDIS: Kind = Kind {
    variable: "EVT_TEST_REDIS",
    scheme: "redis",
    program: "redis-server",
    arguments: &["--bind", "127.0.0.1", "--port", "PORT", "--save", "", "--appendonly", "no"],
};

impl Kind {
    fn skip(&self) {
        skip(&format!("no {}: install it, or name a server in {}", self.program, self.variable));
    }
}

/// It works in a folder of its own, and ends when its standard input is closed, which the end of this process does.
const SCRIPT: &str = r#"folder=$(mktemp -d) && cd "$folder" && printf %s "$CONFIG" >config && { "$@" >log 2>&1 & }
read -r _; kill $!; wait $!; rm -rf "$folder""#;

/// A server of a test's own, which can be stopped.
pub(crate) struct Server {
    kind: &'static Kind,
    port: u16,
    more: Vec<String>,
    /// What stands in the file `config`.
    config: String,
    child: Option<Child>,
}

impl Server {
    /// Started with more arguments than others; `None` where it is not installed.
    pub(crate) fn own(kind: &'static Kind, more: &[&str]) -> Option<Self> {
        Self::configured(kind, more, "")
    }

    /// The same, with a file `config` beside it.
    pub(crate) fn configured(kind: &'static Kind, more: &[&str], config: &str) -> Option<Self> {
        let server = Self::new(kind, more, config);
        if server.is_none() {
            kind.skip();
        }
        server
    }

    fn new(kind: &'static Kind, more: &[&str], config: &str) -> Option<Self> {
        let port = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
        let more = more.iter().map(|argument| (*argument).to_owned()).collect();
        let mut server = Self { kind, port, more, config: config.to_owned(), child: None };
        is_installed(kind.program).then(|| server.start())?;
        Some(server)
    }

    /// Its address, with this before the host.
    pub(crate) fn url_with(&self, credentials: &str) -> String {
        format!("{}://{credentials}127.0.0.1:{}", self.kind.scheme, self.port)
    }

    pub(crate) fn url(&self) -> String {
        self.url_with("")
    }

    pub(crate) fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            drop(child.stdin.take());
            child.wait().unwrap();
        }
    }

    pub(crate) fn start(&mut self) {
        #[expect(clippy::disallowed_methods, reason = "the tests start a server")]
        let mut command = Command::new("sh");
        let port = self.port.to_string();
        let arguments = self.kind.arguments.iter().map(|argument| argument.replace("PORT", &port));
        command.args(["-c", SCRIPT, "sh", self.kind.program]).args(arguments).args(&self.more);
        command.env("CONFIG", &self.config);
        self.child = Some(command.stdin(Stdio::piped()).spawn().unwrap());
        for _ in 0..500 {
            if TcpStream::connect(("127.0.0.1", self.port)).is_ok() {
                return;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        panic!("{} does not listen", self.kind.program);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
    }
}

/// The address of the NATS that all tests share; `None` where there is none.
pub(crate) fn nats() -> Option<&'static str> {
    static SERVER: Shared = OnceLock::new();
    shared(&SERVER, &NATS)
}

/// The address of the Redis that all tests share; `None` where there is none.
pub(crate) fn redis() -> Option<&'static str> {
    static SERVER: Shared = OnceLock::new();
    shared(&SERVER, &REDIS)
}

/// The address of a `RabbitMQ`: the one that is named, else the one that listens on its usual port. It is too heavy to be
/// started for a test.
pub(crate) fn rabbit() -> Option<String> {
    let named = variable("EVT_TEST_AMQP");
    let is_there = || TcpStream::connect("127.0.0.1:5672").is_ok();
    let url = named.or_else(|| is_there().then(|| "amqp://guest:guest@127.0.0.1:5672".to_owned()));
    if url.is_none() {
        skip("no RabbitMQ on 127.0.0.1:5672: start it, or name one in EVT_TEST_AMQP");
    }
    url
}

type Shared = OnceLock<Option<(String, Option<Server>)>>;

fn shared(server: &'static Shared, kind: &'static Kind) -> Option<&'static str> {
    let server = server.get_or_init(|| match variable(kind.variable) {
        Some(url) => Some((url, None)),
        None => Server::new(kind, &[], "").map(|server| (server.url(), Some(server))),
    });
    if server.is_none() {
        kind.skip();
    }
    server.as_ref().map(|(url, _)| url.as_str())
}

/// `host:port` of an address.
pub(crate) fn host_of(url: &str) -> &str {
    let rest = url.split_once("://").unwrap().1;
    let rest = rest.rsplit_once('@').map_or(rest, |(_, rest)| rest);
    rest.split(['/', '?']).next().unwrap()
}

fn is_installed(program: &str) -> bool {
    #[expect(clippy::disallowed_methods, reason = "the tests start a server")]
    let mut command = Command::new(program);
    command.arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}

#[expect(clippy::print_stderr, reason = "a test that did not run must be seen")]
fn skip(why: &str) {
    assert!(variable("EVT_FORBID_SKIPS").is_none(), "{why}");
    eprintln!("SKIPPED: {why}");
}

#[expect(clippy::disallowed_methods, reason = "the environment says which server to use")]
pub(crate) fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}
