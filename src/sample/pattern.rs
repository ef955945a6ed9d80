//! Texts that a pattern is likely to match; whoever takes one checks it.

use std::iter::Peekable;
use std::str::Chars;

use regex_lite::Regex;

/// The longest text that is made up, in bytes.
const LONGEST: usize = 256;

/// Texts for a pattern in the syntax of `regex-lite`, the most pleasant ones first.
pub(super) fn matching(pattern: &str) -> impl Iterator<Item = String> {
    // The limits of the regex crate on depth and size bound what is done here.
    let is_pattern = Regex::new(pattern).is_ok();
    [1, 0, 2, 4, 8, 16, 32, 64].into_iter().filter(move |_| is_pattern).filter_map(|turns| {
        let mut writer = Writer { rest: pattern.chars().peekable(), turns };
        writer.alternatives().filter(|_| writer.rest.next().is_none())
    })
}

/// Reads a pattern and writes what it matches; none at what it does not know.
struct Writer<'p> {
    rest: Peekable<Chars<'p>>,
    /// How often to repeat what may be repeated at will.
    turns: usize,
}

impl Writer<'_> {
    /// The first of `a|b|c`.
    fn alternatives(&mut self) -> Option<String> {
        let first = self.sequence()?;
        while self.rest.next_if_eq(&'|').is_some() {
            self.sequence()?;
        }
        Some(first)
    }

    fn sequence(&mut self) -> Option<String> {
        let mut text = String::new();
        while self.rest.peek().is_some_and(|c| !matches!(c, '|' | ')')) {
            let atom = self.atom()?;
            let count = self.repetition()?;
            if text.len() + atom.len().saturating_mul(count) > LONGEST {
                return None;
            }
            text.push_str(&atom.repeat(count));
        }
        Some(text)
    }

    fn atom(&mut self) -> Option<String> {
        Some(match self.rest.next()? {
            '(' => return self.group(),
            '[' => self.class()?.to_string(),
            '\\' => return self.escape(),
            '.' => "a".to_owned(),
            '^' | '$' => String::new(),
            literal => literal.to_string(),
        })
    }

    fn group(&mut self) -> Option<String> {
        if self.rest.next_if_eq(&'?').is_some() {
            let end = self.rest.find(|c| matches!(c, ':' | '>' | ')'))?;
            if end == ')' {
                return Some(String::new());
            }
        }
        let text = self.alternatives()?;
        self.rest.next_if_eq(&')').map(|_| text)
    }

    fn escape(&mut self) -> Option<String> {
        Some(match self.rest.next()? {
            'd' => "0".to_owned(),
            'w' | 'D' | 'S' => "a".to_owned(),
            's' => " ".to_owned(),
            'W' => "-".to_owned(),
            'b' | 'B' | 'A' | 'z' => String::new(),
            'n' => "\n".to_owned(),
            't' => "\t".to_owned(),
            mark if mark.is_ascii_punctuation() => mark.to_string(),
            _ => return None,
        })
    }

    /// One character of a class.
    fn class(&mut self) -> Option<char> {
        let is_negated = self.rest.next_if_eq(&'^').is_some();
        let mut ranges = Vec::new();
        loop {
            let start = match self.rest.next()? {
                ']' if !ranges.is_empty() => break,
                '[' => return None,
                '\\' => match escaped_class(self.rest.next()?)? {
                    [(only, end)] if only == end => *only,
                    known => {
                        ranges.extend_from_slice(known);
                        continue;
                    }
                },
                literal => literal,
            };
            ranges.push((start, self.range_end(start)?));
        }
        if !is_negated {
            return ranges.first().map(|(start, _)| *start);
        }
        ['a', 'A', '0', '-', ' ']
            .into_iter()
            .find(|c| !ranges.iter().any(|(from, to)| (from..=to).contains(&c)))
    }

    /// The end of `a-z`, or the character itself.
    fn range_end(&mut self, start: char) -> Option<char> {
        let mut ahead = self.rest.clone();
        if ahead.next() != Some('-') || matches!(ahead.peek(), Some(']') | None) {
            return Some(start);
        }
        self.rest.next();
        self.rest.next().filter(|end| *end != '\\')
    }

    /// How often what was just read stands there.
    fn repetition(&mut self) -> Option<usize> {
        let (least, most) = match self.rest.peek() {
            Some('*') => (0, usize::MAX),
            Some('+') => (1, usize::MAX),
            Some('?') => (0, 1),
            Some('{') => return self.counted(),
            _ => return Some(1),
        };
        self.rest.next();
        Some(self.turns_between(least, most))
    }

    /// `{2}`, `{2,}` or `{2,4}`.
    fn counted(&mut self) -> Option<usize> {
        let bounds: String = self.rest.by_ref().skip(1).take_while(|c| *c != '}').collect();
        let (least, most) = bounds.split_once(',').unwrap_or((&bounds, &bounds));
        let least = least.trim().parse().ok()?;
        let most = if most.trim().is_empty() { usize::MAX } else { most.trim().parse().ok()? };
        Some(self.turns_between(least, most))
    }

    fn turns_between(&mut self, least: usize, most: usize) -> usize {
        self.rest.next_if_eq(&'?');
        self.turns.min(most).max(least)
    }
}

/// What an escape inside of a class stands for.
fn escaped_class(letter: char) -> Option<&'static [(char, char)]> {
    Some(match letter {
        'd' => &[('0', '9')],
        'w' => &[('a', 'z'), ('A', 'Z'), ('0', '9'), ('_', '_')],
        's' => &[(' ', ' '), ('\t', '\r')],
        '.' => &[('.', '.')],
        '-' => &[('-', '-')],
        '/' => &[('/', '/')],
        '\\' => &[('\\', '\\')],
        '[' => &[('[', '[')],
        ']' => &[(']', ']')],
        '+' => &[('+', '+')],
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first_match(pattern: &str) -> Option<String> {
        let regex = Regex::new(pattern).unwrap();
        matching(pattern).find(|text| regex.is_match(text))
    }

    #[test]
    fn patterns_of_daily_use_find_a_text() {
        let cases = [
            ("^[A-Z]{3}-[0-9]{4,6}$", "AAA-0000"),
            ("^(cow|calf)_\\d+$", "cow_0"),
            ("^[^@\\s]+@[^@\\s]+$", "a@a"),
            ("^#(?:[0-9a-f]{3}){1,2}$", "#000"),
            ("^https?://[\\w.-]+(/.*)?$", "https://a/a"),
            ("^(?P<year>\\d{4})W[0-5]\\d$", "0000W00"),
        ];
        for (pattern, text) in cases {
            assert_eq!(first_match(pattern).as_deref(), Some(text), "{pattern}");
        }
    }

    #[test]
    fn what_is_too_hard_finds_none() {
        assert_eq!(first_match("^[[:alpha:]]{2}$"), None);
        assert_eq!(first_match("^\\x{41}$"), None);
        assert_eq!(first_match("^(a{100}){9}$"), None);
        assert_eq!(matching("(").next(), None);
    }
}
