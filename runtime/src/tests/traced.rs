//! What is traced of an emit.

use serde_json::json;

use super::capture::Capture;
use crate::{Emission, EmitError, Emitted, Recorder, emit_all, emit_all_sync};

event!(GeeseFed, "geese_fed", Broker);
event!(GateShut, "gate_shut", Inline);

/// What an event holds, and nobody may read in a trace.
const SECRETS: [&str; 6] = ["1234.5", "Ada", "request-77", "key-88", "goose-99", "partition-55"];

fn secretive() -> Emission<GeeseFed> {
    let fed = GeeseFed { weight: 1_234.5, farmer_name: Some("Ada".to_owned()) };
    Emission::new(fed)
        .metadata(json!({ "request": "request-77" }))
        .idempotency_key("key-88")
        .aggregate("Goose", "goose-99")
        .partition_key("partition-55")
}

/// The lines, once it is certain that none of them holds what an event does.
fn lines(capture: &Capture) -> Vec<String> {
    let lines = capture.lines();
    for secret in SECRETS {
        assert!(!lines.concat().contains(secret), "{secret} in {lines:?}");
    }
    lines
}

const OF_GEESE: &str = r#"messaging.system="evt" messaging.operation.name="emit" messaging.operation.type="create" event="geese_fed" version=1 process_type="broker""#;

#[tokio::test]
async fn an_emit_is_a_span_with_an_event_of_its_id_and_place() {
    let (capture, _guard) = Capture::start();
    let emitted = secretive().emit(&mut Recorder::new()).await.expect("it fits");
    let Emitted::Enqueued { id, seq: 1 } = emitted else { panic!("it is stored: {emitted:?}") };
    let span = format!(
        "DEBUG span emit otel.name=emit geese_fed otel.kind=\"producer\" {OF_GEESE} messaging.message.id={id}"
    );
    let event = format!(
        "DEBUG evt_runtime::emission::trace message=emitted event=\"geese_fed\" version=1 id={id} \
         process_type=\"broker\" seq=1"
    );
    assert_eq!(lines(&capture), [span, event]);
}

#[test]
fn an_emit_that_blocks_is_traced_alike() {
    let (capture, _guard) = Capture::start();
    secretive().emit_sync(&mut Recorder::new()).expect("it fits");
    let lines = lines(&capture);
    assert!(lines[0].starts_with("DEBUG span emit ") && lines[0].contains(OF_GEESE), "{lines:?}");
    assert!(lines[1].contains("message=emitted"), "{lines:?}");
}

#[tokio::test]
async fn several_events_are_one_span_and_an_event_each() {
    let (capture, _guard) = Capture::start();
    let several = || vec![secretive().skip_duplicates(), secretive().skip_duplicates()];
    let mut recorder = Recorder::new();
    emit_all(several(), &mut recorder).await.expect("they fit");
    emit_all_sync(several(), &mut recorder).expect("they fit");
    let lines = lines(&capture);
    let messages = |word: &str| lines.iter().filter(|line| line.contains(word)).count();
    let spans = format!("{OF_GEESE} messaging.batch.message_count=2");
    assert_eq!((messages(&spans), messages("message=emitted"), messages("message=duplicate")), (2, 1, 3));
}

#[test]
fn what_is_delivered_at_once_is_emitted_too() {
    let (capture, _guard) = Capture::start();
    Emission::new(GateShut::of(1_234.5)).emit_sync(&mut Recorder::new()).expect("it fits");
    let lines = lines(&capture);
    assert!(lines[1].contains("message=emitted event=\"gate_shut\" version=1 id="), "{lines:?}");
    assert!(lines[1].ends_with("process_type=\"inline\""), "{lines:?}");
}

#[test]
fn an_emit_that_fails_is_marked() {
    let (capture, _guard) = Capture::start();
    let mut recorder = Recorder::new();
    secretive().emit_sync(&mut recorder).expect("it fits");
    let duplicate = secretive().emit_sync(&mut recorder);
    assert!(matches!(duplicate, Err(EmitError::Duplicate { .. })));
    let wrong = Emission::new(GeeseFed::of(-1_234.5)).emit_sync(&mut recorder);
    assert!(matches!(wrong, Err(EmitError::Payload { .. })));
    let lines = lines(&capture);
    let is_marked = |line: &&String| line.ends_with("otel.status_code=\"ERROR\"");
    assert_eq!((lines.len(), lines.iter().filter(is_marked).count()), (4, 2), "{lines:?}");
}
