//! What was traced on this thread.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex, Once};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Event, Metadata, Subscriber};

/// Lines such as `INFO evt event="cow_fed" version=1`, and those of spans: `DEBUG span emit event="cow_fed"`, with what is
/// recorded later behind it.
#[derive(Clone, Default)]
pub(crate) struct Capture(Arc<Mutex<Vec<String>>>);

impl Capture {
    /// Captures until the guard is dropped.
    pub(crate) fn start() -> (Self, DefaultGuard) {
        static ONCE: Once = Once::new();
        // A line that is first reached on a thread without any subscriber may stay silent for tests that run beside.
        ONCE.call_once(|| {
            tracing::subscriber::set_global_default(Self::default()).expect("nobody else sets one");
        });
        let capture = Self::default();
        let guard = tracing::subscriber::set_default(capture.clone());
        (capture, guard)
    }

    pub(crate) fn lines(&self) -> Vec<String> {
        self.0.lock().expect("no test panics while it traces").clone()
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {field}={value:?}");
    }
}

impl Subscriber for Capture {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let metadata = attributes.metadata();
        let mut line = Line(format!("{} span {}", metadata.level(), metadata.name()));
        attributes.record(&mut line);
        let mut lines = self.0.lock().expect("no test panics while it traces");
        lines.push(line.0);
        Id::from_u64(lines.len() as u64)
    }

    fn record(&self, id: &Id, record: &Record<'_>) {
        let mut lines = self.0.lock().expect("no test panics while it traces");
        let of_span = usize::try_from(id.into_u64()).expect("it is an index");
        let mut line = Line(std::mem::take(&mut lines[of_span - 1]));
        record.record(&mut line);
        lines[of_span - 1] = line.0;
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut line = Line(format!("{} {}", event.metadata().level(), event.metadata().target()));
        event.record(&mut line);
        self.0.lock().expect("no test panics while it traces").push(line.0);
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
