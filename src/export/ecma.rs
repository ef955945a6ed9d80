//! Patterns as ECMA-262 writes them, which JSON Schema asks for, read with the flag `u`.
//!
//! Definitions write patterns as the crate `regex-lite` reads them: letters may be escaped that need it not, classes go by
//! names of POSIX, and `\d`, `\s` and `\w` are of ASCII everywhere. All of that is spelled out.

use regex_syntax::ast::parse::Parser;
use regex_syntax::ast::{
    Assertion, AssertionKind, Ast, ClassAsciiKind, ClassBracketed, ClassPerl, ClassPerlKind, ClassSet,
    ClassSetItem, GroupKind, RepetitionKind, RepetitionRange,
};
use std::fmt::Write as _;

/// The pattern for readers of ECMA-262; `None` where it has no words for it, such as for `(?i)`.
pub(super) fn ecma(pattern: &str) -> Option<String> {
    let mut text = String::new();
    write(&Parser::new().parse(pattern).ok()?, &mut text)?;
    Some(text)
}

fn write(ast: &Ast, text: &mut String) -> Option<()> {
    match ast {
        Ast::Empty(_) => {}
        Ast::Literal(literal) => letter(literal.c, r"^$\.*+?()[]{}|/", text),
        Ast::Dot(_) => text.push_str(r"[^\n]"),
        Ast::Assertion(assertion) => text.push_str(place(assertion)?),
        Ast::ClassPerl(class) => {
            let not = if class.negated { "^" } else { "" };
            _ = write!(text, "[{not}{}]", perl(&class.kind));
        }
        Ast::ClassBracketed(class) => bracketed(class, text)?,
        Ast::Repetition(repetition) => {
            if matches!(*repetition.ast, Ast::Assertion(_)) {
                return None;
            }
            write(&repetition.ast, text)?;
            repeated(&repetition.op.kind, text);
            text.push_str(if repetition.greedy { "" } else { "?" });
        }
        Ast::Group(group) => {
            text.push_str(match &group.kind {
                GroupKind::CaptureIndex(_) => "(",
                GroupKind::CaptureName { .. } => "(?:",
                GroupKind::NonCapturing(flags) if flags.items.is_empty() => "(?:",
                GroupKind::NonCapturing(_) => return None,
            });
            write(&group.ast, text)?;
            text.push(')');
        }
        Ast::Alternation(choices) => {
            for (index, choice) in choices.asts.iter().enumerate() {
                text.push_str(if index > 0 { "|" } else { "" });
                write(choice, text)?;
            }
        }
        Ast::Concat(parts) => parts.asts.iter().try_for_each(|part| write(part, text))?,
        Ast::Flags(_) | Ast::ClassUnicode(_) => return None,
    }
    Some(())
}

/// A letter that stands for itself.
fn letter(letter: char, special: &str, text: &mut String) {
    if special.contains(letter) {
        text.push('\\');
    }
    if letter.is_ascii_control() {
        _ = write!(text, "\\x{:02x}", u32::from(letter));
    } else {
        text.push(letter);
    }
}

fn place(assertion: &Assertion) -> Option<&'static str> {
    match assertion.kind {
        AssertionKind::StartLine | AssertionKind::StartText => Some("^"),
        AssertionKind::EndLine | AssertionKind::EndText => Some("$"),
        AssertionKind::WordBoundary => Some(r"\b"),
        AssertionKind::NotWordBoundary => Some(r"\B"),
        _ => None,
    }
}

fn perl(kind: &ClassPerlKind) -> &'static str {
    match kind {
        ClassPerlKind::Digit => "0-9",
        ClassPerlKind::Space => r"\t-\r ",
        ClassPerlKind::Word => "0-9A-Za-z_",
    }
}

fn repeated(kind: &RepetitionKind, text: &mut String) {
    _ = match kind {
        RepetitionKind::ZeroOrOne => write!(text, "?"),
        RepetitionKind::ZeroOrMore => write!(text, "*"),
        RepetitionKind::OneOrMore => write!(text, "+"),
        RepetitionKind::Range(RepetitionRange::Exactly(count)) => write!(text, "{{{count}}}"),
        RepetitionKind::Range(RepetitionRange::AtLeast(least)) => write!(text, "{{{least},}}"),
        RepetitionKind::Range(RepetitionRange::Bounded(least, most)) => write!(text, "{{{least},{most}}}"),
    };
}

fn bracketed(class: &ClassBracketed, text: &mut String) -> Option<()> {
    text.push_str(if class.negated { "[^" } else { "[" });
    match &class.kind {
        ClassSet::Item(item) => member(item, text)?,
        ClassSet::BinaryOp(_) => return None,
    }
    text.push(']');
    Some(())
}

fn member(item: &ClassSetItem, text: &mut String) -> Option<()> {
    const SPECIAL: &str = r"\]^-[";
    match item {
        ClassSetItem::Empty(_) => {}
        ClassSetItem::Literal(literal) => letter(literal.c, SPECIAL, text),
        ClassSetItem::Range(range) => {
            letter(range.start.c, SPECIAL, text);
            text.push('-');
            letter(range.end.c, SPECIAL, text);
        }
        ClassSetItem::Ascii(class) if !class.negated => text.push_str(posix(&class.kind)),
        ClassSetItem::Perl(ClassPerl { kind, negated: false, .. }) => text.push_str(perl(kind)),
        ClassSetItem::Union(union) => union.items.iter().try_for_each(|item| member(item, text))?,
        ClassSetItem::Ascii(_)
        | ClassSetItem::Perl(_)
        | ClassSetItem::Unicode(_)
        | ClassSetItem::Bracketed(_) => return None,
    }
    Some(())
}

fn posix(kind: &ClassAsciiKind) -> &'static str {
    match kind {
        ClassAsciiKind::Alnum => "0-9A-Za-z",
        ClassAsciiKind::Alpha => "A-Za-z",
        ClassAsciiKind::Ascii => r"\x00-\x7f",
        ClassAsciiKind::Blank => r"\t ",
        ClassAsciiKind::Cntrl => r"\x00-\x1f\x7f",
        ClassAsciiKind::Digit => "0-9",
        ClassAsciiKind::Graph => "!-~",
        ClassAsciiKind::Lower => "a-z",
        ClassAsciiKind::Print => " -~",
        ClassAsciiKind::Punct => r"!-\/:-@\[-`{-~",
        ClassAsciiKind::Space => r"\t-\r ",
        ClassAsciiKind::Upper => "A-Z",
        ClassAsciiKind::Word => "0-9A-Za-z_",
        ClassAsciiKind::Xdigit => "0-9A-Fa-f",
    }
}

#[cfg(test)]
mod tests {
    use super::ecma;

    #[test]
    fn what_ecma_has_no_words_for_is_left_out() {
        for pattern in ["(?i)^cow", "a(?i:b)", r"[\W\d]", "[[:^alpha:]]"] {
            assert_eq!(ecma(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn plain_patterns_stay_as_they_are() {
        for pattern in
            ["^[A-Z]{3}$", r"^\+?[0-9 ]{6,20}$", "^[a-z]{2}(-[A-Z]{2})?$", "a|b+?", r"\bcow\B", "^é$"]
        {
            assert_eq!(ecma(pattern).as_deref(), Some(pattern));
        }
    }

    #[test]
    fn the_others_are_spelled_out() {
        let pairs = [
            (r"^\d{3}\-\d{4}$", "^[0-9]{3}-[0-9]{4}$"),
            (r"^[a-z]+\@farm$", "^[a-z]+@farm$"),
            (r"\Acow\z", "^cow$"),
            (r"(?P<year>\d+)", "(?:[0-9]+)"),
            (r"\x{41}.", r"A[^\n]"),
            ("^[[:alpha:]_]+$", "^[A-Za-z_]+$"),
            (r"^[\w\-]\s$", r"^[0-9A-Za-z_\-][\t-\r ]$"),
        ];
        for (pattern, expected) in pairs {
            assert_eq!(ecma(pattern).as_deref(), Some(expected), "{pattern}");
        }
    }

    #[test]
    fn it_means_the_same() {
        let texts =
            ["", "cow", "COW", "123-4567", "a b", "é", "_", "-", "a\nb", "x@farm", "٣", "\u{a0}", "A]"];
        for pattern in
            [r"^\d{3}\-\d{4}$", r"^\w+$", r"\s", r"^.+$", "^[[:punct:]]$", r"[^\d\s]", r"^\S+$", r"^[\]A]+$"]
        {
            let written = regex_lite::Regex::new(pattern).unwrap();
            let told = regex_lite::Regex::new(&ecma(pattern).unwrap()).unwrap();
            for text in texts {
                assert_eq!(written.is_match(text), told.is_match(text), "{pattern} on {text:?}");
            }
        }
    }
}
