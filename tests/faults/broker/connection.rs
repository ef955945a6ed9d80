//! One connection to the broker: requests of HTTP/1.1, one after the other.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use super::{Arrival, Mood, State, lock};

/// Serves it on a thread of its own.
pub(super) fn serve(stream: TcpStream, state: &Arc<Mutex<State>>) {
    stream.set_nonblocking(false).expect("a stream can wait");
    stream.set_nodelay(true).expect("a stream can send at once");
    let (Ok(reading), Ok(peer)) = (stream.try_clone(), stream.peer_addr()) else { return };
    lock(state).open.insert(peer, stream.try_clone().expect("a stream can be cloned twice"));
    let state = Arc::clone(state);
    let port = stream.local_addr().map_or(0, |address| address.port());
    std::thread::spawn(move || {
        let (mut reading, mut writing) = (BufReader::new(reading), stream);
        while let Some(arrival) = arrival(&mut reading, port) {
            let Some(answer) = answer(arrival, &state) else { break };
            if writing.write_all(answer.as_bytes()).is_err() {
                break;
            }
        }
        // The clone that could be cut off must not keep it open, nor take one more of the files that a process may have.
        let _ = writing.shutdown(std::net::Shutdown::Both);
        lock(&state).open.remove(&peer);
    });
}

/// The next message; `None` at the end of the connection.
fn arrival(reading: &mut BufReader<TcpStream>, port: u16) -> Option<Arrival> {
    let mut arrival =
        Arrival { id: String::new(), key: None, seq: 0, port, is_forged: false, is_taken: false };
    let mut length = 0;
    loop {
        let mut line = String::new();
        if reading.read_line(&mut line).ok()? == 0 {
            return None;
        }
        if line.trim().is_empty() {
            break;
        }
        let Some((name, value)) = line.split_once(':') else { continue };
        let value = value.trim();
        match name.to_ascii_lowercase().as_str() {
            "content-length" => length = value.parse().expect("a length is a number"),
            "ce-id" => value.clone_into(&mut arrival.id),
            "ce-partitionkey" => arrival.key = Some(value.to_owned()),
            "ce-sequence" => arrival.seq = value.parse().expect("a place is a number"),
            "x-forged" => arrival.is_forged = true,
            _ => {}
        }
    }
    reading.read_exact(&mut vec![0; length]).ok()?;
    Some(arrival)
}

/// Writes it down, and gives the answer; `None` where there is none.
fn answer(mut arrival: Arrival, state: &Mutex<State>) -> Option<String> {
    let seq = arrival.seq;
    let mood = {
        let mut state = lock(state);
        let mood = mood(&state, seq);
        arrival.is_taken = matches!(mood, Mood::Takes(_) | Mood::LosesAnswers);
        state.journal.push(arrival);
        mood
    };
    match mood {
        Mood::Takes(after) => {
            std::thread::sleep(after);
            Some("HTTP/1.1 204 No Content\r\n\r\n".to_owned())
        }
        Mood::Says(status) => Some(format!("HTTP/1.1 {status} Said\r\ncontent-length: 4\r\n\r\nnope")),
        Mood::LosesAnswers => None,
        Mood::Stalls => {
            while self::mood(&lock(state), seq) == Mood::Stalls {
                std::thread::sleep(Duration::from_millis(20));
            }
            None
        }
    }
}

fn mood(state: &State, seq: i64) -> Mood {
    state.of_rows.get(&seq).copied().unwrap_or(state.mood)
}
