//! Every printer: results go to standard output, everything else to standard error.

mod json;
mod progress;
mod report;
mod text;
#[cfg(feature = "db")]
mod trace;
mod unbroken;
mod wrap;

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

use crate::event::words;
use crate::finding::Finding;
use crate::listing::json_line::JsonLine;
use crate::rule::{self, Severity};

pub(crate) use json::ReportStep;
pub(crate) use progress::Progress;

words! {
    /// How results are written.
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
    paint: Paint,
    failure: Mutex<Option<io::ErrorKind>>,
}

/// Whether text carries the codes of colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Paint {
    /// It does.
    Colored,
    /// It does not.
    Plain,
}

/// The width of what is not a terminal, in columns.
const PLAIN_WIDTH: usize = 110;

impl Output {
    /// An output for `command`. `no_color` is whether the environment asks for no colours.
    #[must_use]
    pub fn new(
        command: &'static str,
        format: Format,
        color: Color,
        verbosity: Verbosity,
        no_color: bool,
    ) -> Self {
        let is_terminal = io::stdout().is_terminal();
        let is_colored = match color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => is_terminal && !no_color,
        };
        let width = if is_terminal { terminal_width() } else { PLAIN_WIDTH };
        let room = is_terminal.then_some(width);
        let paint = if is_colored { Paint::Colored } else { Paint::Plain };
        Self { format, verbosity, command, width, room, paint, failure: Mutex::new(None) }
    }

    /// Prints a result.
    pub fn result(&self, text: &str) {
        self.write(&mut io::stdout().lock(), text);
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

    /// Prints the findings of a check, and a summary; in JSON the whole report.
    pub fn findings(&self, findings: &[Finding]) {
        self.findings_with_diff(findings, "");
    }

    /// Prints the findings of a check, then a unified diff, then a summary; in JSON the whole report.
    pub fn findings_with_diff(&self, findings: &[Finding], diff: &str) {
        match self.format {
            Format::Json => self.result(&json::report(self.command, status(findings), findings, None)),
            Format::Text => {
                let rendered = text::rendered(findings, self.paint, self.width);
                self.result(&format!("{rendered}{}{}", self.paint_diff(diff), text::summary(findings)));
            }
        }
    }

    /// Prints the findings of a dump; in JSON the whole report, with what the dump changes.
    pub(crate) fn findings_with_changes(&self, findings: &[Finding], changes: &[ReportStep]) {
        match self.format {
            Format::Json => {
                self.result(&json::report(self.command, status(findings), findings, Some(changes)));
            }
            Format::Text => self.findings(findings),
        }
    }

    /// Prints why a command could not do its work: to standard error, in JSON as a report.
    pub fn failure(&self, findings: &[Finding]) {
        match self.format {
            Format::Json => self.result(&json::report(self.command, "error", findings, None)),
            Format::Text => {
                let text = text::rendered(findings, self.paint, self.width);
                self.write(&mut io::stderr().lock(), &text);
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

fn status(findings: &[Finding]) -> &'static str {
    if findings.iter().any(|finding| finding.severity == Severity::Error) { "findings" } else { "ok" }
}

fn terminal_width() -> usize {
    terminal_size::terminal_size().map_or(PLAIN_WIDTH, |(width, _)| usize::from(width.0).max(40))
}
