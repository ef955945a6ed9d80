use super::formatted;
use crate::format::format;

#[track_caller]
fn refused_at(text: &str, offset: usize) {
    assert_eq!(format(text).map_err(|error| error.offset), Err(offset));
}

#[test]
fn errors_say_where_in_the_text_as_given() {
    refused_at("a: 1\nb: [\n", 8);
    refused_at("a: 1\r\nb: [\r\n", 9);
    refused_at("\u{feff}é: 1\r\n\r\nb: [\r\n", 15);
    refused_at("a: *b\n", 3);
    refused_at("%YAML 1.2\n---\na: 1\n", 0);
}

#[test]
fn keys_that_have_no_canonical_form_are_refused() {
    refused_at("a: 1\n: b\n", 5);
    refused_at("[a]: b\n", 0);
    refused_at("? |\n  a\n: b\n", 2);
    refused_at("? a\n  b\n: c\n", 2);
}

#[test]
fn hostile_texts_are_refused() {
    for text in [
        "a: \0",
        "a: \"b",
        "a: 'b",
        "{",
        "[a",
        "\ta: 1\n\tb: 2",
        "a: b: c",
        "- a\nb: c",
        "a: \"\\q\"",
        "&",
        "!<",
    ] {
        assert!(format(text).is_err(), "{text:?}");
    }
}

#[test]
fn deep_nesting_is_an_error_and_no_crash() {
    for open in ["[", "{a: ", "- ", "[{a: ", "a:\n", "? "] {
        let _ = format(&open.repeat(100_000));
    }
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert_eq!(formatted(&nested(60)), nested(60) + "\n");
    assert!(format(&nested(128)).is_ok());
    assert!(format(&nested(129)).unwrap_err().message.contains("128"));
    let dashes = |depth: usize| format!("{}x\n", "- ".repeat(depth));
    assert_eq!(formatted(&dashes(128)), dashes(128));
    assert!(format(&dashes(129)).is_err());
}

#[test]
fn long_lines_take_no_quadratic_time() {
    let list = format!("a: [{}]\n", "a,".repeat(20_000));
    assert_eq!(formatted(&list).lines().count(), 20_001);
    let nested = format!("{}{}{}", "[".repeat(100), "a,".repeat(20_000), "]".repeat(100));
    assert!(format(&nested).is_ok());
}
