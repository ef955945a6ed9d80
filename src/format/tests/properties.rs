//! Files of every layout: a tree of values, written with random indentation, comments, blank lines and brackets.

use super::values;
use crate::format::format;
use proptest::prelude::*;
use std::fmt::Write as _;

#[derive(Clone, Debug)]
enum Yaml {
    Text(&'static str),
    Block(&'static str),
    List(Vec<Yaml>),
    Map(Vec<Yaml>),
}

const TEXTS: [&str; 10] = ["x", "1", "'a  b'", r##""q\"#""##, "a#b", "-1", "", "x:y", "é", "'it''s'"];
const BLOCKS: [&str; 5] = ["|\nx\n", "|-\nx\n\n  y\n", ">\nx\ny\n", "|+\nx\n\n", ">-\n\nx\n"];
/// The keys at the top of a document, and below it.
const TOP: [&str; 5] = ["x-note", "payload", "event_name", "types", "inputs"];
const BELOW: [&str; 5] = ["z", "a", "event_name", "k", "b"];

fn yaml() -> impl Strategy<Value = Yaml> {
    let leaf = prop_oneof![
        4 => prop::sample::select(&TEXTS[..]).prop_map(Yaml::Text),
        1 => prop::sample::select(&BLOCKS[..]).prop_map(Yaml::Block),
    ];
    leaf.prop_recursive(4, 40, 5, |inner| {
        let entries = prop::collection::vec(inner, 0..5);
        prop_oneof![entries.clone().prop_map(Yaml::List), entries.prop_map(Yaml::Map)]
    })
}

/// Writes a tree with the layout that a row of random numbers asks for.
struct Mess {
    choices: std::vec::IntoIter<u8>,
    out: String,
    comments: Vec<String>,
}

impl Mess {
    fn choose(&mut self, from: u8) -> u8 {
        self.choices.next().unwrap_or_default() % from
    }

    fn comment(&mut self) {
        let text = format!("#{} ", self.comments.len()).repeat(usize::from(self.choose(2)) + 1);
        self.out.push_str(&text);
        self.comments.push(text.trim_end().to_owned());
    }

    fn end_line(&mut self) {
        match self.choose(6) {
            0 => {
                self.out.push_str("   ");
                self.comment();
            }
            1 => self.out.push_str(" \t"),
            _ => {}
        }
        self.out.push('\n');
    }

    /// Comments and blank lines between two entries.
    fn between(&mut self, indentation: usize) {
        match self.choose(5) {
            0 => self.out.push_str("\n \n"),
            1 => {
                let column = usize::from(self.choose(3)) * indentation / 2;
                self.out.push_str(&" ".repeat(column));
                self.comment();
                self.out.push('\n');
            }
            _ => {}
        }
    }

    fn entries(&mut self, entries: &[Yaml], indentation: usize, names: Option<&[&str]>) {
        for (number, value) in entries.iter().enumerate() {
            self.between(indentation);
            self.out.push_str(&" ".repeat(indentation));
            match names {
                Some(names) => write!(self.out, "{}:", names[number]).unwrap(),
                None => self.out.push('-'),
            }
            self.value(value, indentation);
        }
    }

    fn value(&mut self, value: &Yaml, indentation: usize) {
        let inner = indentation + 1 + usize::from(self.choose(4));
        match value {
            Yaml::Text(text) => {
                write!(self.out, " {text}").unwrap();
                self.end_line();
            }
            Yaml::Block(text) => {
                let (header, lines) = text.split_once('\n').unwrap();
                write!(self.out, " {header}").unwrap();
                self.end_line();
                for line in lines.lines() {
                    writeln!(self.out, "{}{line}", " ".repeat(inner)).unwrap();
                }
            }
            Yaml::List(entries) | Yaml::Map(entries) => {
                let in_brackets = entries.is_empty() || self.choose(3) == 0;
                if in_brackets {
                    self.out.push(' ');
                    self.flow(value, inner);
                }
                self.end_line();
                if !in_brackets {
                    self.entries(entries, inner, matches!(value, Yaml::Map(_)).then_some(&BELOW[..]));
                }
            }
        }
    }

    fn flow(&mut self, value: &Yaml, indentation: usize) {
        let (open, entries, close) = match value {
            Yaml::List(entries) => ('[', entries, ']'),
            Yaml::Map(entries) => ('{', entries, '}'),
            Yaml::Text(text) if !text.is_empty() => return self.out.push_str(text),
            Yaml::Text(_) | Yaml::Block(_) => return self.out.push_str("nothing"),
        };
        self.out.push(open);
        for (number, entry) in entries.iter().enumerate() {
            self.flow_break(indentation);
            if close == '}' {
                write!(self.out, "k{number}: ").unwrap();
            }
            self.flow(entry, indentation);
            self.out.push(',');
        }
        self.flow_break(indentation);
        self.out.push(close);
    }

    fn flow_break(&mut self, indentation: usize) {
        if self.choose(4) == 0 {
            self.end_line();
            self.between(indentation);
            self.out.push_str(&" ".repeat(indentation));
        }
    }
}

fn messy(documents: &[Vec<Yaml>], choices: Vec<u8>) -> (String, Vec<String>) {
    let mut mess = Mess { choices: choices.into_iter(), out: String::new(), comments: Vec::new() };
    for (number, document) in documents.iter().enumerate() {
        mess.between(0);
        if number > 0 || mess.choose(2) == 0 {
            mess.out.push_str("---");
            mess.end_line();
        }
        mess.entries(document, 0, Some(&TOP));
        mess.between(0);
    }
    if mess.choose(2) == 0 {
        mess.out = mess.out.replace('\n', "\r\n");
    }
    (mess.out, mess.comments)
}

/// The comments of a text in canonical form, whose scalars hold no ` #` and no line that begins with `#`.
fn comments(text: &str) -> Vec<String> {
    let of_line = |line: &str| {
        let padded = format!(" {line}");
        padded.find(" #").map(|at| padded[at + 1..].to_owned())
    };
    text.lines().filter_map(of_line).collect()
}

fn documents() -> impl Strategy<Value = Vec<Vec<Yaml>>> {
    prop::collection::vec(prop::collection::vec(yaml(), 1..6), 1..3)
}

proptest! {
    #[test]
    fn every_layout_is_formatted_once_and_for_all(
        documents in documents(),
        choices in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let (text, mut written) = messy(&documents, choices);
        let once = format(&text).map_err(|error| TestCaseError::fail(format!("{error}: {text:?}")))?;
        prop_assert_eq!(&format(&once).unwrap(), &once, "{:?}", text);
        prop_assert_eq!(values(&once), values(&text), "{:?}", text);
        let mut kept = comments(&once);
        written.sort();
        kept.sort();
        prop_assert_eq!(kept, written, "{:?}", text);
        prop_assert!(once.ends_with('\n') && !once.starts_with('\n'));
        prop_assert!(!once.lines().any(|line| line.ends_with([' ', '\t', '\r'])), "{:?}", once);
    }

    #[test]
    fn no_text_makes_it_panic(text in any::<String>()) {
        let _ = format(&text);
    }

    #[test]
    fn what_looks_like_yaml_is_formatted_for_all_or_refused(
        text in r"([a-b0:\-?#\[\]{},|>'\x22&*!%\\+\t\r\n ]|\n {0,4}|: |- | #|[a-c]: |é|---\n|\.\.\.\n){0,40}",
    ) {
        if let Ok(once) = format(&text) {
            prop_assert_eq!(format(&once), Ok(once.clone()), "{:?}", text);
        }
    }
}
