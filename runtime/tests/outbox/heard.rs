//! What is logged in this process: by the database driver, and by PostgreSQL to its client.

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

    fn new_span(&self, _: &Attributes<'_>) -> Id {
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, _: &Record<'_>) {}

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        let mut text = Text(String::new());
        event.record(&mut text);
        for (word, texts) in HEARD.lock().unwrap_or_else(PoisonError::into_inner).iter_mut() {
            if text.0.contains(word.as_str()) {
                texts.push(text.0.clone());
            }
        }
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}
