use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread;
use std::time::Duration;

/// How long one input may take, on a slow machine that does much else.
const BOUND: Duration = Duration::from_secs(20);

/// A thread that checks texts, watched by the one that gives them to it.
pub(super) struct Watch {
    texts: Sender<String>,
    done: Receiver<()>,
}

impl Watch {
    pub(super) fn new(check: fn(&str)) -> Self {
        let (texts, inbox) = channel::<String>();
        let (outbox, done) = channel();
        thread::spawn(move || {
            for text in inbox {
                check(&text);
                if outbox.send(()).is_err() {
                    return;
                }
            }
        });
        Self { texts, done }
    }

    /// Checks a text, and fails with it where that panics or takes too long.
    pub(super) fn run(&self, text: &str) {
        let sent = self.texts.send(text.to_owned());
        sent.expect("the thread lives as long as it has not panicked");
        match self.done.recv_timeout(BOUND) {
            Ok(()) => {}
            Err(RecvTimeoutError::Timeout) => panic!("no end after {BOUND:?} with this input:\n{text:?}"),
            Err(RecvTimeoutError::Disconnected) => panic!("a panic with this input:\n{text:?}"),
        }
    }
}
