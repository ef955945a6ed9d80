//! What is done to the bytes of a file.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};

/// How each line begins.
const BEGIN: &[u8] = br#"{"specversion":"#;
/// How much is read at once when the last line's beginning is looked for.
const BLOCK: u64 = 64 << 10;

/// What can be appended to.
pub(super) trait Tape: Write {
    /// Its bytes.
    fn size(&self) -> io::Result<u64>;
    /// Cuts it to that many bytes.
    fn cut(&mut self, size: u64) -> io::Result<()>;
    /// Returns when all of it is on the disk.
    fn sync(&mut self) -> io::Result<()>;
}

impl Tape for File {
    fn size(&self) -> io::Result<u64> {
        Ok(self.metadata()?.len())
    }

    fn cut(&mut self, size: u64) -> io::Result<()> {
        self.set_len(size)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.sync_data()
    }
}

/// Nothing was appended.
#[derive(Debug)]
pub(super) struct Failed {
    pub(super) error: io::Error,
    /// The tape is as it was before.
    pub(super) is_whole: bool,
}

/// Appends lines, all of them or none, and waits once until they are on the disk.
pub(super) fn append(tape: &mut impl Tape, lines: &[u8]) -> Result<(), Failed> {
    let before = tape.size().map_err(|error| Failed { error, is_whole: false })?;
    let written = tape.write_all(lines).and_then(|()| tape.sync());
    written.map_err(|error| Failed { error, is_whole: tape.cut(before).is_ok() })
}

/// The end of a file that is no whole line.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Torn {
    /// How much of the file is whole.
    pub(super) keep: u64,
    /// How much is not.
    pub(super) bytes: u64,
    /// It looks as if it was written here: what belongs to others is left alone.
    pub(super) is_event: bool,
}

/// Looks for the last line break, from the end on.
pub(super) fn torn(tape: &mut (impl Read + Seek)) -> io::Result<Option<Torn>> {
    let size = tape.seek(SeekFrom::End(0))?;
    let mut keep = size;
    let mut block = Vec::new();
    while keep > 0 {
        let from = keep.saturating_sub(BLOCK);
        block.clear();
        tape.seek(SeekFrom::Start(from))?;
        tape.by_ref().take(keep - from).read_to_end(&mut block)?;
        if let Some(end) = block.iter().rposition(|byte| *byte == b'\n') {
            keep = from + end as u64 + 1;
            break;
        }
        keep = from;
    }
    if keep == size {
        return Ok(None);
    }
    let mut head = Vec::new();
    tape.seek(SeekFrom::Start(keep))?;
    tape.by_ref().take(BEGIN.len() as u64).read_to_end(&mut head)?;
    // Some file systems leave zeros where a crash came before the bytes.
    let is_event = BEGIN.starts_with(&head) || head.iter().all(|byte| *byte == 0);
    Ok(Some(Torn { keep, bytes: size - keep, is_event }))
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;

    /// Notes what is done to it, and fails where it is told to.
    #[derive(Default)]
    struct Noted {
        bytes: Vec<u8>,
        room: usize,
        is_sync_broken: bool,
        done: Vec<&'static str>,
    }

    impl Write for Noted {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let fits = bytes.len().min(self.room - self.bytes.len());
            if fits == 0 {
                return Err(io::ErrorKind::StorageFull.into());
            }
            self.done.push("write");
            self.bytes.extend(&bytes[..fits]);
            Ok(fits)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    impl Tape for Noted {
        fn size(&self) -> io::Result<u64> {
            Ok(self.bytes.len() as u64)
        }

        fn cut(&mut self, size: u64) -> io::Result<()> {
            self.done.push("cut");
            self.bytes.truncate(usize::try_from(size).unwrap());
            Ok(())
        }

        fn sync(&mut self) -> io::Result<()> {
            self.done.push("sync");
            if self.is_sync_broken { Err(io::ErrorKind::Other.into()) } else { Ok(()) }
        }
    }

    #[test]
    fn lines_are_on_the_disk_before_they_count() {
        let mut tape = Noted { room: 100, ..Noted::default() };
        append(&mut tape, b"one\ntwo\n").unwrap();
        assert_eq!((tape.bytes.as_slice(), tape.done), (b"one\ntwo\n".as_slice(), vec!["write", "sync"]));
    }

    #[test]
    fn what_was_half_written_is_cut_off_again() {
        let mut tape = Noted { room: 10, ..Noted::default() };
        append(&mut tape, b"one\n").unwrap();
        let failed = append(&mut tape, b"two\nthree\n").unwrap_err();
        assert_eq!((failed.error.kind(), failed.is_whole), (io::ErrorKind::StorageFull, true));
        assert_eq!(tape.bytes, b"one\n");
        assert_eq!(tape.done, ["write", "sync", "write", "cut"]);
    }

    #[test]
    fn what_may_not_be_on_the_disk_is_cut_off_again() {
        let mut tape = Noted { room: 10, is_sync_broken: true, ..Noted::default() };
        assert!(append(&mut tape, b"one\n").is_err());
        assert_eq!(tape.bytes, b"");
    }

    #[test]
    fn the_last_line_is_found_however_long_it_is() {
        let half = [BEGIN, &b"m".repeat(200_000)].concat();
        let text = [b"one\n", half.as_slice()].concat();
        let torn = torn(&mut Cursor::new(text)).unwrap();
        assert_eq!(torn, Some(Torn { keep: 4, bytes: half.len() as u64, is_event: true }));
    }

    #[test]
    fn only_events_and_zeros_count_as_torn_off() {
        let found = |text: &[u8]| torn(&mut Cursor::new(text.to_vec())).unwrap().map(|torn| torn.is_event);
        assert_eq!(found(b""), None);
        assert_eq!(found(b"whole\n"), None);
        assert_eq!(found(b"{\"spec"), Some(true));
        assert_eq!(found(b"whole\n\0\0\0"), Some(true));
        assert_eq!(found(b"whole\nmy notes"), Some(false));
    }
}
