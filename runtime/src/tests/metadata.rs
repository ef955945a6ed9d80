//! Defaults are the process's: these tests take turns.

use std::sync::{Mutex, MutexGuard, PoisonError};

use serde_json::{Map, Value, json};

use super::capture::Capture;
use crate::{BoxError, Emission, EmitError, Recorder, metadata};

event!(HenCounted, "hen_counted", Durable);

static TURN: Mutex<()> = Mutex::new(());

/// Takes the defaults away when a test ends.
struct Defaults {
    _turn: MutexGuard<'static, ()>,
}

impl Defaults {
    fn set(defaults: impl Fn() -> Result<Map<String, Value>, BoxError> + Send + Sync + 'static) -> Self {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        metadata::set_defaults(defaults);
        Self { _turn: turn }
    }
}

impl Drop for Defaults {
    fn drop(&mut self) {
        metadata::clear_defaults();
    }
}

fn members(value: Value) -> Map<String, Value> {
    serde_json::from_value(value).expect("an object")
}

fn metadata_of(given: Value) -> String {
    let mut recorder = Recorder::new();
    let emission = Emission::new(HenCounted::of(1.0)).metadata(given);
    emission.emit_sync(&mut recorder).expect("defaults never break an emit");
    recorder.envelopes()[0].metadata.clone()
}

#[test]
fn defaults_are_merged_under_what_the_call_gives() {
    let _defaults = Defaults::set(|| Ok(members(json!({ "service": "barn", "region": "north" }))));
    assert_eq!(
        metadata_of(json!({ "region": "south", "request_id": 7 })),
        r#"{"region":"south","request_id":7,"service":"barn"}"#
    );
    assert_eq!(metadata_of(Value::Null), r#"{"region":"north","service":"barn"}"#);
}

#[test]
fn defaults_may_take_themselves_away() {
    let _defaults = Defaults::set(|| {
        metadata::clear_defaults();
        Ok(members(json!({ "last": true })))
    });
    assert_eq!(metadata_of(json!({})), r#"{"last":true}"#);
    assert_eq!(metadata_of(json!({})), "{}");
}

#[test]
fn without_defaults_the_call_alone_speaks() {
    let defaults = Defaults::set(|| Ok(Map::new()));
    metadata::clear_defaults();
    assert_eq!(metadata_of(Value::Null), "{}");
    assert_eq!(metadata_of(json!({ "a": 1 })), r#"{"a":1}"#);
    drop(defaults);
}

#[test]
fn failing_defaults_are_logged_and_the_event_goes_without() {
    let (capture, _guard) = Capture::start();
    let _defaults = Defaults::set(|| Err("no region".into()));
    assert_eq!(metadata_of(json!({ "a": 1 })), r#"{"a":1}"#);
    assert!(capture.lines()[1].contains("the metadata defaults failed"), "{:?}", capture.lines());
    assert!(capture.lines()[1].contains("error=no region"), "{:?}", capture.lines());
}

#[test]
fn panicking_defaults_are_logged_and_the_event_goes_without() {
    let (capture, _guard) = Capture::start();
    let _defaults = Defaults::set(|| panic!("no region"));
    assert_eq!(metadata_of(json!({ "a": 1 })), r#"{"a":1}"#);
    assert_eq!(metadata_of(json!({ "a": 2 })), r#"{"a":2}"#);
    assert!(capture.lines()[1].contains("the metadata defaults panicked"), "{:?}", capture.lines());
}

#[test]
fn metadata_is_an_object() {
    let emission = Emission::new(HenCounted::of(1.0)).metadata(json!([1]));
    let error = emission.envelope().expect_err("a list is none");
    assert!(matches!(error, EmitError::Metadata { event: "hen_counted", .. }));
}
