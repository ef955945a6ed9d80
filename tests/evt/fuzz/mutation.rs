use proptest::prelude::*;
use proptest::sample::{Index, select};

/// What makes parsers think.
const TOKENS: [&str; 48] = [
    ": ",
    "- ",
    "? ",
    "---\n",
    "...\n",
    "&a ",
    "*a",
    "<<: *a",
    "!!str ",
    "!x ",
    "|\n",
    ">-\n",
    "{",
    "}",
    "[",
    "]",
    ",",
    "\"",
    "'",
    "\\",
    "#",
    " #",
    "%YAML 1.2\n",
    "@",
    "`",
    "\t",
    "\r\n",
    "\u{feff}",
    "\u{0}",
    "\u{85}",
    "\u{2028}",
    "😀",
    "null",
    "~",
    "true",
    ".inf",
    ".nan",
    "-0",
    "1e999",
    "0x",
    "9223372036854775808",
    "1.",
    "type: list<",
    "map<map<",
    "default: ",
    "pattern: '(a*)*$'",
    "min: 1\nmax: 0\n",
    "\"evt\": 2,",
];

/// One thing done to a text.
#[derive(Clone, Debug)]
enum Mutation {
    /// One byte becomes another.
    Flip(Index, u8),
    /// Lines are cut out.
    Cut(Index, usize),
    /// Lines come again, elsewhere.
    Copy(Index, usize, Index),
    /// Lines of another text come in.
    Splice(Index, Index, usize, Index),
    /// All that follows is gone.
    Truncate(Index),
    /// A token comes in.
    Insert(Index, &'static str),
    /// A token comes in many times.
    Repeat(Index, &'static str, usize),
    /// A line is moved to the left or to the right.
    Indent(Index, usize),
}

/// Texts of `texts` to which one to eight things were done.
pub(super) fn mutilated(texts: &[String]) -> impl Strategy<Value = String> + use<> {
    let texts = texts.to_vec();
    (any::<Index>(), prop::collection::vec(mutation(), 1..9)).prop_map(move |(which, mutations)| {
        let mut bytes = which.get(&texts).clone().into_bytes();
        for mutation in &mutations {
            bytes = mutation.apply(bytes, &texts);
        }
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

fn mutation() -> impl Strategy<Value = Mutation> {
    let at = any::<Index>;
    prop_oneof![
        3 => (at(), any::<u8>()).prop_map(|(at, byte)| Mutation::Flip(at, byte)),
        2 => (at(), 1..4_usize).prop_map(|(at, count)| Mutation::Cut(at, count)),
        2 => (at(), 1..6_usize, at()).prop_map(|(from, count, to)| Mutation::Copy(from, count, to)),
        2 => (at(), at(), 1..6_usize, at()).prop_map(|(text, from, count, to)| Mutation::Splice(text, from, count, to)),
        1 => at().prop_map(Mutation::Truncate),
        4 => (at(), select(&TOKENS[..])).prop_map(|(at, token)| Mutation::Insert(at, token)),
        1 => (at(), select(&TOKENS[..]), 1..300_usize)
            .prop_map(|(at, token, times)| Mutation::Repeat(at, token, times)),
        2 => (at(), 0..9_usize).prop_map(|(at, width)| Mutation::Indent(at, width)),
    ]
}

impl Mutation {
    fn apply(&self, mut bytes: Vec<u8>, texts: &[String]) -> Vec<u8> {
        match self {
            Self::Flip(at, byte) => {
                if !bytes.is_empty() {
                    let at = at.index(bytes.len());
                    bytes[at] = *byte;
                }
                bytes
            }
            Self::Truncate(at) => {
                bytes.truncate(at.index(bytes.len() + 1));
                bytes
            }
            Self::Insert(at, token) => insert(bytes, *at, token.as_bytes()),
            Self::Repeat(at, token, times) => insert(bytes, *at, token.repeat(*times).as_bytes()),
            Self::Cut(at, count) => {
                edit_lines(&bytes, |lines| drop(lines.drain(range(*at, *count, lines.len()))))
            }
            Self::Copy(from, count, to) => edit_lines(&bytes, |lines| {
                let copied = lines[range(*from, *count, lines.len())].to_vec();
                put(lines, *to, copied);
            }),
            Self::Splice(text, from, count, to) => edit_lines(&bytes, |lines| {
                let other = lines_of(text.get(texts).as_bytes());
                let copied = other[range(*from, *count, other.len())].to_vec();
                put(lines, *to, copied);
            }),
            Self::Indent(at, width) => edit_lines(&bytes, |lines| {
                if !lines.is_empty() {
                    let at = at.index(lines.len());
                    let mut line = vec![b' '; *width];
                    line.extend_from_slice(lines[at].trim_ascii_start());
                    lines[at] = line;
                }
            }),
        }
    }
}

fn insert(mut bytes: Vec<u8>, at: Index, more: &[u8]) -> Vec<u8> {
    let at = at.index(bytes.len() + 1);
    bytes.splice(at..at, more.iter().copied());
    bytes
}

fn lines_of(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.split_inclusive(|byte| *byte == b'\n').map(<[u8]>::to_vec).collect()
}

fn edit_lines(bytes: &[u8], edit: impl FnOnce(&mut Vec<Vec<u8>>)) -> Vec<u8> {
    let mut lines = lines_of(bytes);
    edit(&mut lines);
    lines.concat()
}

/// `count` lines from some line on, as far as there are any.
fn range(at: Index, count: usize, length: usize) -> std::ops::Range<usize> {
    let start = at.index(length + 1);
    start..(start + count).min(length)
}

fn put(lines: &mut Vec<Vec<u8>>, at: Index, more: Vec<Vec<u8>>) {
    let at = at.index(lines.len() + 1);
    lines.splice(at..at, more);
}
