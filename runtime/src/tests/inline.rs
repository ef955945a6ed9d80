use std::sync::{Arc, Mutex};

use crate::handler::{self, HandlerPanic};
use crate::{BoxError, Emission, EmitError, Emitted, Event, ProcessType, Recorder, assert_not_emitted};

event!(StallSwept, "stall_swept", Inline);
event!(StallShut, "stall_shut", Inline);
event!(StallLit, "stall_lit", Inline);
event!(StallAired, "stall_aired", Inline);
event!(StallMoved, "stall_moved", Inline);
event!(StallMovedOnce, "stall_moved_once", Durable);
event!(StallPainted, "stall_painted", Inline);
event!(StallSold, "stall_sold", Sourced);
event!(StallBuilt, "stall_built", Durable);
event!(StallLeft, "stall_left", Inline);

/// What handlers said, in order.
#[derive(Clone, Default)]
struct Said(Arc<Mutex<Vec<String>>>);

impl Said {
    fn say(&self, text: impl Into<String>) -> Result<(), BoxError> {
        self.0.lock().expect("no test panics while it says something").push(text.into());
        Ok(())
    }

    fn all(&self) -> Vec<String> {
        self.0.lock().expect("no test panics while it says something").clone()
    }
}

fn emit<E: Event>(event: E) -> Result<Emitted, EmitError> {
    Emission::new(event).emit_sync(&mut Recorder::new())
}

#[test]
fn handlers_run_in_order_of_registration_over_both_kinds() {
    let said = Said::default();
    let (first, second, third) = (said.clone(), said.clone(), said.clone());
    handler::on::<StallSwept>(move |event, _| first.say(format!("first {}", event.weight)));
    let of_type = handler::on_process_type(ProcessType::Inline, move |envelope| {
        if envelope.definition.name == "stall_swept" { second.say("second") } else { Ok(()) }
    });
    handler::on::<StallSwept>(move |_, envelope| third.say(format!("third {}", envelope.payload)));
    assert!(matches!(emit(StallSwept::of(2.0)), Ok(Emitted::Delivered { .. })));
    of_type.remove();
    assert_eq!(said.all(), ["first 2", "second", r#"third {"weight":2.0}"#]);
}

#[test]
fn the_first_error_reaches_the_caller_and_stops_the_rest() {
    let said = Said::default();
    let (first, third) = (said.clone(), said.clone());
    handler::on::<StallShut>(move |_, _| first.say("first"));
    handler::on::<StallShut>(|_, _| Err("the door is gone".into()));
    handler::on::<StallShut>(move |_, _| third.say("third"));
    let mut recorder = Recorder::new();
    let error = Emission::new(StallShut::of(1.0)).emit_sync(&mut recorder).expect_err("a handler fails");
    assert_eq!(error.to_string(), "a handler of `stall_shut` failed: the door is gone");
    assert_eq!(said.all(), ["first"]);
    assert_not_emitted!(recorder, StallShut);
}

#[test]
fn a_panic_in_a_handler_is_an_error() {
    handler::on::<StallLit>(|event, _| panic!("no lamp for {} kg", event.weight));
    let Err(EmitError::Handler { event: "stall_lit", source }) = emit(StallLit::of(3.0)) else {
        panic!("a handler panics");
    };
    assert_eq!(source.downcast_ref(), Some(&HandlerPanic("no lamp for 3 kg".to_owned())));
}

#[test]
fn a_handler_that_was_taken_away_does_not_run() {
    let id = handler::on::<StallAired>(|_, _| Err("it is cold".into()));
    assert!(emit(StallAired::of(1.0)).is_err());
    id.remove();
    assert!(emit(StallAired::of(1.0)).is_ok());
}

#[test]
fn a_handler_may_emit_and_register() {
    let said = Said::default();
    let inner = said.clone();
    handler::on::<StallPainted>(move |event, _| {
        if event.weight > 1.0 {
            let inner = inner.clone();
            handler::on::<StallPainted>(move |event, _| inner.say(event.weight.to_string()));
            emit(StallPainted::of(1.0))?;
        }
        Ok(())
    });
    emit(StallPainted::of(2.0)).expect("no handler fails");
    assert_eq!(said.all(), ["1"]);
}

#[test]
fn an_async_handler_cannot_run_in_the_callers_stack() {
    handler::on_background::<StallLeft, _, _>(|_, _| async { Ok(()) });
    let error = emit(StallLeft::of(1.0)).expect_err("the handler is async");
    insta::assert_snapshot!(error, @"a handler of `stall_left` failed: an async handler cannot run in the caller's stack: register it with `handler::on`");
}

#[test]
fn handlers_of_stored_events_do_not_run_at_emit() {
    handler::on::<StallBuilt>(|_, _| Err("it ran".into()));
    handler::on::<StallSold>(|_, _| Err("it ran".into()));
    emit(StallBuilt::of(1.0)).expect("its row is written");
    let sold = Emission::new(StallSold::of(1.0)).aggregate("Stall", "1").aggregate_version(1);
    sold.emit_sync(&mut Recorder::new()).expect("its row is written");
}

event!(StallCounted, "stall_counted", Durable);

#[tokio::test]
async fn a_relay_finds_the_subscribers_of_a_stored_event_and_runs_them() {
    let said = Said::default();
    let (first, second) = (said.clone(), said.clone());
    handler::on::<StallCounted>(move |event, _| first.say(format!("first {}", event.weight)));
    handler::on_background::<StallCounted, _, _>(move |event, _| {
        let second = second.clone();
        async move { second.say(format!("second {}", event.weight)) }
    });
    handler::on_background::<StallCounted, _, _>(|_, _| async { panic!("out of fingers") });
    let envelope = Arc::new(Emission::new(StallCounted::of(4.0)).envelope().expect("it fits"));
    let mut failed = Vec::new();
    for subscriber in handler::subscribers("stall_counted", ProcessType::Durable) {
        failed.extend(subscriber.deliver(&envelope).await.err().map(|error| error.to_string()));
    }
    assert_eq!(said.all(), ["first 4", "second 4"]);
    assert_eq!(failed, ["it panicked: out of fingers"]);
}

/// A producer that knows nothing of process types.
fn produce<E: Event>(event: E, recorder: &mut Recorder) -> Result<Emitted, EmitError> {
    Emission::new(event).idempotency_key("1").emit_sync(recorder)
}

#[test]
fn moving_an_event_from_inline_to_durable_changes_no_line_of_the_producer() {
    let mut recorder = Recorder::new();
    let delivered = produce(StallMoved::of(1.0), &mut recorder);
    let enqueued = produce(StallMovedOnce::of(1.0), &mut recorder);
    assert!(matches!(delivered, Ok(Emitted::Delivered { .. })));
    assert!(matches!(enqueued, Ok(Emitted::Enqueued { seq: 1, .. })));
    assert_eq!(recorder.events::<StallMoved>().len(), recorder.events::<StallMovedOnce>().len());
}

#[test]
fn a_handler_reads_a_payload_that_another_type_emitted() {
    mod other {
        event!(StallSwept, "stall_swept_by_two", Inline);
    }
    event!(StallSweptByTwo, "stall_swept_by_two", Inline);
    let said = Said::default();
    let inner = said.clone();
    handler::on::<other::StallSwept>(move |event, _| inner.say(event.weight.to_string()));
    emit(StallSweptByTwo::of(5.0)).expect("no handler fails");
    assert_eq!(said.all(), ["5"]);
}
