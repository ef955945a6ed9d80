//! What a program that runs for long tells while it does.

use std::io;

use tracing_subscriber::Layer as _;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::layer::SubscriberExt as _;
use tracing_subscriber::util::SubscriberInitExt as _;

use super::{Output, Paint, Verbosity};

impl Output {
    /// Prints from now on what the relay tells of itself: a line each on standard error, with the time. Libraries that it
    /// stands on are not heard: some tell what messages hold.
    pub(crate) fn trace(&self) {
        let level = match self.verbosity {
            Verbosity::Quiet => LevelFilter::ERROR,
            Verbosity::Normal => LevelFilter::INFO,
            Verbosity::Verbose => LevelFilter::DEBUG,
        };
        let lines = tracing_subscriber::fmt::layer()
            .with_writer(io::stderr)
            .with_target(false)
            .with_ansi(self.paint == Paint::Colored)
            .with_filter(Targets::new().with_target("evt_runtime", level));
        // Somebody who listens already goes on.
        drop(tracing_subscriber::registry().with(lines).try_init());
    }
}
