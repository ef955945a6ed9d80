//! A broker that takes webhooks and writes down what arrives, or does what brokers do on bad days.

mod connection;

use std::collections::BTreeMap;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard};
use std::thread::JoinHandle;
use std::time::Duration;

/// What it does with a message.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Takes it, after a while.
    Takes(Duration),
    /// Takes it, and the answer is lost.
    LosesAnswers,
    /// Says this instead.
    Says(u16),
    /// Says nothing as long as this lasts.
    Stalls,
}

impl Mood {
    pub(crate) const WELL: Self = Self::Takes(Duration::ZERO);
}

/// A message that arrived.
#[derive(Clone, Debug)]
pub(crate) struct Arrival {
    pub(crate) id: String,
    pub(crate) key: Option<String>,
    pub(crate) seq: i64,
    /// The port that it came to.
    pub(crate) port: u16,
    /// Whether there is a header that no relay sends.
    pub(crate) is_forged: bool,
    /// Whether it was taken.
    pub(crate) is_taken: bool,
}

/// What its connections share.
struct State {
    mood: Mood,
    /// What it does with messages of these places.
    of_rows: BTreeMap<i64, Mood>,
    journal: Vec<Arrival>,
    /// By whose they are.
    open: BTreeMap<SocketAddr, TcpStream>,
}

/// See the module. It ends when it is dropped.
pub(crate) struct Broker {
    address: SocketAddr,
    state: Arc<Mutex<State>>,
    listening: Option<(Arc<AtomicBool>, JoinHandle<()>)>,
}

impl Broker {
    pub(crate) fn new() -> Self {
        let state =
            State { mood: Mood::WELL, of_rows: BTreeMap::new(), journal: Vec::new(), open: BTreeMap::new() };
        Self::with(Arc::new(Mutex::new(state)))
    }

    /// The same broker at another address.
    pub(crate) fn elsewhere(&self) -> Self {
        Self::with(Arc::clone(&self.state))
    }

    fn with(state: Arc<Mutex<State>>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port is free");
        let address = listener.local_addr().expect("it is bound");
        let mut broker = Self { address, state, listening: None };
        broker.listen(listener);
        broker
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    pub(crate) fn is(&self, mood: Mood) {
        lock(&self.state).mood = mood;
    }

    /// What it does with one row, whatever it does with others.
    pub(crate) fn of_row(&self, seq: i64, mood: Mood) {
        lock(&self.state).of_rows.insert(seq, mood);
    }

    /// From now on rows are like others.
    pub(crate) fn of_rows_no_more(&self) {
        lock(&self.state).of_rows.clear();
    }

    /// All that arrived.
    pub(crate) fn arrivals(&self) -> Vec<Arrival> {
        lock(&self.state).journal.clone()
    }

    /// The ids of what was taken.
    pub(crate) fn taken(&self) -> Vec<String> {
        let arrivals = self.arrivals().into_iter();
        arrivals.filter(|arrival| arrival.is_taken).map(|arrival| arrival.id).collect()
    }

    /// Somebody else than a relay gives it a message.
    pub(crate) fn is_given(&self, id: &str) {
        let arrival =
            Arrival { id: id.to_owned(), key: None, seq: 0, is_taken: true, is_forged: false, port: 0 };
        lock(&self.state).journal.push(arrival);
    }

    /// How many messages of a row arrived.
    pub(crate) fn tries_of(&self, seq: i64) -> usize {
        lock(&self.state).journal.iter().filter(|arrival| arrival.seq == seq).count()
    }

    /// Nobody listens, and who was connected is cut off.
    pub(crate) fn goes_down(&mut self) {
        if let Some((stop, thread)) = self.listening.take() {
            stop.store(true, Ordering::Relaxed);
            thread.join().expect("the broker works");
        }
        for stream in std::mem::take(&mut lock(&self.state).open).into_values() {
            // It may have gone by itself.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }

    pub(crate) fn comes_up(&mut self) {
        let listener = TcpListener::bind(self.address).expect("the port is still ours");
        self.listen(listener);
    }

    fn listen(&mut self, listener: TcpListener) {
        listener.set_nonblocking(true).expect("a listener can look without waiting");
        let (stop, state) = (Arc::new(AtomicBool::new(false)), Arc::clone(&self.state));
        let told = Arc::clone(&stop);
        let thread = std::thread::spawn(move || {
            while !told.load(Ordering::Relaxed) {
                match listener.accept() {
                    Ok((stream, _)) => connection::serve(stream, &state),
                    Err(_) => std::thread::sleep(Duration::from_millis(2)),
                }
            }
        });
        self.listening = Some((stop, thread));
    }
}

impl Drop for Broker {
    fn drop(&mut self) {
        self.goes_down();
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().expect("no thread of the broker panics")
}
