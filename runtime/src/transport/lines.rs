use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Mutex, PoisonError};

use super::line::{answers, beside, lines};
use crate::relay::{Deliveries, Delivery, Message, Outcome, Transport};

/// Writes each message as a line, one structured `CloudEvents` JSON object, to standard output or to any writer.
///
/// ```
/// use evt_runtime::relay::Transport;
/// use evt_runtime::transport::Lines;
///
/// assert_eq!(Lines::stdout().destination(), "stdout:");
/// ```
#[derive(Debug)]
pub struct Lines<W> {
    destination: String,
    out: Arc<Mutex<Out<W>>>,
}

#[derive(Debug)]
struct Out<W> {
    writer: W,
    /// The last line was cut off: it has to be ended before the next one begins.
    is_torn: bool,
}

impl Lines<io::Stdout> {
    /// To standard output.
    ///
    /// ```
    /// use evt_runtime::relay::Relay;
    /// use evt_runtime::outbox::operator::Outbox;
    /// use evt_runtime::transport::Lines;
    ///
    /// fn printing(outbox: Outbox) -> Relay {
    ///     Relay::to(outbox, Lines::stdout())
    /// }
    /// ```
    #[must_use]
    pub fn stdout() -> Self {
        Self::to("stdout:", io::stdout())
    }
}

impl<W: Write + Send + 'static> Lines<W> {
    /// To a writer, which people know under a name. It is flushed before messages count as accepted.
    ///
    /// ```
    /// use evt_runtime::relay::Transport;
    /// use evt_runtime::transport::Lines;
    ///
    /// assert_eq!(Lines::to("memory:", Vec::new()).destination(), "memory:");
    /// ```
    pub fn to(destination: impl Into<String>, writer: W) -> Self {
        Self { destination: destination.into(), out: Arc::new(Mutex::new(Out { writer, is_torn: false })) }
    }

    async fn write(&self, lines: Vec<u8>) -> Outcome {
        let out = Arc::clone(&self.out);
        let destination = self.destination.clone();
        beside(move || {
            let written = out.lock().unwrap_or_else(PoisonError::into_inner).write(&lines);
            written.map_or_else(|error| unavailable(&destination, &error), |()| Outcome::Accepted)
        })
        .await
    }
}

impl<W: Write> Out<W> {
    fn write(&mut self, lines: &[u8]) -> io::Result<()> {
        if self.is_torn {
            self.writer.write_all(b"\n")?;
            self.is_torn = false;
        }
        let mut rest = lines;
        while !rest.is_empty() {
            let written = match self.writer.write(rest) {
                Ok(0) => Err(ErrorKind::WriteZero.into()),
                Err(error) if error.kind() == ErrorKind::Interrupted => continue,
                written => written,
            };
            let done = lines.len() - rest.len();
            let written = written.inspect_err(|_| self.is_torn = done > 0 && lines[done - 1] != b'\n')?;
            rest = &rest[written..];
        }
        self.writer.flush()
    }
}

fn unavailable(destination: &str, error: &io::Error) -> Outcome {
    match error.kind() {
        ErrorKind::BrokenPipe => {
            Outcome::down("closed", format!("`{destination}` is closed: nobody reads it"))
        }
        _ => Outcome::down("io", format!("`{destination}` cannot be written: {error}")),
    }
}

impl<W: Write + Send + 'static> Transport for Lines<W> {
    fn destination(&self) -> String {
        self.destination.clone()
    }

    fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
        Box::pin(self.write(lines(std::slice::from_ref(message))))
    }

    fn deliver_all<'a>(&'a self, messages: &'a [Message]) -> Option<Deliveries<'a>> {
        Some(Box::pin(async { answers(messages.len(), self.write(lines(messages)).await) }))
    }
}
