use super::{becomes, formatted, stays};

#[test]
fn an_event_in_canonical_form_stays() {
    stays(
        "# yaml-language-server: $schema=x\n\nevent_name: cow_fed\ndescription: |\n  A cow.\n\n  Fed.\n\
         inputs: { cow: required }\n\npayload:\n  # Kilograms.\n  weight:  # of the fodder\n    type: float\n\
         \x20   from: cow.weight\n  note: { type: string, from: cow.note }\n",
    );
}

#[test]
fn keys_at_the_top_are_put_in_order_with_their_comments() {
    becomes(
        "x-note: 1\n# about the payload\npayload: {}  # none\nevent_name: a\nx-b: 2\nprocess_type: inline\n",
        "event_name: a\nprocess_type: inline\n# about the payload\npayload: {}  # none\nx-note: 1\nx-b: 2\n",
    );
}

#[test]
fn keys_below_the_top_keep_their_order() {
    stays("event_name: a\npayload:\n  z: { type: int, from: a.z }\n  a: { from: a.z, type: int }\n");
}

#[test]
fn a_document_with_an_anchor_keeps_its_order() {
    stays("payload:\n  a: &a { type: int }\n  b: *a\nevent_name: x\n");
}

#[test]
fn every_document_is_ordered_on_its_own() {
    becomes(
        "domain: d\nevent_name: a\n---\nsubject: s\nevent_name: b\n...\nevent_name: c\n",
        "event_name: a\ndomain: d\n---\nevent_name: b\nsubject: s\n---\nevent_name: c\n",
    );
}

#[test]
fn the_first_marker_stays_and_none_is_added() {
    stays("---\na: 1\n---\nb: 2\n");
    stays("a: 1\n---\nb: 2\n");
    stays("a: 1\n---\n");
    becomes("--- {a: 1}\n...\n", "---\n{ a: 1 }\n");
}

#[test]
fn blocks_are_indented_by_two_and_lists_under_their_key() {
    becomes(
        "a:\n      b:\n       -   x\n       -  c:   1\n          d:  2\n       -\n        - y\n",
        "a:\n  b:\n    - x\n    - c: 1\n      d: 2\n    - - y\n",
    );
    becomes("a:\n- x\n- y\n", "a:\n  - x\n  - y\n");
}

#[test]
fn brackets_stay_where_they_fit() {
    becomes("a: {b: [ 1,2, ], 'c':3, d, e: }\n", "a: { b: [1, 2], 'c': 3, d, e }\n");
    becomes("a: {\n  b: 1,\n  c: 2\n}\n", "a: { b: 1, c: 2 }\n");
    becomes("a: [ ]\nb: {  }\n", "a: []\nb: {}\n");
    becomes("a: [b: 1, ? c]\n", "a: [{ b: 1 }, { c }]\n");
}

#[test]
fn brackets_that_do_not_fit_become_blocks() {
    let name = "n".repeat(110);
    stays(&format!("a: [{name}, bcd]\n"));
    becomes(&format!("a: [{name}, bcde]\n"), &format!("a:\n  - {name}\n  - bcde\n"));
    becomes(&format!("a: {{{name}: bcd, e: {{f: 1}}}}\n"), &format!("a:\n  {name}: bcd\n  e: {{ f: 1 }}\n"));
}

#[test]
fn blank_lines_collapse_and_none_starts_a_document() {
    becomes("\n\na: 1\n\n \t\n\nb: 2\n\n\n---\n\n\nc: 3\n\n", "a: 1\n\nb: 2\n---\nc: 3\n");
}

#[test]
fn the_layout_of_bytes_is_canonical() {
    becomes("\u{feff}a: 1  \r\nb: 2\r\n# c \t\r\n\r\n", "a: 1\nb: 2\n# c\n");
    becomes("a:    1", "a: 1\n");
    becomes("", "");
    becomes(" \n\n", "");
}

#[test]
fn scalars_stay_as_written() {
    stays("a: \"x\"\nb: 'y'\nc: 012\nd: ~\ne: \"\\u0041\\\"\"\nf: ''\n'g': no\nh:\n");
}

#[test]
fn wrapped_scalars_hang_under_their_key() {
    becomes(
        "a: one\n     two\n\n     three\nb: \"x \\\n   \\ y\\  \n  z\"\n",
        "a: one\n  two\n\n  three\nb: \"x \\\n  \\ y\\ \n  z\"\n",
    );
    becomes("- 'a\n  b'\n- c\n  d\n", "- 'a\n  b'\n- c\n  d\n");
}

#[test]
fn blocks_of_text_keep_their_content() {
    becomes("a: |\n      x\n        y\n\n      z\n\n\nb: 1\n", "a: |\n  x\n    y\n\n  z\n\nb: 1\n");
    becomes("a: |+\n x\n\n\nb: >-\n x\n y\n", "a: |+\n  x\n\n\nb: >-\n  x\n  y\n");
    becomes("a: |1\n   x\n  y\n", "a: |2\n    x\n   y\n");
    becomes("a: |3\n   x\n", "a: |\n  x\n");
    becomes("- |-\n  \tx  \n- >2\n\n   y\n", "- |-\n  \tx  \n- >2\n\n   y\n");
}

#[test]
fn what_a_block_of_text_keeps_survives_reordering() {
    assert_eq!(
        formatted("x-a: |+\n  t\nx-b: |\n  u\n\n\nevent_name: a\n"),
        "event_name: a\nx-a: |+\n  t\nx-b: |\n  u\n"
    );
    becomes("x-a: |+\n  t\n\n\n\nevent_name: a\n", "event_name: a\nx-a: |+\n  t\n\n\n\n");
    becomes("x-a: |+\n  t\nx-c: |\n  u\n\nevent_name: a", "event_name: a\nx-a: |+\n  t\nx-c: |\n  u\n");
}

#[test]
fn anchors_aliases_and_tags_stay() {
    becomes(
        "a:   &x\n   b: !!str   1\n*x : y\nc: !t &z [1]\nd: &e\n",
        "a: &x\n  b: !!str 1\n*x : y\nc: &z !t [1]\nd: &e\n",
    );
}
