use super::{becomes, stays};

#[test]
fn comments_keep_their_text_and_get_two_blanks() {
    becomes("a: 1 #x\nb: 2        #  y  \n", "a: 1  #x\nb: 2  #  y\n");
    becomes("a: |    # x\n  t\n", "a: |  # x\n  t\n");
    becomes("--- # x\na:   # y\n  - 1\n", "---  # x\na:  # y\n  - 1\n");
}

#[test]
fn files_of_comments_only_stay() {
    stays("# a\n\n# b\n");
    stays("---\n# a\n");
}

#[test]
fn comments_above_a_key_are_indented_like_it() {
    becomes("a:\n# x\n      # y\n    b: 1\n    # z\n    c: 2\n", "a:\n  # x\n  # y\n  b: 1\n  # z\n  c: 2\n");
}

#[test]
fn comments_below_the_last_key_stay_in_its_mapping() {
    stays("a:\n  b:\n    c: 1\n    # in b\n  # in a\n# above d\nd: 2\n# at the end\n");
    becomes("a:\n- b\n# above c\nc: 1\n", "a:\n  - b\n# above c\nc: 1\n");
}

#[test]
fn a_key_whose_value_is_commented_out_keeps_it() {
    stays("a:\n  # b: 1\n  # c: 2\nd:\n  -\n    # e\n  - f\n");
}

#[test]
fn comments_between_a_key_and_its_value_stay_between() {
    becomes(
        "a: # x\n  # y\n    1 # z\nb: &a # w\n  c: 1\n",
        "a:  # x\n  # y\n  1  # z\nb: &a  # w\n  c: 1\n",
    );
    stays("a:\n  # x\n  - 1\n-: 2\n");
}

#[test]
fn comments_between_brackets_make_them_a_block() {
    becomes(
        "a: { # x\n  # y\n  b: 1, # z\n  c: [d], # v\n  # u\n} # w\n",
        "a:  # x\n  # y\n  b: 1  # z\n  c: [d]  # v\n  # u\n  # w\n",
    );
    becomes("a: [ # x\n]\n", "a:  # x\n  []\n");
    becomes("- [a, # x\n  b]\n", "- - a  # x\n  - b\n");
}

#[test]
fn the_comment_of_brackets_too_long_stays_beside_the_key() {
    let name = "n".repeat(130);
    becomes(&format!("a: [{name}] # x\n"), &format!("a:  # x\n  - {name}\n"));
}

#[test]
fn comments_below_a_dash_stay_below_it() {
    stays("-\n  # x\n  a: 1\n-  # y\n  b: 2\n- - 1\n  # below 1\n# at the end\n");
}

#[test]
fn a_header_stays_first_when_keys_move() {
    becomes(
        "# yaml-language-server: $schema=x\n# domain\ndomain: d\n\n# name\nevent_name: a\n",
        "# yaml-language-server: $schema=x\n# name\nevent_name: a\n# domain\ndomain: d\n",
    );
    becomes(
        "# About the file.\n\n# domain\ndomain: d\nevent_name: a\n",
        "# About the file.\n\nevent_name: a\n# domain\ndomain: d\n",
    );
}

#[test]
fn comments_around_document_markers_stay_there() {
    stays("# before\n---\n# in\na: 1\n# last\n---  # beside\nb: 2\n# tail\n");
    becomes("a: 1\n... # x\n# y\nb: 2\n", "a: 1\n---\n# x\n# y\nb: 2\n");
    becomes("a: 1\n...\n# y\n", "a: 1\n# y\n");
}

#[test]
fn hundreds_of_comments_in_a_row_are_read() {
    stays(&format!("a:\n{}  - 1\n", "  # x\n".repeat(500)));
}
