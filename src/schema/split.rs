//! The entries of a schema file that is laid out as `evt dump` lays it out, found without parsing it.

use memchr::memmem;

/// What stands before the first entry.
const HEAD: &str = "{\n  \"evt\": 1,\n  \"events\": [\n    ";
/// What stands between two.
const BETWEEN: &str = ",\n    {\n";
/// What stands behind the last one.
const TAIL: &str = "\n  ]\n}\n";

/// The text of each entry; `None` where the file has another layout, and has to be parsed to be taken apart.
///
/// A JSON string holds no line break, so a line that is `    },` followed by one that is `    {` can only stand between
/// two entries. Each entry is parsed afterwards, so nothing is believed here.
pub(super) fn split(text: &str) -> Option<Vec<&str>> {
    let mut rest = text.strip_prefix(HEAD)?.strip_suffix(TAIL)?;
    let mut entries = Vec::with_capacity(text.len() / 1024);
    while let Some(at) = memmem::find(rest.as_bytes(), BETWEEN.as_bytes()) {
        entries.push(&rest[..at]);
        rest = &rest[at + BETWEEN.len() - "{\n".len()..];
    }
    entries.push(rest);
    entries.iter().all(|entry| entry.starts_with("{\n") && entry.ends_with("\n    }")).then_some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_in_its_own_layout_is_taken_apart() {
        let text = format!("{HEAD}{{\n      \"a\": 1\n    }},\n    {{\n      \"b\": 2\n    }}{TAIL}");
        assert_eq!(split(&text), Some(vec!["{\n      \"a\": 1\n    }", "{\n      \"b\": 2\n    }"]));
    }

    #[test]
    fn any_other_layout_is_left_to_the_parser() {
        assert_eq!(split("{\"evt\":1,\"events\":[]}"), None);
        assert_eq!(split("{\n  \"evt\": 1,\n  \"events\": []\n}\n"), None);
        assert_eq!(split(&format!("{HEAD}{{\n      \"a\": 1 }}{TAIL}")), None);
    }
}
