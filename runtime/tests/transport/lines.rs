//! Lines to standard output, or to any writer.

use std::io::{self, ErrorKind, Write};
use std::sync::{Arc, Mutex};

use evt_runtime::relay::{Message, Outcome, Transport};
use evt_runtime::transport::Lines;
use evt_runtime::transport::conformance::{Arrival, check, message};

/// Keeps what was flushed, and has room for so much.
#[derive(Clone)]
struct Shared(Arc<Mutex<Written>>);

struct Written {
    waiting: Vec<u8>,
    flushed: Vec<u8>,
    room: usize,
    error: ErrorKind,
}

impl Shared {
    fn new(room: usize, error: ErrorKind) -> Self {
        Self(Arc::new(Mutex::new(Written { waiting: Vec::new(), flushed: Vec::new(), room, error })))
    }

    fn roomy() -> Self {
        Self::new(usize::MAX, ErrorKind::StorageFull)
    }

    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().flushed.clone()).unwrap()
    }
}

impl Write for Shared {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut written = self.0.lock().unwrap();
        let fits = bytes.len().min(written.room);
        if fits == 0 {
            return Err(written.error.into());
        }
        written.room -= fits;
        written.waiting.extend(&bytes[..fits]);
        Ok(fits)
    }

    fn flush(&mut self) -> io::Result<()> {
        let mut written = self.0.lock().unwrap();
        let waiting = std::mem::take(&mut written.waiting);
        written.flushed.extend(waiting);
        Ok(())
    }
}

#[tokio::test]
async fn lines_keep_what_a_relay_builds_on() {
    let shared = Shared::roomy();
    let lines = Lines::to("memory:", shared.clone());
    let arrived = async || shared.text().lines().map(|line| Arrival::of_structured(line).unwrap()).collect();
    check(&lines, &[], arrived).await.unwrap();
}

#[tokio::test]
async fn a_batch_is_written_whole_and_flushed() {
    let shared = Shared::roomy();
    let messages = [message(1, None, "1"), message(2, None, "2")];
    let answers = Lines::to("memory:", shared.clone()).deliver_all(&messages).unwrap().await;
    assert_eq!(answers, [Outcome::Accepted, Outcome::Accepted]);
    assert_eq!(shared.text().lines().count(), 2);
}

#[tokio::test]
async fn a_message_is_one_line_whatever_stands_in_it() {
    let shared = Shared::roomy();
    let pretty =
        Message { metadata: "{\n\"by\": \"Ann\"\n}".to_owned(), ..message(1, None, "{\r\n  \"n\": 1\n}") };
    let outcome = Lines::to("memory:", shared.clone()).deliver(&pretty).await;
    assert_eq!(outcome, Outcome::Accepted);
    let text = shared.text();
    assert_eq!((text.lines().count(), text.contains('\r')), (1, false));
    assert_eq!(Arrival::of_structured(text.trim_end()).unwrap().payload, b"{    \"n\": 1 }");
}

#[tokio::test]
async fn a_trace_goes_on_in_a_line() {
    let shared = Shared::roomy();
    let traced = message(1, None, "1");
    assert_eq!(Lines::to("memory:", shared.clone()).deliver(&traced).await, Outcome::Accepted);
    let line: serde_json::Value = serde_json::from_str(&shared.text()).unwrap();
    assert_eq!(line["traceparent"], crate::sent::TRACEPARENT);
}

#[tokio::test]
async fn a_closed_pipe_is_unavailable() {
    let shared = Shared::new(0, ErrorKind::BrokenPipe);
    let lines = Lines::to("stdout:", shared);
    let outcome = lines.deliver(&message(1, None, "1")).await;
    assert_eq!(outcome, Outcome::down("closed", "`stdout:` is closed: nobody reads it"));
    let answers = lines.deliver_all(&[message(1, None, "1"), message(2, None, "2")]).unwrap().await;
    assert_eq!(answers, [outcome]);
}

#[tokio::test]
async fn a_line_that_was_cut_off_spoils_none_behind_it() {
    let shared = Shared::new(50, ErrorKind::StorageFull);
    let lines = Lines::to("memory:", shared.clone());
    let sent = message(1, None, "1");
    let outcome = lines.deliver(&sent).await;
    assert!(matches!(outcome, Outcome::Unavailable { code, .. } if code == "io"));
    shared.0.lock().unwrap().room = usize::MAX;
    assert_eq!(lines.deliver(&sent).await, Outcome::Accepted);
    assert_eq!(lines.deliver(&sent).await, Outcome::Accepted);
    let whole: Vec<_> = shared.text().lines().map(|line| Arrival::of_structured(line).is_some()).collect();
    assert_eq!(whole, [false, true, true]);
}
