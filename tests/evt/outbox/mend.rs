//! Dead letters, sent again with other content.

use serde_json::json;

use super::{die, enqueued, lines, on_both, shown};
use crate::database::Farm;

on_both! {
    a_mended_payload_takes_the_place_of_the_old_one
    a_key_that_went_on_is_reordered_where_that_is_allowed
    a_mended_payload_that_does_not_fit_changes_nothing
    payloads_are_brought_to_the_latest_version
    a_step_that_only_code_can_take_is_refused_by_its_name
    an_upcast_is_tried_before_it_is_done
}

fn a_mended_payload_takes_the_place_of_the_old_one(farm: &Farm) {
    let id = enqueued(farm, r#"cow_fed --payload '{"weight":2}' --idempotency-key k"#);
    die(farm, id);
    let retry = format!(r#"dead-letters retry {id} --payload '{{"weight":3}}' --reason typo --as anna"#);
    let run = farm.evt(&format!("{retry} --format json")).exits(0).json();
    let sent = run["sent_id"].as_str().expect("a replacement has an id");
    assert_ne!(sent, id.to_string());
    let row = shown(farm, id);
    assert_eq!((&row["state"], &row["sent_id"], &row["seq"]), (&json!("pending"), &json!(sent), &json!(1)));
    assert_eq!(row["payload"], json!({ "weight": 3.0, "feeds": [] }));
    let audit = lines(&farm.evt("outbox audit --format json").exits(0));
    let told = (&audit[0]["action"], &audit[0]["actor"], &audit[0]["reason"], &audit[0]["changed"]);
    assert_eq!(told, (&json!("replace"), &json!("anna"), &json!("typo"), &json!(1)));
    // Given once more, it does nothing.
    farm.evt(&retry).exits(1).tells("only a dead letter gets new content");
    assert_eq!(lines(&farm.evt("outbox audit --format json").exits(0)).len(), 1);
}

fn a_mended_payload_that_does_not_fit_changes_nothing(farm: &Farm) {
    let id = enqueued(farm, r#"cow_fed@1 --payload '{"weight":2}'"#);
    let retry = |payload: &str| farm.evt(&format!("dead-letters retry {id} --payload '{payload}'"));
    retry(r#"{"weight":3}"#).exits(1).tells("only a dead letter gets new content");
    die(farm, id);
    // It is held against the version that the row has.
    retry(r#"{"weight":0,"feeds":[]}"#).exits(1).tells("`weight` is less than").tells("`feeds` is no field");
    retry("{").exits(1).tells("is no JSON");
    let dry = farm.evt(&format!(r#"dead-letters retry {id} --payload '{{"weight":3}}' --dry-run"#));
    dry.exits(0).prints("the payload fits");
    farm.evt(&format!("dead-letters retry {id} 2 --payload {{}}")).exits(2).tells("for one dead letter");
    farm.evt("dead-letters retry --all --payload {}").exits(2);
    assert_eq!(shown(farm, id)["state"], "dead");
}

fn payloads_are_brought_to_the_latest_version(farm: &Farm) {
    let old = enqueued(farm, r#"cow_fed@1 --payload '{"weight":2,"farmer_name":"Ada"}'"#);
    let new = enqueued(farm, r#"cow_fed --payload '{"weight":2,"feeds":["hay"]}'"#);
    for id in [old, new] {
        die(farm, id);
    }
    farm.evt("dead-letters retry --all --upcast").exits(2).tells("--yes");
    let run = farm.evt("dead-letters retry --all --upcast --yes").exits(0).prints("retried 2 dead letters");
    assert_eq!(run.stderr, "");
    let row = shown(farm, old);
    assert_eq!((&row["version"], &row["state"]), (&json!(2), &json!("pending")));
    assert_eq!(row["payload"], json!({ "weight": 2.0, "farmer_name": "Ada", "feeds": [] }));
    let row = shown(farm, new);
    assert_eq!((&row["sent_id"], &row["state"]), (&json!(new.to_string()), &json!("pending")));
}

fn a_step_that_only_code_can_take_is_refused_by_its_name(farm: &Farm) {
    let moved = enqueued(farm, r#"cow_moved@1 --payload '{"field":"north"}'"#);
    let fed = enqueued(farm, r#"cow_fed@1 --payload '{"weight":2}'"#);
    for id in [moved, fed] {
        die(farm, id);
    }
    let run = farm.evt("dead-letters retry --all --upcast --yes").exits(1).prints("retried 1 dead letter");
    run.tells(
        "1 dead letter stays: `cow_moved@1`: only code of yours takes the step from version 1 to 2: \
         version 2 needs `reason`, which version 1 does not have",
    );
    assert_eq!(
        (&shown(farm, moved)["state"], &shown(farm, fed)["state"]),
        (&json!("dead"), &json!("pending"))
    );
}

fn an_upcast_is_tried_before_it_is_done(farm: &Farm) {
    let id = enqueued(farm, r#"cow_fed@1 --payload '{"weight":2}'"#);
    die(farm, id);
    let run = farm.evt("dead-letters retry --event cow_fed --upcast --dry-run --format json").exits(0).json();
    assert_eq!(
        run,
        json!({ "action": "upcast", "dry_run": true, "changed": 1, "left": 0, "stopped": false })
    );
    assert_eq!(shown(farm, id)["state"], "dead");
}

fn a_key_that_went_on_is_reordered_where_that_is_allowed(farm: &Farm) {
    let ids = ["1", "2"].map(|id| {
        enqueued(farm, &format!(r#"cow_fed@{id} --payload '{{"weight":2}}' --aggregate Cow/{id}"#))
    });
    for id in ids {
        die(farm, id);
    }
    let [old, new] = ids;
    let why = "its key went on without it";
    farm.evt(&format!(r#"dead-letters retry {old} --payload '{{"weight":3}}'"#)).exits(1).tells(why);
    farm.evt(&format!("dead-letters retry {old} {new} --upcast"))
        .exits(1)
        .tells(why)
        .prints("retried 0 dead letters");
    farm.evt(&format!("dead-letters retry {old} {new} --upcast --allow-reorder"))
        .exits(0)
        .prints("retried 2 dead letters");
}
