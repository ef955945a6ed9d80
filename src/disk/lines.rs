use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek as _};
use std::path::Path;

use super::io_finding;
use crate::finding::Finding;

/// The lines of a file, or of standard input, one after the other; none is held that is longer than allowed.
pub struct Lines {
    reader: Box<dyn BufRead + Send>,
    shown: String,
    /// In bytes.
    longest: usize,
    number: u64,
}

/// One line.
#[derive(Debug, PartialEq, Eq)]
pub struct Line {
    /// Counted from 1.
    pub number: u64,
    /// What stands there, without the end of the line; what is wrong with it, if it cannot be read.
    pub text: Result<String, String>,
}

impl Lines {
    /// Opens a file, below `folder`, or standard input, `-`.
    ///
    /// # Errors
    /// What the machine says.
    pub fn open(folder: &Path, name: &str, longest: usize) -> Result<Self, Box<Finding>> {
        let (reader, shown): (Box<dyn BufRead + Send>, _) = match name {
            "-" => (Box::new(spooled()?), "standard input"),
            name => (Box::new(BufReader::with_capacity(1 << 16, opened(folder, name)?)), name),
        };
        Ok(Self { reader, shown: shown.to_owned(), longest, number: 0 })
    }

    /// The next line that is not empty.
    ///
    /// # Errors
    /// What the machine says.
    pub fn next_line(&mut self) -> Result<Option<Line>, Box<Finding>> {
        loop {
            let mut bytes = Vec::new();
            let refused = |error| Box::new(io_finding("read", &self.shown, &error));
            let most = u64::try_from(self.longest).unwrap_or(u64::MAX).saturating_add(1);
            self.reader.by_ref().take(most).read_until(b'\n', &mut bytes).map_err(refused)?;
            if bytes.is_empty() {
                return Ok(None);
            }
            self.number += 1;
            let is_whole = bytes.ends_with(b"\n");
            if !is_whole && bytes.len() > self.longest {
                self.reader.skip_until(b'\n').map_err(refused)?;
                let text = Err(format!("it is longer than {} bytes", self.longest));
                return Ok(Some(Line { number: self.number, text }));
            }
            let text = String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned());
            let text = text.map(|text| text.trim_start_matches('\u{feff}').trim().to_owned());
            if text.as_deref() != Ok("") {
                return Ok(Some(Line { number: self.number, text }));
            }
        }
    }
}

/// The text of a file, below `folder`, or of standard input, `-`, if it has at most `most` bytes.
///
/// # Errors
/// What the machine says, or that it is no text or longer.
pub fn read_bounded(folder: &Path, name: &str, most: usize) -> Result<String, Box<Finding>> {
    let (reader, shown): (Box<dyn Read>, _) = match name {
        "-" => (Box::new(io::stdin()), "standard input"),
        name => (Box::new(opened(folder, name)?), name),
    };
    let refused = |error| Box::new(io_finding("read", shown, &error));
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    let mut bytes = Vec::new();
    reader.take(limit).read_to_end(&mut bytes).map_err(refused)?;
    if bytes.len() > most {
        return Err(refused(io::Error::other(format!("it is longer than {most} bytes"))));
    }
    String::from_utf8(bytes).map_err(|_| refused(io::Error::other("it is not UTF-8")))
}

/// All of standard input: whoever writes to it may take their time, and nobody else waits for them meanwhile.
fn spooled() -> Result<BufReader<File>, Box<Finding>> {
    let refused = |error| Box::new(io_finding("read", "standard input", &error));
    let mut file = tempfile::tempfile().map_err(refused)?;
    io::copy(&mut io::stdin().lock(), &mut file).map_err(refused)?;
    file.rewind().map_err(refused)?;
    Ok(BufReader::with_capacity(1 << 16, file))
}

#[expect(clippy::disallowed_methods, reason = "this is the place")]
fn opened(folder: &Path, name: &str) -> Result<File, Box<Finding>> {
    File::open(folder.join(name)).map_err(|error| Box::new(io_finding("read", name, &error)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &'static str, longest: usize) -> Vec<Line> {
        let reader = Box::new(text.as_bytes());
        let mut lines = Lines { reader, shown: "it".to_owned(), longest, number: 0 };
        std::iter::from_fn(|| lines.next_line().expect("it is read")).collect()
    }

    #[test]
    fn empty_lines_are_counted_and_passed_over() {
        let found = lines("\u{feff}one\r\n\n  \ntwo", 10);
        let texts: Vec<_> = found.iter().map(|line| (line.number, line.text.as_deref())).collect();
        assert_eq!(texts, [(1, Ok("one")), (4, Ok("two"))]);
    }

    #[test]
    fn a_line_that_is_too_long_is_passed_over() {
        let found = lines("12345\n123456789\nend\n", 6);
        let texts: Vec<_> = found.iter().map(|line| (line.number, line.text.is_ok())).collect();
        assert_eq!(texts, [(1, true), (2, false), (3, true)]);
    }
}
