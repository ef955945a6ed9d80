//! Every printer: results go to standard output, everything else to standard error.

mod document;
mod github;
mod gitlab;
mod json;
mod junit;
mod markdown;
mod printer;
mod progress;
mod report;
mod sarif;
mod text;
#[cfg(feature = "db")]
mod trace;
mod unbroken;
mod wrap;

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::disk;
use crate::event::words;
use crate::finding::Finding;
use crate::listing::json_line::JsonLine;
use crate::rule::{self, Severity};
use crate::run::Exit;

use document::Document;
use printer::Choice;

pub(crate) use json::ReportStep;
pub(crate) use printer::{Printer, Runner};
pub(crate) use progress::Progress;

words! {
    /// How results that are no findings are written.
    Format {
        /// For people.
        Text = "text",
        /// For programs.
        Json = "json",
    }
}

words! {
    /// Whether colours are used.
    Color {
        /// Where standard output is a terminal.
        Auto = "auto",
        /// Always.
        Always = "always",
        /// Never.
        Never = "never",
    }
}

/// How much is told besides the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verbosity {
    /// Nothing but errors.
    Quiet,
    /// What a person wants to know.
    Normal,
    /// What was done, step by step.
    Verbose,
}

/// What the arguments and the world say of the output.
#[derive(Debug)]
pub struct Wishes {
    /// The name of the command, as it is typed.
    pub command: &'static str,
    /// Whether its results are findings.
    pub is_check: bool,
    /// `--format`.
    pub format: Option<Printer>,
    /// `--output`, from where the program was started.
    pub file: Option<PathBuf>,
    /// `--fail-on`.
    pub fail_on: Severity,
    /// `--color`.
    pub color: Color,
    /// `--quiet` and `--verbose`.
    pub verbosity: Verbosity,
    /// Whether the environment asks for no colours.
    pub no_color: bool,
    /// What runs the program.
    pub runner: Runner,
    /// The file to which GitHub Actions wants the summary of a step.
    pub step_summary: Option<PathBuf>,
}

/// Where and how results are printed.
#[derive(Debug)]
pub struct Output {
    /// Text or JSON.
    pub format: Format,
    /// How much is told.
    pub verbosity: Verbosity,
    /// The name of the command, for reports.
    pub command: &'static str,
    /// The width of the terminal in columns.
    pub width: usize,
    /// How wide a table may be, in columns; `None` where no terminal would wrap it.
    pub room: Option<usize>,
    /// How findings are written on standard output.
    printer: Printer,
    file: Option<Kept>,
    fail_on: Severity,
    /// Where the project is in its repository.
    folder: OnceLock<String>,
    step_summary: Option<PathBuf>,
    paint: Paint,
    failure: Mutex<Option<io::ErrorKind>>,
}

/// What is written to a file when the command has ended.
#[derive(Debug)]
struct Kept {
    path: PathBuf,
    /// How findings are written; `None` where the file takes results that are none.
    printer: Option<Printer>,
    text: Mutex<Option<String>>,
}

/// Whether text carries the codes of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// It does.
    Colored,
    /// It does not.
    Plain,
}

/// How many bytes a summary of a step has at most: GitHub takes 1 MiB of all of them.
const STEP_SUMMARY: usize = 900 * 1_024;
/// The width of what is not a terminal, in columns.
const PLAIN_WIDTH: usize = 110;

impl Output {
    /// An output that fulfils some wishes.
    #[must_use]
    pub fn new(wishes: Wishes) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let is_colored = match wishes.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !wishes.no_color,
        };
        let width = if is_terminal { terminal_width() } else { PLAIN_WIDTH };
        let choice = Choice::of(wishes.format, wishes.file, wishes.runner);
        // What is no finding goes to the file as it would be printed.
        let of_data = if wishes.is_check { Some(choice.console) } else { wishes.format };
        let kept = |(path, printer)| Kept {
            path,
            printer: wishes.is_check.then_some(printer),
            text: Mutex::new(None),
        };
        Self {
            format: format_of(of_data),
            verbosity: wishes.verbosity,
            command: wishes.command,
            width,
            room: is_terminal.then_some(width),
            printer: if wishes.is_check { choice.console } else { of_data.unwrap_or(Printer::Text) },
            file: choice.file.map(kept),
            fail_on: wishes.fail_on,
            folder: OnceLock::new(),
            step_summary: wishes.step_summary,
            paint: if is_colored { Paint::Colored } else { Paint::Plain },
            failure: Mutex::new(None),
        }
    }

    /// The file that results were asked to go to.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.file.as_ref().map(|file| file.path.as_path())
    }

    /// Prints a result.
    pub fn result(&self, text: &str) {
        match &self.file {
            Some(file) if file.printer.is_none() => file.add(text),
            _ => self.print(text),
        }
    }

    fn print(&self, text: &str) {
        self.write(&mut io::stdout().lock(), text);
    }

    /// Says where the places of findings are told from: a folder below the root of a repository. Only the first word counts.
    pub(crate) fn places_are_below(&self, folder: &Path) {
        self.folder.get_or_init(|| disk::below_repository(folder));
    }

    /// How a check ends that found this.
    #[must_use]
    pub fn exit(&self, findings: &[Finding]) -> Exit {
        if findings.iter().any(|finding| finding.severity >= self.fail_on) { Exit::Found } else { Exit::Fine }
    }

    /// Writes the file that results were asked to go to, whole; a stream of this process gets them as they are.
    ///
    /// # Errors
    /// It cannot be written.
    pub(crate) fn finish(&self) -> Result<(), Box<Finding>> {
        let Some(file) = &self.file else { return Ok(()) };
        let text = file.text.lock().unwrap_or_else(PoisonError::into_inner).take();
        let Some(text) = text else { return Ok(()) };
        match disk::Sink::at(&file.path) {
            Some(disk::Sink::Stdout) => self.print(&text),
            Some(disk::Sink::Stderr) => self.write(&mut io::stderr().lock(), &text),
            Some(disk::Sink::Opened) | None => {
                disk::write_over(&file.path, &file.path.to_string_lossy(), &text)?;
            }
        }
        Ok(())
    }

    /// Prints what was done, as a result for people; programs get a report.
    pub fn done(&self, text: &str) {
        match self.format {
            Format::Text => self.result(text),
            Format::Json => {}
        }
    }

    /// Prints what an action did: `text` for people, one line of JSON for programs.
    pub(crate) fn acted(&self, line: JsonLine, text: &str) {
        match self.format {
            Format::Text => self.result(text),
            Format::Json => self.result(&line.finish()),
        }
    }

    /// Tells a person what is wrong with some of what an action was given.
    pub(crate) fn told(&self, findings: &[Finding]) {
        self.write(&mut io::stderr().lock(), &text::rendered(findings, self.paint, self.width));
    }

    /// Tells a person something that is not the result.
    pub fn note(&self, text: &str) {
        if self.verbosity >= Verbosity::Normal {
            self.write(&mut io::stderr().lock(), &format!("{text}\n"));
        }
    }

    /// Asks a person at a terminal, and says what follows from a no.
    ///
    /// # Errors
    /// Nobody is there to answer.
    pub(crate) fn confirm(&self, question: &str) -> Result<bool, Box<Finding>> {
        if !(io::stdin().is_terminal() && io::stderr().is_terminal()) {
            let finding = Finding::new(&rule::USAGE, format!("{question} Nobody is there to answer"));
            return Err(Box::new(
                finding.help("`--yes` says so beforehand; `--dry-run` shows what would be done"),
            ));
        }
        self.write(&mut io::stderr().lock(), &format!("{question} [y/N] "));
        let mut answer = String::new();
        let is_yes = io::stdin().read_line(&mut answer).is_ok() && matches!(answer.trim(), "y" | "Y" | "yes");
        if !is_yes {
            self.note("nothing was done");
        }
        Ok(is_yes)
    }

    /// Tells a person who wants to know it all.
    pub fn detail(&self, text: &str) {
        if self.verbosity >= Verbosity::Verbose {
            self.write(&mut io::stderr().lock(), &format!("{text}\n"));
        }
    }

    /// Prints the findings of a check, and a summary.
    pub fn findings(&self, findings: &[Finding]) {
        self.findings_with_diff(findings, "");
    }

    /// Prints the findings of a check, then a unified diff, then a summary, as far as the format has room for them.
    pub fn findings_with_diff(&self, findings: &[Finding], diff: &str) {
        self.told_as(&Document { diff, ..self.document(self.status(findings), findings) });
    }

    /// Prints the findings of a dump, in JSON with what the dump changes.
    pub(crate) fn findings_with_changes(&self, findings: &[Finding], changes: &[ReportStep]) {
        let document = self.document(self.status(findings), findings);
        self.told_as(&Document { changes: Some(changes), ..document });
    }

    /// Prints why a command could not do its work: for people to standard error.
    pub fn failure(&self, findings: &[Finding]) {
        let document = self.document("error", findings);
        match self.printer {
            Printer::Text => {
                let text = text::rendered(findings, self.paint, self.width);
                self.write(&mut io::stderr().lock(), &text);
            }
            printer => self.print(&document.written(printer)),
        }
        self.keep(&document);
    }

    fn document<'d>(&'d self, status: &'static str, findings: &'d [Finding]) -> Document<'d> {
        let folder = self.folder.get().map_or("", String::as_str);
        Document {
            command: self.command,
            status,
            findings,
            changes: None,
            diff: "",
            folder,
            fail_on: self.fail_on,
        }
    }

    fn told_as(&self, document: &Document<'_>) {
        match self.printer {
            Printer::Text => self.print(&self.as_text(document, self.paint)),
            printer => self.print(&document.written(printer)),
        }
        self.keep(document);
    }

    fn as_text(&self, document: &Document<'_>, paint: Paint) -> String {
        let rendered = text::rendered(document.findings, paint, self.width);
        format!("{rendered}{}{}", text::paint_diff(document.diff, paint), text::summary(document.findings))
    }

    /// Remembers what goes to the file, and adds to the summary of a step.
    fn keep(&self, document: &Document<'_>) {
        if let Some(file) = &self.file {
            match file.printer {
                Some(Printer::Text) => file.set(self.as_text(document, Paint::Plain)),
                Some(printer) => file.set(document.written(printer)),
                None => {}
            }
        }
        if let (Some(path), Printer::Github) = (&self.step_summary, self.printer) {
            let summary = markdown::document(document, STEP_SUMMARY);
            if let Err(finding) = disk::append(path, &summary) {
                self.note(&finding.message);
            }
        }
    }

    /// Tells a person at a terminal that `what` goes on, if it takes over a second.
    #[must_use]
    pub fn progress(&self, what: &'static str) -> Progress {
        if self.verbosity == Verbosity::Quiet { Progress::default() } else { Progress::start(what) }
    }

    /// Text behind a heading, wrapped where a terminal would do so, and below the heading where too little room is left
    /// beside it.
    #[must_use]
    pub fn beside(&self, heading: &str, text: &str) -> String {
        match self.room {
            None => format!("{heading} {text}\n"),
            Some(room) => wrap::beside(heading, text, room),
        }
    }

    /// Prints a unified diff as a result.
    pub(crate) fn diff(&self, diff: &str) {
        match self.printer {
            Printer::Github => self.result(&github::unread(diff)),
            _ => self.result(&self.paint_diff(diff)),
        }
    }

    /// Colours the lines of a diff.
    #[must_use]
    pub fn paint_diff(&self, diff: &str) -> String {
        text::paint_diff(diff, self.paint)
    }

    /// Whether something could not be printed, for another reason than that nobody reads it.
    #[must_use]
    pub fn has_failed(&self) -> bool {
        self.failed().is_some_and(|kind| kind != io::ErrorKind::BrokenPipe)
    }

    /// Says what could not be printed, as far as standard error takes it.
    pub(crate) fn tell_failure(&self) {
        let Some(kind) = self.failed() else { return };
        let finding = disk::io_finding("write", "the results", &kind.into());
        let text = text::rendered(&[finding], self.paint, self.width);
        // What cannot be told either is told by the exit code.
        let _ = io::stderr().lock().write_all(text.as_bytes());
    }

    fn status(&self, findings: &[Finding]) -> &'static str {
        match self.exit(findings) {
            Exit::Found => "findings",
            _ => "ok",
        }
    }

    fn failed(&self) -> Option<io::ErrorKind> {
        *self.failure.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, stream: &mut dyn Write, text: &str) {
        if self.failed().is_some() {
            return;
        }
        if let Err(error) = stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
            *self.failure.lock().unwrap_or_else(PoisonError::into_inner) = Some(error.kind());
        }
    }
}

impl Kept {
    fn set(&self, text: String) {
        *self.text.lock().unwrap_or_else(PoisonError::into_inner) = Some(text);
    }

    fn add(&self, text: &str) {
        let mut kept = self.text.lock().unwrap_or_else(PoisonError::into_inner);
        kept.get_or_insert_default().push_str(text);
    }
}

/// How results are written where findings are written so.
fn format_of(printer: Option<Printer>) -> Format {
    match printer {
        None | Some(Printer::Text | Printer::Github) => Format::Text,
        Some(Printer::Json | Printer::Gitlab | Printer::Junit | Printer::Sarif | Printer::Markdown) => {
            Format::Json
        }
    }
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0).max(40))
}
