use serde_json::{Value, json};

use super::capture::Capture;
use crate::handler::{self, without};
use crate::{Emission, Emitted, Recorder, assert_emitted};

event!(BarnSeen, "barn_seen", Telemetry);
event!(BarnHeard, "barn_heard", Telemetry);

#[test]
fn a_telemetry_event_is_traced_without_personal_data() {
    let (capture, _guard) = Capture::start();
    let seen = BarnSeen { weight: 2.5, farmer_name: Some("Ada".to_owned()) };
    let emitted = Emission::new(seen).emit_sync(&mut Recorder::new()).expect("it fits");
    let Emitted::Delivered { id } = emitted else { panic!("nothing is stored") };
    let line = format!(
        r#"INFO evt message=telemetry event="barn_seen" version=1 id={id} payload="{{\"weight\":2.5}}""#
    );
    let lines = capture.lines();
    assert_eq!((lines.len(), &lines[1]), (3, &line), "a span, and an event that says that it was emitted");
    assert!(!lines.concat().contains("Ada"), "{lines:?}");
}

#[test]
fn a_recorder_sees_telemetry() {
    let _captured = Capture::start();
    let mut recorder = Recorder::new();
    Emission::new(BarnSeen::of(2.5)).emit_sync(&mut recorder).expect("it fits");
    assert_emitted!(recorder, BarnSeen);
}

#[test]
fn handlers_of_telemetry_do_not_run_and_registering_one_warns() {
    let (capture, _guard) = Capture::start();
    handler::on::<BarnHeard>(|_, _| panic!("it ran"));
    Emission::new(BarnHeard::of(1.0)).emit_sync(&mut Recorder::new()).expect("no handler runs");
    assert!(capture.lines()[0].starts_with("WARN evt"), "{:?}", capture.lines());
}

fn left(paths: &[&str], payload: &Value) -> Value {
    serde_json::from_str(&without(paths, &payload.to_string())).expect("JSON stays JSON")
}

#[test]
fn personal_data_is_dropped_at_any_depth() {
    let payload = json!({
        "farmer_name": "Ada",
        "address": { "street": "Hay Lane", "city": "York" },
        "lines": [{ "sku": "HAY", "price": 1 }, { "sku": "OATS", "price": 2 }],
        "totals": { "eur": { "amount": 1, "count": 2 } },
        "grid": [[{ "x": 1, "y": 2 }]],
        "phones": ["1", "2"],
        "names": { "a": "Ada" },
    });
    let paths = [
        "farmer_name",
        "address.street",
        "lines[].sku",
        "totals{}.amount",
        "grid[][].x",
        "phones[]",
        "names{}",
        "absent.part[].x",
    ];
    let expected = json!({
        "address": { "city": "York" },
        "lines": [{ "price": 1 }, { "price": 2 }],
        "totals": { "eur": { "count": 2 } },
        "grid": [[{ "y": 2 }]],
        "phones": [],
        "names": {},
    });
    assert_eq!(left(&paths, &payload), expected);
}

#[test]
fn parts_that_are_null_or_left_out_are_passed_by() {
    let payload = json!({ "address": null, "lines": null, "weight": 1 });
    assert_eq!(left(&["address.street", "lines[].sku", "totals{}.amount"], &payload), payload);
}
