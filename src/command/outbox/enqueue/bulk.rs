//! Many events, from lines of JSON, in one transaction.

use std::fmt::Write as _;
use std::ops::ControlFlow;

use evt_runtime::outbox::operator::{OutboxError, Writing};
use evt_runtime::{Envelope, Inserted};
use tokio::sync::mpsc::{self, Receiver, Sender};

use super::request::{Request, Writers};
use super::{duplicate, longest};
use crate::cli::{EnqueueArguments, OnDuplicate};
use crate::command::Ended;
use crate::command::database::Desk;
use crate::command::interrupt::Interrupt;
use crate::disk::{Line, Lines};
use crate::finding::Finding;
use crate::listing::json_line::JsonLine;
use crate::rule;
use crate::run::{Exit, Failure};

/// How many events are written at once,
const BATCH_ROWS: usize = 500;
/// and how long they are together, in bytes.
const BATCH_BYTES: usize = 2 << 20;
/// How many batches are read ahead.
const AHEAD: usize = 2;
/// How many of the things that are wrong are told.
const MOST_TOLD: usize = 100;
/// What a line may hold besides a payload, in bytes.
const AROUND: usize = 1 << 20;

/// What a reader has made of some lines.
#[derive(Default)]
struct Batch {
    /// With the numbers of their lines.
    rows: Vec<(u64, Envelope)>,
    /// What is wrong with others.
    bad: Vec<BadLine>,
    bytes: usize,
}

/// What comes from the reader. What only stops was not read to its end.
enum Read {
    Lines(Batch),
    End,
}

type Answer = Result<Read, Box<Finding>>;

struct BadLine {
    number: u64,
    findings: Vec<Finding>,
}

/// What was done so far.
#[derive(Default)]
struct Done {
    written: u64,
    skipped: u64,
    bad: u64,
    told: Vec<Finding>,
    /// How many more things are wrong.
    untold: usize,
    stopped: bool,
}

/// Writes the events of a file.
pub(super) fn run(desk: &Desk<'_>, writers: Writers, from: &str, arguments: &EnqueueArguments) -> Ended {
    let lines = Lines::open(&desk.edge.folder, from, longest(desk).saturating_add(AROUND))?;
    let (sender, receiver) = mpsc::channel(AHEAD);
    // Not waited for: when a person stops the command it may be waiting for its input.
    std::thread::spawn(move || read(lines, writers, &sender));
    let interrupt = Interrupt::new();
    let progress = desk.edge.output.progress("events written");
    let mut broken = None;
    let done = desk.wait(interrupt.beside(async {
        let work = Work { desk, arguments, interrupt: &interrupt, tell: &|count| progress.tell(count) };
        work.all(receiver, &mut broken).await
    }))?;
    drop(progress);
    if let Some(finding) = broken {
        return Err(Failure::from(finding));
    }
    Ok(told(desk, &done, arguments))
}

/// Reads lines until there are no more, or nobody wants them.
fn read(mut lines: Lines, mut writers: Writers, to: &Sender<Answer>) {
    let mut batch = Batch::default();
    loop {
        match lines.next_line() {
            Err(finding) => return drop(to.blocking_send(Err(finding))),
            Ok(None) => return end(batch, to),
            Ok(Some(line)) => batch.add(line, &mut writers),
        }
        let is_full = batch.rows.len() + batch.bad.len() >= BATCH_ROWS || batch.bytes >= BATCH_BYTES;
        if is_full && to.blocking_send(Ok(Read::Lines(std::mem::take(&mut batch)))).is_err() {
            return;
        }
    }
}

/// Hands the last lines over, and says that they are the last.
fn end(batch: Batch, to: &Sender<Answer>) {
    for read in [Read::Lines(batch), Read::End] {
        if to.blocking_send(Ok(read)).is_err() {
            return;
        }
    }
}

impl Batch {
    fn add(&mut self, line: Line, writers: &mut Writers) {
        match envelope(line.text, writers) {
            Ok(envelope) => {
                self.bytes += envelope.payload.len() + envelope.metadata.len();
                self.rows.push((line.number, envelope));
            }
            Err(findings) => self.bad.push(BadLine { number: line.number, findings }),
        }
    }
}

fn envelope(text: Result<String, String>, writers: &mut Writers) -> Result<Envelope, Vec<Finding>> {
    let refused = |message: String| vec![Finding::new(&rule::PAYLOAD, message)];
    let text = text.map_err(refused)?;
    let request: Request = serde_json::from_str(&text).map_err(|error| vec![unread(&error)])?;
    writers.envelope(request)
}

/// How a help begins that lists the keys of a line.
const KEYS: &str = "there are ";

/// What is wrong with a line, without the line: to the reader it is always the first.
fn unread(error: &serde_json::Error) -> Finding {
    let message = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let (said, column) = match message.strip_suffix(&place) {
        Some(said) if error.column() > 0 => (said, format!(", column {}", error.column())),
        Some(said) => (said, String::new()),
        None => (message.as_str(), String::new()),
    };
    let (said, keys) = said.split_once(", expected one of ").unwrap_or((said, ""));
    let finding = Finding::new(&rule::PAYLOAD, format!("it cannot be read: {said}{column}"));
    if keys.is_empty() { finding } else { finding.help(format!("{KEYS}{keys}")) }
}

struct Work<'w> {
    desk: &'w Desk<'w>,
    arguments: &'w EnqueueArguments,
    interrupt: &'w Interrupt,
    tell: &'w (dyn Fn(u64) + Sync),
}

impl Work<'_> {
    /// Writes all batches, and keeps them if they are good or the good ones are wanted.
    async fn all(
        &self,
        mut batches: Receiver<Answer>,
        broken: &mut Option<Box<Finding>>,
    ) -> Result<Done, OutboxError> {
        let mut done = Done::default();
        let mut writing = None;
        loop {
            let batch = tokio::select! {
                batch = batches.recv() => batch,
                () = self.interrupt.told() => None,
            };
            if self.interrupt.flow() == ControlFlow::Break(()) {
                done.stopped = true;
                return Ok(done);
            }
            match batch {
                Some(Ok(Read::End)) => break,
                Some(Ok(Read::Lines(batch))) => self.batch(batch, &mut writing, &mut done).await?,
                Some(Err(finding)) => {
                    *broken = Some(finding);
                    return Ok(done);
                }
                None => {
                    *broken = Some(Box::new(Finding::new(&rule::IO, "the lines were not read to their end")));
                    return Ok(done);
                }
            }
        }
        match writing {
            Some(writing) if self.keeps(&done) => writing.commit().await?,
            _ => {}
        }
        Ok(done)
    }

    /// Whether what is good is written.
    fn keeps(&self, done: &Done) -> bool {
        done.bad == 0 || self.arguments.keep_going
    }

    async fn batch<'o>(
        &'o self,
        batch: Batch,
        writing: &mut Option<Writing<'o>>,
        done: &mut Done,
    ) -> Result<(), OutboxError> {
        batch.bad.into_iter().for_each(|line| done.refuse(line));
        if !self.keeps(done) {
            // Undone at once: other writers go on while the rest is read.
            *writing = None;
            return Ok(());
        }
        if batch.rows.is_empty() {
            return Ok(());
        }
        let writing = match writing {
            Some(writing) => writing,
            None => writing.insert(self.desk.outbox.write().await?),
        };
        let (numbers, rows): (Vec<_>, Vec<_>) = batch.rows.into_iter().unzip();
        let inserted = writing.put(&rows).await?;
        for ((number, row), inserted) in numbers.into_iter().zip(&rows).zip(inserted) {
            match (inserted, self.arguments.on_duplicate) {
                (Inserted::New { .. }, _) => done.written += 1,
                (Inserted::Duplicate { .. }, OnDuplicate::Skip) => done.skipped += 1,
                (Inserted::Duplicate { id, .. }, OnDuplicate::Error) => {
                    done.refuse(BadLine { number, findings: vec![duplicate(row, id)] });
                }
            }
        }
        (self.tell)(done.written);
        Ok(())
    }
}

impl Done {
    fn refuse(&mut self, line: BadLine) {
        self.bad += 1;
        let room = MOST_TOLD.saturating_sub(self.told.len());
        self.untold += line.findings.len().saturating_sub(room);
        for mut finding in line.findings.into_iter().take(room) {
            finding.message = format!("line {}: {}", line.number, finding.message);
            // The keys are the same in each line: who was told once knows them.
            let is_told = |help: &String| {
                help.starts_with(KEYS) && self.told.iter().any(|told| told.help.as_ref() == Some(help))
            };
            finding.help = finding.help.filter(|help| !is_told(help));
            self.told.push(finding);
        }
    }
}

fn told(desk: &Desk<'_>, done: &Done, arguments: &EnqueueArguments) -> Exit {
    let output = &desk.edge.output;
    let is_kept = !done.stopped && (done.bad == 0 || arguments.keep_going);
    let written = if is_kept { done.written } else { 0 };
    let skipped = if is_kept { done.skipped } else { 0 };
    if !done.told.is_empty() {
        output.told(&done.told);
    }
    if done.untold > 0 {
        output.note(&format!("{} more findings are not shown", done.untold));
    }
    if done.stopped {
        output.note("it was interrupted before its end");
    }
    if done.bad > 0 {
        let lines = if done.bad == 1 { "1 line is".to_owned() } else { format!("{} lines are", done.bad) };
        output.note(&format!("{lines} bad"));
    }
    let mut text = match written {
        0 => "wrote no event".to_owned(),
        1 => "wrote 1 event".to_owned(),
        written => format!("wrote {written} events"),
    };
    if skipped > 0 {
        let _ = write!(text, ", passed over {skipped} that were written before");
    }
    let line = JsonLine::action("enqueue", false).number("written", written);
    let line = line.number("skipped", skipped).number("bad", done.bad).truth("stopped", done.stopped);
    output.acted(line, &format!("{text}\n"));
    if is_kept && done.bad == 0 { Exit::Fine } else { Exit::Found }
}
