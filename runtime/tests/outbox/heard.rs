//! What is logged in this process: by the relay, by the database driver, and by PostgreSQL to its client.

use std::cell::RefCell;
use std::fmt::{Debug, Write as _};
use std::sync::{Mutex, Once, PoisonError};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

/// What was logged with a word in it, by that word.
static HEARD: Mutex<Vec<(String, Vec<String>)>> = Mutex::new(Vec::new());

/// Keeps all that is logged with a word in it.
pub(crate) struct Ear(String);

impl Ear {
    pub(crate) fn new(word: &str) -> Self {
        static ONCE: Once = Once::new();
        ONCE.call_once(|| tracing::subscriber::set_global_default(Listener).unwrap());
        HEARD.lock().unwrap_or_else(PoisonError::into_inner).push((word.to_owned(), Vec::new()));
        Self(word.to_owned())
    }

    /// What was heard since it was last asked.
    pub(crate) fn heard(&self) -> Vec<String> {
        let mut heard = HEARD.lock().unwrap_or_else(PoisonError::into_inner);
        let of_word = heard.iter_mut().find(|(word, _)| *word == self.0);
        of_word.map(|(_, texts)| std::mem::take(texts)).unwrap_or_default()
    }
}

struct Listener;

/// The names of spans, by their number from 1.
static SPANS: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());

thread_local! {
    /// The spans that this thread is in.
    static WITHIN: RefCell<Vec<Id>> = const { RefCell::new(Vec::new()) };
}

/// Tells those who wait for a word in it.
fn tell(text: &str) {
    for (word, texts) in HEARD.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
        if text.contains(word.as_str()) {
            texts.push(text.to_owned());
        }
    }
}

fn name(id: &Id) -> &'static str {
    SPANS.lock().unwrap_or_else(PoisonError::into_inner)[usize::try_from(id.into_u64()).unwrap() - 1]
}

struct Text(String);

impl Visit for Text {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        writeln!(self.0, "{field}={value:?}").unwrap();
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        writeln!(self.0, "{field}={value}").unwrap();
    }
}

impl Subscriber for Listener {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        let name = attributes.metadata().name();
        let mut text = Text(format!("span {name}\n"));
        attributes.record(&mut text);
        tell(&text.0);
        let mut spans = SPANS.lock().unwrap_or_else(PoisonError::into_inner);
        spans.push(name);
        Id::from_u64(spans.len().try_into().unwrap())
    }

    fn record(&self, id: &Id, record: &Record<'_>) {
        let mut text = Text(format!("recorded in {}\n", name(id)));
        record.record(&mut text);
        tell(&text.0);
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        WITHIN.with_borrow(|within| {
            for id in within {
                writeln!(text.0, "within {}", name(id)).unwrap();
            }
        });
        tell(&text.0);
    }

    fn enter(&self, id: &Id) {
        WITHIN.with_borrow_mut(|within| within.push(id.clone()));
    }

    fn exit(&self, id: &Id) {
        WITHIN.with_borrow_mut(|within| within.retain(|entered| entered != id));
    }
}
