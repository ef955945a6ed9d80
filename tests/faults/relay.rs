//! The real program as a relay: a process that can be killed, stopped and told to end.

use std::fs::{self, File};
use std::path::PathBuf;
use std::process::{Child, ExitStatus};
use std::time::{Duration, Instant};

use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::stage::until;

/// How long a lease lasts in these tests.
pub(crate) const LEASE: Duration = Duration::from_secs(2);

/// It is killed when it is dropped.
pub(crate) struct Relay {
    child: Child,
    log: PathBuf,
}

impl Relay {
    /// Starts it. What it tells is added to `log`.
    pub(crate) fn start(mut command: std::process::Command, log: PathBuf) -> Self {
        let out = File::options().append(true).create(true).open(&log).expect("a log can be written");
        let told = out.try_clone().expect("a file can be cloned");
        let child = command.stdout(out).stderr(told).spawn().expect("the program can be started");
        Self { child, log }
    }

    /// How it ended, if it has.
    pub(crate) fn ended(&mut self) -> Option<ExitStatus> {
        self.child.try_wait().expect("it can be asked")
    }

    /// `kill -9`.
    pub(crate) fn kill(mut self) {
        self.still_runs();
        self.child.kill().expect("it runs");
        self.child.wait().expect("it was killed");
    }

    /// It does not run for a while.
    pub(crate) fn stop(&self) {
        self.signal(Signal::SIGSTOP);
    }

    /// It goes on after [`stop`](Self::stop).
    pub(crate) fn go_on(&self) {
        self.signal(Signal::SIGCONT);
    }

    /// Tells it to end.
    pub(crate) fn told_to_end(&self) {
        self.signal(Signal::SIGTERM);
    }

    /// Waits until it has ended by itself, and gives how.
    #[track_caller]
    pub(crate) fn ends(&mut self, seconds: u64) -> ExitStatus {
        until("the relay ends", seconds, || self.child.try_wait().expect("it can be asked").is_some());
        self.child.wait().expect("it has ended")
    }

    /// Tells it to end, and gives how it did and how long that took.
    pub(crate) fn end(mut self) -> (ExitStatus, Duration) {
        self.still_runs();
        let began = Instant::now();
        self.told_to_end();
        (self.ends(40), began.elapsed())
    }

    /// Asserts that nothing has made it end.
    #[track_caller]
    pub(crate) fn still_runs(&mut self) {
        let ended = self.child.try_wait().expect("it can be asked");
        let told = || fs::read_to_string(&self.log).unwrap_or_default();
        assert_eq!(ended, None, "the relay ended by itself; relays told:\n{}", told());
    }

    fn signal(&self, signal: Signal) {
        let id = i32::try_from(self.child.id()).expect("ids of processes are small");
        kill(Pid::from_raw(id), signal).expect("it runs");
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
