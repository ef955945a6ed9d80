//! Tables at the widths of terminals.

use evt_runtime::outbox::operator::{AuditEntry, BlockedKey, Entry, State};
use evt_runtime::types::{Timestamp, Uuid};

use super::{Grouping, Groups, audit_table, blocked_table, entry_table, group_json, group_table};

const ID: Uuid = Uuid::from_u128(0x01a1_fed7_02c6_756a_84be_f98e_9ea0_5ff2);

fn at(minute: i64) -> Timestamp {
    // 2026-11-21T16:00:00Z
    Timestamp::from_second(1_795_276_800 + minute * 60).unwrap()
}

fn entry(seq: i64, event: &str, state: State, error: Option<(&str, &str)>) -> Entry {
    Entry {
        seq,
        id: ID,
        event_name: event.to_owned(),
        event_version: 1,
        route: "broker".to_owned(),
        partition_key: None,
        state,
        attempts: 12,
        created_at: at(0),
        occurred_at: at(0),
        available_at: None,
        published_at: None,
        dead_at: (state == State::Dead).then(|| at(seq)),
        dead_reason: None,
        discarded_at: None,
        key_went_on: false,
        error_code: error.map(|(code, _)| code.to_owned()),
        error_text: error.map(|(_, text)| text.to_owned()),
    }
}

fn entries() -> Vec<Entry> {
    vec![
        entry(
            41,
            "something_happened",
            State::Dead,
            Some(("422", "field country of order ORD-22 not known")),
        ),
        entry(40, "cow_fed", State::Discarded, Some(("413", "larger than 1048576 bytes"))),
        entry(3, "cow_fed", State::Pending, None),
    ]
}

/// A table, each line of which fits.
fn shown(width: usize, table: impl Fn(usize) -> String) -> String {
    let text = table(width);
    assert!(text.lines().all(|line| line.chars().count() <= width), "{text}");
    text
}

#[test]
fn rows_are_named_by_their_place_where_there_is_no_room_for_ids() {
    let table = |width| entry_table(&entries(), width);
    insta::assert_snapshot!(table(usize::MAX), @"
    PLACE  ID                                    EVENT                 STATE      ATTEMPTS  SINCE                 ERROR
    41     01a1fed7-02c6-756a-84be-f98e9ea05ff2  something_happened@1  dead       12        2026-11-21T16:41:00Z  422: field country of order ORD-22 not known
    40     01a1fed7-02c6-756a-84be-f98e9ea05ff2  cow_fed@1             discarded  12        2026-11-21T16:00:00Z  413: larger than 1048576 bytes
    3      01a1fed7-02c6-756a-84be-f98e9ea05ff2  cow_fed@1             pending    12        2026-11-21T16:00:00Z
    ");
    insta::assert_snapshot!(shown(80, table), @"
    PLACE  EVENT           STATE      ATTEMPTS  SINCE        ERROR
    41     something_hap…  dead       12        11-21 16:41  422: field country of …
    40     cow_fed@1       discarded  12        11-21 16:00  413: larger than 10485…
    3      cow_fed@1       pending    12        11-21 16:00
    ");
    insta::assert_snapshot!(shown(60, table), @"
    PLACE  EVENT           STATE      ERROR
    41     something_hap…  dead       422: field country of ord…
    40     cow_fed@1       discarded  413: larger than 1048576 …
    3      cow_fed@1       pending
    ");
    insta::assert_snapshot!(shown(40, table), @"
    PLACE  EVENT           ERROR
    41     something_hap…  422: field count…
    40     cow_fed@1       413: larger than…
    3      cow_fed@1
    ");
}

#[test]
fn all_that_matters_of_long_rows_stands_in_80_columns() {
    let long = entry(12_345_678, "a_very_long_event_name", State::Discarded, Some(("413", &"x".repeat(99))));
    let text = shown(80, |width| entry_table(std::slice::from_ref(&long), width));
    for heading in ["PLACE", "EVENT", "STATE", "ATTEMPTS", "SINCE", "ERROR"] {
        assert!(text.contains(heading), "{text}");
    }
    assert!(text.contains("  413: xxxxxxxxxxxxxx…\n"), "{text}");
}

#[test]
fn groups_are_causes_with_the_place_of_one() {
    let mut groups = Groups::new(Grouping::Error);
    for (seq, text) in
        [(9, "field country of order ORD-22 not known"), (7, "field country of order 0x7f not known")]
    {
        groups.add(&entry(seq, "cow_fed", State::Dead, Some(("422", text))));
    }
    groups.add(&Entry { error_code: None, ..entry(5, "cow_fed", State::Dead, Some(("", "row 7: gone"))) });
    groups.add(&entry(4, "cow_fed", State::Dead, Some(("503", ""))));
    let groups = groups.sorted();
    let table = |width| group_table(&groups, width);
    insta::assert_snapshot!(table(usize::MAX), @"
    COUNT  WHAT                                     FIRST                 LAST                  FOR EXAMPLE
    2      422: field country of order # not known  2026-11-21T16:07:00Z  2026-11-21T16:09:00Z  9
    1      503                                      2026-11-21T16:04:00Z  2026-11-21T16:04:00Z  4
    1      row #: gone                              2026-11-21T16:05:00Z  2026-11-21T16:05:00Z  5
    ");
    insta::assert_snapshot!(shown(80, table), @"
    COUNT  WHAT                                FIRST        LAST         FOR EXAMPLE
    2      422: field country of order # not…  11-21 16:07  11-21 16:09  9
    1      503                                 11-21 16:04  11-21 16:04  4
    1      row #: gone                         11-21 16:05  11-21 16:05  5
    ");
    insta::assert_snapshot!(shown(60, table), @"
    COUNT  WHAT                                     FOR EXAMPLE
    2      422: field country of order # not known  9
    1      503                                      4
    1      row #: gone                              5
    ");
    insta::assert_snapshot!(shown(40, table), @"
    COUNT  WHAT
    2      422: field country of order # no…
    1      503
    1      row #: gone
    ");
    assert!(group_json(&groups[0]).contains(&format!(r#""example":"{ID}""#)));
}

#[test]
fn what_operators_did_keeps_who_what_and_why() {
    let entry = |number, filter: &str, reason: &str| AuditEntry {
        number,
        at: at(number),
        ended_at: None,
        actor: "ada".to_owned(),
        role: None,
        action: "retry".to_owned(),
        reason: Some(reason.to_owned()),
        filter: filter.to_owned(),
        changed: 3,
        refused: 0,
    };
    let entries = [
        entry(2, &format!(r#"{{"ids":["{ID}"]}}"#), "the consumer knows the field now"),
        entry(1, "{}", "the broker is back"),
    ];
    let table = |width| audit_table(&entries, width);
    insta::assert_snapshot!(table(usize::MAX), @r#"
    NUMBER  AT                    WHO  ACTION  CHANGED  LEFT  WHICH                                             WHY
    2       2026-11-21T16:02:00Z  ada  retry   3        0     {"ids":["01a1fed7-02c6-756a-84be-f98e9ea05ff2"]}  the consumer knows the field now
    1       2026-11-21T16:01:00Z  ada  retry   3        0     all                                               the broker is back
    "#);
    insta::assert_snapshot!(shown(80, table), @"
    NUMBER  AT           WHO  ACTION  CHANGED  LEFT  WHY
    2       11-21 16:02  ada  retry   3        0     the consumer knows the field n…
    1       11-21 16:01  ada  retry   3        0     the broker is back
    ");
    insta::assert_snapshot!(shown(40, table), @"
    NUMBER  WHO  ACTION  WHY
    2       ada  retry   the consumer knows…
    1       ada  retry   the broker is back
    ");
    insta::assert_snapshot!(shown(80, |width| audit_table(&entries[1..], width)), @"
    NUMBER  AT           WHO  ACTION  CHANGED  LEFT  WHICH  WHY
    1       11-21 16:01  ada  retry   3        0     all    the broker is back
    ");
}

#[test]
fn keys_wait_for_a_place_where_there_is_no_room_for_ids() {
    let key = BlockedKey {
        route: "broker".to_owned(),
        partition_key: "barn-1".to_owned(),
        head: ID,
        head_seq: 4,
        head_event: "cow_milked".to_owned(),
        head_state: State::Dead,
        since: at(1),
        halted: true,
        held: 2,
    };
    let table = |width| blocked_table(std::slice::from_ref(&key), width);
    insta::assert_snapshot!(table(usize::MAX), @"
    KEY     ROUTE   WAITS FOR                             EVENT       STATE  SINCE                 HELD
    barn-1  broker  01a1fed7-02c6-756a-84be-f98e9ea05ff2  cow_milked  dead   2026-11-21T16:01:00Z  2
    ");
    insta::assert_snapshot!(shown(80, table), @"
    KEY     ROUTE   WAITS FOR  EVENT       STATE  SINCE        HELD
    barn-1  broker  4          cow_milked  dead   11-21 16:01  2
    ");
    insta::assert_snapshot!(shown(40, table), @"
    KEY     WAITS FOR  EVENT       HELD
    barn-1  4          cow_milked  2
    ");
}
