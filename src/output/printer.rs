use std::path::PathBuf;

use crate::event::words;

words! {
    /// How findings are written.
    Printer {
        /// For people.
        Text = "text",
        /// For programs: `schemas/report.json` describes it.
        Json = "json",
        /// Annotations of GitHub Actions.
        Github = "github",
        /// A report of GitLab's code quality.
        Gitlab = "gitlab",
        /// Tests, of which each finding is one that fails.
        Junit = "junit",
        /// SARIF 2.1.0.
        Sarif = "sarif",
        /// For a comment on a change.
        Markdown = "markdown",
    }
}

/// What runs `evt`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Runner {
    /// A person, or something that is not known.
    Other,
    /// GitHub Actions.
    Github,
    /// GitLab CI.
    Gitlab,
}

impl Runner {
    /// What a person reads in its log.
    fn console(self) -> Printer {
        match self {
            Self::Github => Printer::Github,
            Self::Gitlab | Self::Other => Printer::Text,
        }
    }

    /// What it takes as a file.
    fn document(self) -> Printer {
        match self {
            Self::Gitlab => Printer::Gitlab,
            Self::Github | Self::Other => Printer::Json,
        }
    }
}

/// Where findings are written to, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Choice {
    /// On standard output.
    pub(super) console: Printer,
    /// In a file, beside that.
    pub(super) file: Option<(PathBuf, Printer)>,
}

impl Choice {
    /// What follows from `--format`, `--output` and the program that reads the log.
    pub(super) fn of(format: Option<Printer>, file: Option<PathBuf>, runner: Runner) -> Self {
        match file {
            None => Self { console: format.unwrap_or_else(|| runner.console()), file: None },
            Some(path) => {
                let printer = format.unwrap_or_else(|| runner.document());
                Self { console: runner.console(), file: Some((path, printer)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_takes_the_document_and_the_log_stays_readable() {
        let file = || Some(PathBuf::from("report"));
        let cases = [
            (Runner::Other, None, None, Printer::Text, None),
            (Runner::Other, None, file(), Printer::Text, Some(Printer::Json)),
            (Runner::Other, Some(Printer::Sarif), None, Printer::Sarif, None),
            (Runner::Github, None, None, Printer::Github, None),
            (Runner::Github, Some(Printer::Text), None, Printer::Text, None),
            (Runner::Github, Some(Printer::Sarif), file(), Printer::Github, Some(Printer::Sarif)),
            (Runner::Gitlab, None, None, Printer::Text, None),
            (Runner::Gitlab, None, file(), Printer::Text, Some(Printer::Gitlab)),
            (Runner::Gitlab, Some(Printer::Junit), file(), Printer::Text, Some(Printer::Junit)),
        ];
        for (runner, format, path, console, document) in cases {
            let choice = Choice::of(format, path, runner);
            assert_eq!(choice.console, console, "{runner:?} {format:?}");
            assert_eq!(choice.file.map(|(_, printer)| printer), document, "{runner:?} {format:?}");
        }
    }
}
