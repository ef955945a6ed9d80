//! A browser without a window: the Chromium that `EVT_TEST_CHROMIUM` names, or that is installed.

use std::ffi::OsString;
use std::process::Command;

use crate::project::{Project, RunCommand};

/// The names that it is installed under.
const NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "chrome"];

/// What keeps it to itself: no network, no services of its maker.
const ALONE: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--proxy-server=127.0.0.1:9",
];

/// A program that shows pages.
pub(crate) struct Browser(OsString);

impl Browser {
    /// The one of this machine; `None`, which is told, where there is none.
    #[expect(clippy::print_stderr, reason = "who runs the tests sees what was skipped")]
    pub(crate) fn find() -> Option<Self> {
        let named = std::env::var_os("EVT_TEST_CHROMIUM").filter(|name| !name.is_empty());
        let mut names = named.into_iter().chain(NAMES.map(OsString::from));
        let is_there = |name: &OsString| {
            Command::new(name).arg("--version").output().is_ok_and(|output| output.status.success())
        };
        let found = names.find(is_there).map(Self);
        if found.is_none() {
            assert!(std::env::var_os("EVT_FORBID_SKIPS").is_none(), "no Chromium: install one");
            eprintln!("skipped: there is no Chromium to look at a page with");
        }
        found
    }

    /// The page at a path of the project, with what stands behind its `#`, as the browser made it.
    pub(crate) fn dom(&self, project: &Project, address: &str) -> String {
        let profile = project.path("browser-profile");
        let run = Command::new(&self.0)
            .args(ALONE)
            .arg(format!("--user-data-dir={}", profile.display()))
            .arg("--dump-dom")
            .arg(format!("file://{}/{address}", project.path("").display().to_string().trim_end_matches('/')))
            .run();
        assert_eq!(run.code, 0, "{}", run.stderr);
        run.stdout
    }
}
