mod held;
mod tape;

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::BadDestination;
use super::line::{answers, beside, lines};
use crate::relay::{Deliveries, Delivery, Message, Outcome, Transport};
use held::Held;

/// Appends each message to a file as a line, one structured `CloudEvents` JSON object. What counts as accepted is on the
/// disk, and in the file of that name: one that was moved away or deleted is begun anew.
///
/// One writer has it at a time. What a crash left half written is cut off when the file is opened, with a warning: those
/// events are sent again.
///
/// ```
/// use evt_runtime::relay::Transport;
/// use evt_runtime::transport::File;
///
/// let file = File::at("/var/lib/farm/events.ndjson")?;
/// assert_eq!(file.destination(), "file:/var/lib/farm/events.ndjson");
/// # Ok::<(), evt_runtime::transport::BadDestination>(())
/// ```
#[derive(Debug)]
pub struct File {
    path: PathBuf,
    held: Arc<Mutex<Option<Held>>>,
}

impl File {
    /// The file of that name. It is opened with the first message, and made where there is none.
    ///
    /// # Errors
    /// [`BadDestination`] where there is no name.
    ///
    /// ```
    /// use evt_runtime::transport::File;
    ///
    /// assert!(File::at("").is_err());
    /// ```
    pub fn at(path: impl AsRef<Path>) -> Result<Self, BadDestination> {
        // Relays that were started in different folders write to different files: they must see that.
        let path = std::path::absolute(path)
            .map_err(|error| BadDestination { reason: format!("names no file: {error}") })?;
        Ok(Self { path, held: Arc::default() })
    }

    async fn append(&self, lines: Vec<u8>) -> Outcome {
        let (held, path) = (Arc::clone(&self.held), self.path.clone());
        beside(move || {
            let mut held = held.lock().unwrap_or_else(PoisonError::into_inner);
            match append(&mut held, &path, &lines) {
                Ok(()) => Outcome::Accepted,
                Err(error) => unavailable(&path, &error),
            }
        })
        .await
    }
}

/// Appends lines to what is held, which is opened where it is not or not any more.
fn append(held: &mut Option<Held>, path: &Path, lines: &[u8]) -> io::Result<()> {
    if held.as_ref().is_some_and(|held| !held.is_at(path)) {
        *held = None;
    }
    let mut open = match held.take() {
        Some(open) => open,
        None => Held::open(path)?,
    };
    match open.append(lines) {
        Ok(()) => *held = Some(open),
        Err(failed) => {
            // Who cannot cut leaves that to the next opening.
            *held = failed.is_whole.then_some(open);
            return Err(failed.error);
        }
    }
    Ok(())
}

fn unavailable(path: &Path, error: &io::Error) -> Outcome {
    let path = path.display();
    match error.kind() {
        io::ErrorKind::ResourceBusy => Outcome::down("busy", format!("another writer has `{path}`")),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            Outcome::down("full", format!("the disk of `{path}` is full: {error}"))
        }
        _ => Outcome::down("io", format!("`{path}` cannot be written: {error}")),
    }
}

impl Transport for File {
    fn destination(&self) -> String {
        format!("file:{}", self.path.display())
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(self.append(lines(std::slice::from_ref(message))))
    }

    fn deliver_all<'a>(&'a self, messages: &'a [Message]) -> Option<Deliveries<'a>> {
        Some(Box::pin(async { answers(messages.len(), self.append(lines(messages)).await) }))
    }
}
