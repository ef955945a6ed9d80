//! Dead letters, sent again with other content.

use serde_json::json;

use super::{die, enqueued, lines, on_both, shown};
use crate::database::Farm;

on_both! {
    masked_values_are_those_of_before
    a_version_with_another_fingerprint_stays
    one_row_that_cannot_be_sent_is_in_nobodys_way
    an_upcast_is_one_action_in_the_audit
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
    farm.evt(&format!("dead-letters retry {id} --payload {{}} --limit 3")).exits(2);
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
        ": `cow_moved@1`: only code of yours takes the step from version 1 to 2: \
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
    for dry_run in ["", " --dry-run"] {
        let run =
            farm.evt(&format!(r#"dead-letters retry {old} --payload '{{"weight":3}}'{dry_run}"#)).exits(1);
        run.tells("went on without it").tells("--allow-reorder");
    }
    farm.evt(&format!("dead-letters retry {old} {new} --upcast"))
        .exits(1)
        .tells("2 dead letters stay, for their keys went on without them")
        .prints("retried 0 dead letters");
    farm.evt(&format!("dead-letters retry {old} {new} --upcast --allow-reorder"))
        .exits(0)
        .prints("retried 2 dead letters");
}

fn masked_values_are_those_of_before(farm: &Farm) {
    let id = enqueued(farm, r#"cow_fed --payload '{"weight":2,"farmer_name":"Ada"}'"#);
    die(farm, id);
    let mut payload = farm.evt(&format!("outbox show {id} --format json")).exits(0).json()["payload"].clone();
    assert_eq!(payload["farmer_name"], "***");
    payload["weight"] = json!(3);
    farm.evt(&format!("dead-letters retry {id} --payload '{payload}'")).exits(0);
    assert_eq!(shown(farm, id)["payload"], json!({ "weight": 3.0, "farmer_name": "Ada", "feeds": [] }));
    let other = enqueued(farm, r#"cow_fed --payload '{"weight":2}'"#);
    die(farm, other);
    let run = farm.evt(&format!("dead-letters retry {other} --payload '{payload}'")).exits(1);
    run.tells("`farmer_name` is masked, and nothing stood there before");
    let run = farm.evt(&format!("outbox enqueue cow_fed --payload '{payload}'")).exits(1);
    run.tells("`farmer_name` is `***`, which stands for personal data that is not shown");
}

fn a_version_with_another_fingerprint_stays(farm: &Farm) {
    let id = enqueued(farm, r#"cow_fed@1 --payload '{"weight":2}'"#);
    die(farm, id);
    farm.run("UPDATE evt_outbox SET fingerprint = 'ff'");
    let why = "another fingerprint";
    farm.evt(&format!(r#"dead-letters retry {id} --payload '{{"weight":3}}'"#)).exits(1).tells(why);
    farm.evt("dead-letters retry --all --upcast --dry-run").exits(1).tells(why).prints("0 dead letters");
    farm.evt("dead-letters retry --all --upcast --yes").exits(1).tells(why).tells(&id.to_string());
    assert_eq!(shown(farm, id)["state"], "dead");
}

fn one_row_that_cannot_be_sent_is_in_nobodys_way(farm: &Farm) {
    let config = farm.project.read("evt.toml");
    let fed = |name: &str| {
        let payload = format!(r#"{{"weight":2,"farmer_name":"{name}"}}"#);
        let id = enqueued(farm, &format!("cow_fed@1 --payload '{payload}'"));
        die(farm, id);
        id
    };
    let ids = [fed("a"), fed("the longest name of all"), fed("b")];
    farm.project.write("evt.toml", format!("{config}\n[outbox]\nmax_payload = \"57B\"\n"));
    let dry = farm.evt("dead-letters retry --all --upcast --dry-run").exits(1);
    dry.prints("would upcast and retry 2 dead letters").tells("more than 57 bytes");
    farm.evt("dead-letters retry --all --upcast --yes --limit 1").exits(0).prints("retried 1 dead letter");
    farm.evt("dead-letters retry --all --upcast --yes --limit 1").exits(1).prints("retried 1 dead letter");
    let states = ids.map(|id| shown(farm, id)["state"].clone());
    assert_eq!(states, ["pending", "dead", "pending"].map(|state| json!(state)));
}

fn an_upcast_is_one_action_in_the_audit(farm: &Farm) {
    for number in 0..130 {
        die(farm, enqueued(farm, &format!(r#"cow_fed@1 --payload '{{"weight":{}}}'"#, number + 1)));
    }
    let run = farm.evt("dead-letters retry --event cow_fed --upcast --yes --as anna --reason bulk").exits(0);
    run.prints("retried 130 dead letters");
    let audit = lines(&farm.evt("outbox audit --format json").exits(0));
    assert_eq!(audit.len(), 1);
    assert_eq!((&audit[0]["changed"], &audit[0]["filter"]), (&json!(130), &json!({ "event": "cow_fed" })));
    assert_eq!(
        shown(
            farm,
            lines(&farm.evt("outbox list --limit 1 --format json").exits(0))[0]["id"]
                .as_str()
                .and_then(|id| id.parse().ok())
                .expect("an id")
        )["version"],
        2
    );
}
