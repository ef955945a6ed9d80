use std::panic::{AssertUnwindSafe, catch_unwind};

use crate::{Emission, EmitError, Emitted, Event, Recorder, assert_emitted, assert_not_emitted};

event!(EggLaid, "egg_laid", Broker);
event!(EggSold, "egg_sold", Durable);
event!(EggSeen, "egg_seen", Inline);

fn emit<E: Event>(event: E, recorder: &mut Recorder) -> Emitted {
    Emission::new(event).emit_sync(recorder).expect("it fits")
}

/// What a failing assertion says.
fn message(assertion: impl FnOnce()) -> String {
    let panic = catch_unwind(AssertUnwindSafe(assertion)).expect_err("the assertion fails");
    *panic.downcast::<String>().expect("the message is formatted")
}

#[test]
fn seq_begins_at_one_and_again_after_clear() {
    let mut recorder = Recorder::new();
    assert!(matches!(emit(EggLaid::of(1.0), &mut recorder), Emitted::Enqueued { seq: 1, .. }));
    assert!(matches!(emit(EggLaid::of(1.0), &mut recorder), Emitted::Enqueued { seq: 2, .. }));
    recorder.clear();
    assert!(recorder.envelopes().is_empty());
    assert!(matches!(emit(EggLaid::of(1.0), &mut recorder), Emitted::Enqueued { seq: 1, .. }));
}

#[test]
fn a_second_event_of_one_name_and_key_is_a_duplicate() {
    let mut recorder = Recorder::new();
    let keyed = || Emission::new(EggLaid::of(1.0)).idempotency_key("7");
    let Ok(Emitted::Enqueued { id, seq: 1 }) = keyed().emit_sync(&mut recorder) else {
        panic!("the first is stored");
    };
    let refused = keyed().emit_sync(&mut recorder);
    assert!(matches!(refused, Err(EmitError::Duplicate { event: "egg_laid", id: of, seq: 1 }) if of == id));
    let skipped = keyed().skip_duplicates().emit_sync(&mut recorder).expect("duplicates are skipped");
    assert_eq!(skipped, Emitted::Duplicate { id, seq: 1 });
    assert_eq!(recorder.envelopes().len(), 1);
}

#[test]
fn a_key_is_free_for_another_event_and_in_another_table() {
    let mut recorder = Recorder::new();
    let laid = || Emission::new(EggLaid::of(1.0)).idempotency_key("7");
    laid().emit_sync(&mut recorder).expect("the key is free");
    laid().table("tenant_2.evt_outbox").emit_sync(&mut recorder).expect("the key is free there");
    let sold = Emission::new(EggSold::of(1.0)).idempotency_key("7");
    assert!(matches!(sold.emit_sync(&mut recorder), Ok(Emitted::Enqueued { seq: 3, .. })));
}

#[test]
fn events_come_back_as_their_type_and_in_order() {
    let mut recorder = Recorder::new();
    emit(EggLaid::of(1.0), &mut recorder);
    emit(EggSold::of(2.0), &mut recorder);
    emit(EggLaid::of(3.0), &mut recorder);
    assert_eq!(recorder.events::<EggLaid>(), [EggLaid::of(1.0), EggLaid::of(3.0)]);
    let names: Vec<_> = recorder.envelopes().iter().map(|it| it.definition.name).collect();
    assert_eq!(names, ["egg_laid", "egg_sold", "egg_laid"]);
}

#[tokio::test]
async fn async_emits_are_recorded_too() {
    let mut recorder = Recorder::new();
    Emission::new(EggLaid::of(1.0)).emit(&mut recorder).await.expect("it fits");
    Emission::new(EggSeen::of(1.0)).emit(&mut recorder).await.expect("it fits");
    assert_emitted!(recorder, EggLaid);
    assert_emitted!(recorder, EggSeen);
}

#[test]
fn an_event_that_does_not_fit_is_not_recorded() {
    let mut recorder = Recorder::new();
    assert!(Emission::new(EggLaid::of(-1.0)).emit_sync(&mut recorder).is_err());
    assert!(Emission::new(EggSeen::of(-1.0)).emit_sync(&mut recorder).is_err());
    assert!(recorder.envelopes().is_empty());
}

#[test]
fn assertions_hold_for_what_was_emitted() {
    let mut recorder = Recorder::new();
    emit(EggLaid::of(2.5), &mut recorder);
    assert_emitted!(recorder, EggLaid);
    assert_emitted!(&recorder, EggLaid, |event| event.weight > 2.0);
    assert_not_emitted!(recorder, EggLaid, |event| event.weight > 3.0);
    assert_not_emitted!(recorder, EggSold);
}

#[test]
fn a_failing_assertion_lists_what_was_emitted_instead() {
    let mut recorder = Recorder::new();
    insta::assert_snapshot!(message(|| assert_emitted!(recorder, EggSold)), @"no `egg_sold` was emitted, nor anything else");
    emit(EggLaid::of(2.5), &mut recorder);
    insta::assert_snapshot!(message(|| assert_emitted!(recorder, EggSold)), @r#"
    no `egg_sold` was emitted; emitted were:
      egg_laid@1 {"weight":2.5}
    "#);
    insta::assert_snapshot!(message(|| assert_emitted!(recorder, EggLaid, |event| event.weight > 3.0)), @r#"
    1 `egg_laid` emitted, none as asked; emitted were:
      egg_laid@1 {"weight":2.5}
    "#);
    insta::assert_snapshot!(message(|| assert_not_emitted!(recorder, EggLaid)), @r#"
    1 `egg_laid` emitted that should not have been; emitted were:
      egg_laid@1 {"weight":2.5}
    "#);
}
