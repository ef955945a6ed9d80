//! What a path leads to that takes text as it comes: there is no file that another one may take the place of.

use std::fs;
use std::path::Path;

/// Where text goes that is written to such a path.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sink {
    /// The standard output of this process, by whatever name.
    Stdout,
    /// Its standard error.
    Stderr,
    /// A device, a pipe, or a file that another program holds open.
    Opened,
}

impl Sink {
    /// What is at `path`; `None` where a file is, or may come to be.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "this is the module that writes files")]
    pub fn at(path: &Path) -> Option<Self> {
        const MOST_LINKS: usize = 40;
        let mut at = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        for _ in 0..MOST_LINKS {
            if let Some(sink) = named(&at) {
                return Some(sink);
            }
            let Ok(next) = fs::read_link(&at) else { break };
            at = at.parent().unwrap_or(Path::new("")).join(next);
        }
        let is_special = fs::metadata(path).is_ok_and(|there| !there.is_file() && !there.is_dir());
        is_special.then_some(Self::Opened)
    }
}

/// What an absolute path names by itself. What is below `/dev` and `/proc` may look like a file and be the one that
/// somebody redirected a stream to; `/dev/shm` holds files like any folder.
fn named(path: &Path) -> Option<Sink> {
    const STDOUT: [&str; 3] = ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"];
    const STDERR: [&str; 3] = ["/dev/stderr", "/dev/fd/2", "/proc/self/fd/2"];
    let is_one_of = |names: &[&str]| names.iter().any(|name| path == Path::new(name));
    if is_one_of(&STDOUT) {
        return Some(Sink::Stdout);
    }
    if is_one_of(&STDERR) {
        return Some(Sink::Stderr);
    }
    let is_below = path.starts_with("/dev") || path.starts_with("/proc");
    (is_below && !path.starts_with("/dev/shm")).then_some(Sink::Opened)
}
