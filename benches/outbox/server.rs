//! The PostgreSQL server: the one that `EVT_TEST_POSTGRES` names, else one that is started from installed binaries and
//! ends with this process.

use std::io::{BufRead as _, BufReader};
use std::process::{ChildStdin, Command, Stdio};
use std::sync::OnceLock;

use crate::Outcome;
use crate::client::Client;

/// Its address.
pub(crate) fn url() -> Outcome<&'static str> {
    static SERVER: OnceLock<Option<(String, Option<ChildStdin>)>> = OnceLock::new();
    let server = SERVER.get_or_init(|| match std::env::var("EVT_TEST_POSTGRES") {
        Ok(url) => Some((url, None)),
        Err(_) => start().map(|(url, stdin)| (url, Some(stdin))),
    });
    let missing = "no PostgreSQL: install one, name one in EVT_TEST_POSTGRES, or give `--database sqlite`";
    Ok(server.as_ref().map(|(url, _)| url.as_str()).ok_or(missing)?)
}

/// It ends when its standard input is closed, which the end of this process does.
fn start() -> Option<(String, ChildStdin)> {
    const SCRIPT: &str = include_str!("../../runtime/tests/outbox/server.sh");
    let mut command = Command::new("sh");
    let server = command.args(["-c", SCRIPT, "sh", SCRIPT]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut child = server.spawn().ok()?;
    let (stdin, stdout) = (child.stdin.take()?, child.stdout.take()?);
    let mut folder = String::new();
    BufReader::new(stdout).read_line(&mut folder).ok()?;
    let folder = folder.trim_end();
    let url = format!("postgres:///postgres?user=postgres&host={folder}");
    // The tests' server flushes nothing.
    let mut client = Client::connect(&url).ok()?;
    client.run("ALTER SYSTEM SET fsync = on").ok()?;
    client.run("SELECT pg_reload_conf()").ok()?;
    Some((url, stdin))
}
