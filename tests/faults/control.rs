//! Relays that are wrong: the checker finds each of them, on a real database and with the broker of these tests. One that
//! is right, as long as nothing breaks, it finds well.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;

use crate::check::{Row, Verdict};
use crate::held::Held;
use crate::rows::{What, of_postgres};
use crate::stage::Stage;

/// What is wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Flaw {
    Nothing,
    /// It goes on behind the last row that it saw.
    HasCursor,
    /// It sends two rows of a key in the wrong order.
    Swaps,
    /// It forgets a row.
    Drops,
    /// It sends a row twice.
    Repeats,
}

/// Publishes what can be seen.
fn look(stage: &Stage, flaw: Flaw, sent: &mut Vec<Row>) {
    let is_new = |row: &Row| match flaw {
        Flaw::HasCursor => sent.last().is_none_or(|last| row.seq > last.seq),
        _ => !sent.contains(row),
    };
    let mut rows: Vec<_> = stage.committed().into_iter().filter(is_new).collect();
    match flaw {
        Flaw::Nothing | Flaw::HasCursor => {}
        Flaw::Swaps => rows.swap(0, 2),
        Flaw::Drops => rows.retain(|row| row.seq != 4),
        Flaw::Repeats => rows.push(rows[0].clone()),
    }
    for row in rows {
        send(stage, &row);
        sent.push(row);
    }
}

fn send(stage: &Stage, row: &Row) {
    let mut stream = TcpStream::connect(("127.0.0.1", stage.broker.port())).expect("the broker listens");
    let key = row.key.as_ref().map(|key| format!("ce-partitionkey: {key}\r\n")).unwrap_or_default();
    let head = format!("ce-id: {}\r\nce-sequence: {}\r\n{key}content-length: 0", row.id, row.seq);
    write!(stream, "POST / HTTP/1.1\r\nhost: broker\r\n{head}\r\n\r\n").expect("the broker reads");
    let mut line = String::new();
    BufReader::new(stream).read_line(&mut line).expect("the broker answers");
    assert!(line.contains("204"), "{line}");
}

/// What the checker says of a relay that looks while a writer has not committed, and afterwards.
fn verdict_of(flaw: Flaw) -> Option<Verdict> {
    let stage = Stage::postgres()?;
    let mut sent = Vec::new();
    let late = of_postgres(&["Late/1", "-"], What::Continues);
    let late = Held::of(&stage.farm.url, format!("BEGIN; {late}"));
    stage.write(&["Cow/1", "Cow/2", "Cow/1", "Cow/2"]);
    look(&stage, flaw, &mut sent);
    late.commit();
    stage.write(&["Cow/1", "Cow/3", "Cow/1"]);
    look(&stage, flaw, &mut sent);
    Some(stage.verdict())
}

#[test]
fn a_relay_that_is_right_is_found_well() {
    let Some(verdict) = verdict_of(Flaw::Nothing) else { return };
    verdict.is_clean(0);
}

#[test]
fn a_relay_with_a_cursor_is_found_to_miss_what_commits_late() {
    let Some(verdict) = verdict_of(Flaw::HasCursor) else { return };
    assert_eq!(verdict, Verdict { missing: vec![1, 2], ..Verdict::default() });
}

#[test]
fn a_relay_that_swaps_a_pair_is_found() {
    let Some(verdict) = verdict_of(Flaw::Swaps) else { return };
    assert_eq!(verdict, Verdict { disordered: vec![3], ..Verdict::default() });
}

#[test]
fn a_relay_that_drops_rows_is_found() {
    let Some(verdict) = verdict_of(Flaw::Drops) else { return };
    assert_eq!(verdict, Verdict { missing: vec![4], ..Verdict::default() });
}

#[test]
fn a_relay_that_repeats_rows_is_found() {
    let Some(verdict) = verdict_of(Flaw::Repeats) else { return };
    assert_eq!(verdict, Verdict { duplicates: 2, ..Verdict::default() });
}
