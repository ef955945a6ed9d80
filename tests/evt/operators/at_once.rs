//! Several programs at once.

use std::process::{Child, Output, Stdio};

use super::farm::Farm;
use super::on_both;

on_both! {
    several_migrate_at_once_and_one_creates
    eight_operators_change_each_row_once
}

fn all_at_once(farm: &Farm, lines: &[&str]) -> Vec<String> {
    let start = |line: &&str| -> Child {
        farm.command(line).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
    };
    let children: Vec<_> = lines.iter().map(start).collect();
    let ended = |child: Child| -> Output { child.wait_with_output().expect("it ends") };
    let outputs = children.into_iter().map(ended);
    outputs
        .map(|output| {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            String::from_utf8_lossy(&output.stdout).into_owned()
        })
        .collect()
}

fn several_migrate_at_once_and_one_creates(farm: &Farm) {
    let told = all_at_once(farm, &["outbox migrate"; 4]);
    let created = told.iter().filter(|text| text.starts_with("created")).count();
    let found = told.iter().filter(|text| text.contains("already")).count();
    assert_eq!((created, found), (1, 3), "{told:?}");
}

/// The number behind a word.
fn number(text: &str, word: &str) -> u64 {
    let rest = text.strip_prefix(word).unwrap_or("0");
    rest.split_whitespace().next().and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn eight_operators_change_each_row_once(farm: &Farm) {
    farm.with_dead(1_200);
    let told = all_at_once(
        farm,
        &[
            "dead-letters retry --all --yes --limit 300",
            "dead-letters retry --all --yes --limit 300",
            "dead-letters retry --error 413 --yes --limit 300",
            "dead-letters discard --all --yes --limit 200",
            "dead-letters discard --event cow_fed --yes --limit 200",
            "outbox pause --event cow_fed",
            "outbox pause --event cow_fed",
            "outbox cleanup --older-than 0s --yes",
        ],
    );
    let sum = |word: &str| told.iter().map(|text| number(text, word)).sum::<u64>();
    let (retried, discarded) = (sum("retried "), sum("discarded "));
    assert!(retried > 0 && discarded > 0, "{told:?}");
    assert_eq!(told.iter().filter(|text| *text == "paused `cow_fed`\n").count(), 1, "{told:?}");
    let removed = told.iter().find_map(|text| text.strip_prefix("removed 0 published and "));
    let removed = removed.map_or(0, |text| number(text, ""));
    assert_eq!((farm.rows("pending"), farm.rows("discarded")), (retried, discarded - removed));
    assert_eq!(farm.rows("dead"), 1_200 - retried - discarded);
    let recorded = |action: &str| {
        farm.sql(&format!(
            "SELECT CAST(coalesce(sum(changed), 0) AS bigint) FROM {{T_audit}} WHERE action = '{action}'"
        ))
        .and_then(|number| u64::try_from(number).ok())
    };
    assert_eq!((recorded("retry"), recorded("discard")), (Some(retried), Some(discarded)));
    assert_eq!((recorded("cleanup"), recorded("pause")), (Some(removed), Some(1)));
    assert!(farm.sql("SELECT count(*) FROM {T_lane} WHERE generation > 0") > Some(0));
}
