use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Semaphore;

use super::queue::{Job, Queue};
use super::{Limits, LimitsAreSet, drain, set_limits};
use crate::tests::capture::Capture;
use crate::{BoxError, Emission, EmitError, Event, ProcessType, Recorder, assert_emitted, handler};

event!(ChurnTurned, "churn_turned", Background);
event!(ChurnFilled, "churn_filled", Background);
event!(ChurnBroke, "churn_broke", Background);
event!(ChurnWaited, "churn_waited", Background);
event!(ChurnLined, "churn_lined", Background);
event!(ChurnShut, "churn_shut", Background);
event!(ChurnStood, "churn_stood", Background);
event!(ChurnLost, "churn_lost", Background);

const LONG: Duration = Duration::from_secs(10);
const SHORT: Duration = Duration::from_millis(20);

type Said = Arc<Mutex<Vec<String>>>;

fn say(said: &Said, text: impl Into<String>) -> Result<(), BoxError> {
    said.lock().expect("no test panics while it says something").push(text.into());
    Ok(())
}

fn all(said: &Said) -> Vec<String> {
    said.lock().expect("no test panics while it says something").clone()
}

/// Pushes an event to a queue of the test's own.
fn push<E: Event>(queue: &Arc<Queue>, event: E) -> Result<(), EmitError> {
    let envelope = Arc::new(Emission::new(event).envelope()?);
    let event: E = envelope.payload_as().expect("it was just written");
    let subscribers = handler::subscribers(envelope.definition.name, ProcessType::Background);
    queue.push(Job { subscribers, envelope, payload: Arc::new(event) })
}

fn limits(capacity: usize, concurrency: usize) -> Limits {
    Limits { capacity, concurrency }
}

#[tokio::test]
async fn sync_and_async_handlers_run_after_the_emit_in_order_of_registration() {
    let said = Said::default();
    let (first, second) = (Arc::clone(&said), Arc::clone(&said));
    handler::on_background::<ChurnTurned, _, _>(move |event, envelope| {
        let first = Arc::clone(&first);
        async move {
            tokio::task::yield_now().await;
            say(&first, format!("first {} {}", event.weight, envelope.definition.name))
        }
    });
    handler::on::<ChurnTurned>(move |event, _| say(&second, format!("second {}", event.weight)));
    let mut recorder = Recorder::new();
    Emission::new(ChurnTurned::of(2.0)).emit(&mut recorder).await.expect("the queue has room");
    assert_emitted!(recorder, ChurnTurned);
    assert_eq!(all(&said), <[&str; 0]>::default());
    assert_eq!(drain(LONG).await, 0);
    assert_eq!(all(&said), ["first 2 churn_turned", "second 2"]);
}

#[tokio::test]
async fn a_full_queue_refuses_and_never_waits() {
    let gate = Arc::new(Semaphore::new(0));
    let waits = Arc::clone(&gate);
    handler::on_background::<ChurnFilled, _, _>(move |_, _| {
        let waits = Arc::clone(&waits);
        async move { waits.acquire().await.map(drop).map_err(Into::into) }
    });
    let queue = Queue::new(limits(2, 1));
    push(&queue, ChurnFilled::of(1.0)).expect("there is room");
    push(&queue, ChurnFilled::of(2.0)).expect("there is room");
    let refused = push(&queue, ChurnFilled::of(3.0)).expect_err("there is no room");
    assert_eq!(refused.to_string(), "`churn_filled` was not queued: the queue is full");
    gate.add_permits(1);
    assert_eq!(queue.drain(LONG).await, 0);
    push(&queue, ChurnFilled::of(4.0)).expect("there is room again");
}

#[tokio::test]
async fn a_handler_that_fails_or_panics_is_logged_without_payload_and_others_go_on() {
    let (capture, _guard) = Capture::start();
    let said = Said::default();
    let last = Arc::clone(&said);
    handler::on_background::<ChurnBroke, _, _>(|_, _| async { Err("the handle came off".into()) });
    handler::on_background::<ChurnBroke, _, _>(|_, _| async { panic!("the lid came off") });
    handler::on::<ChurnBroke>(|_, _| panic!("the bottom came off"));
    handler::on::<ChurnBroke>(move |_, _| say(&last, "last"));
    let queue = Queue::new(Limits::default());
    push(&queue, ChurnBroke::of(77.5)).expect("there is room");
    assert_eq!(queue.drain(LONG).await, 0);
    assert_eq!(all(&said), ["last"]);
    let lines = capture.lines();
    let errors = ["the handle came off", "it panicked: the lid came off", "it panicked: the bottom came off"];
    assert_eq!(lines.len(), errors.len(), "{lines:?}");
    for (line, error) in lines.iter().zip(errors) {
        assert!(line.starts_with(r#"ERROR evt message=a background handler failed event="churn_broke" id="#));
        assert!(line.ends_with(&format!("error={error}")), "{line}");
        assert!(!line.contains("77.5"), "{line}");
    }
}

#[tokio::test]
async fn as_many_events_run_at_a_time_as_the_limit_says() {
    static RUNNING: Mutex<(usize, usize)> = Mutex::new((0, 0));
    handler::on_background::<ChurnWaited, _, _>(|_, _| async {
        let change = |by: isize| {
            let mut running = RUNNING.lock().expect("no handler panics");
            running.0 = running.0.saturating_add_signed(by);
            running.1 = running.1.max(running.0);
        };
        change(1);
        tokio::time::sleep(Duration::from_millis(1)).await;
        change(-1);
        Ok(())
    });
    let queue = Queue::new(limits(100, 3));
    for _ in 0..20 {
        push(&queue, ChurnWaited::of(1.0)).expect("there is room");
    }
    assert_eq!(queue.drain(LONG).await, 0);
    assert_eq!(*RUNNING.lock().expect("no handler panics"), (0, 3));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_at_a_time_keeps_the_order_of_emission() {
    let said = Said::default();
    let inner = Arc::clone(&said);
    handler::on_background::<ChurnLined, _, _>(move |event, _| {
        let inner = Arc::clone(&inner);
        async move { say(&inner, event.weight.to_string()) }
    });
    let queue = Queue::new(limits(100, 1));
    let emitter = Arc::clone(&queue);
    let emits = async move {
        for weight in 0..50_u8 {
            push(&emitter, ChurnLined::of(weight.into())).expect("there is room");
        }
    };
    tokio::spawn(emits).await.expect("no push panics");
    assert_eq!(queue.drain(LONG).await, 0);
    let expected: Vec<_> = (0..50_u8).map(|weight| weight.to_string()).collect();
    assert_eq!(all(&said), expected);
}

#[tokio::test]
async fn a_queue_that_was_closed_refuses_drains_and_tells_what_is_left() {
    let gate = Arc::new(Semaphore::new(0));
    let waits = Arc::clone(&gate);
    handler::on_background::<ChurnShut, _, _>(move |_, _| {
        let waits = Arc::clone(&waits);
        async move { waits.acquire().await.map(drop).map_err(Into::into) }
    });
    let queue = Queue::new(Limits::default());
    push(&queue, ChurnShut::of(1.0)).expect("there is room");
    push(&queue, ChurnShut::of(2.0)).expect("there is room");
    queue.close();
    let refused = push(&queue, ChurnShut::of(3.0)).expect_err("the queue is closed");
    assert_eq!(refused.to_string(), "`churn_shut` was not queued: the queue was shut down");
    assert_eq!(queue.drain(SHORT).await, 2);
    gate.add_permits(1);
    assert_eq!(queue.drain(LONG).await, 0);
}

#[test]
fn an_event_whose_runtime_ends_is_logged_and_leaves_its_place() {
    let (capture, _guard) = Capture::start();
    handler::on_background::<ChurnLost, _, _>(|_, _| std::future::pending());
    let queue = Queue::new(limits(1, 1));
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    runtime().block_on(async { push(&queue, ChurnLost::of(1.0)) }).expect("there is room");
    assert!(capture.lines()[0].contains("a background event was lost"), "{:?}", capture.lines());
    runtime().block_on(async { push(&queue, ChurnLost::of(2.0)) }).expect("there is room again");
}

#[test]
fn a_runtime_that_stands_still_holds_up_no_other() {
    let gate = Arc::new(Semaphore::new(0));
    let (said, waits) = (Said::default(), Arc::clone(&gate));
    let inner = Arc::clone(&said);
    handler::on_background::<ChurnStood, _, _>(move |event, _| {
        let (inner, waits) = (Arc::clone(&inner), Arc::clone(&waits));
        async move {
            if event.weight < 3.0 {
                waits.acquire().await?.forget();
            }
            say(&inner, event.weight.to_string())
        }
    });
    let queue = Queue::new(limits(10, 1));
    let runtime = || tokio::runtime::Builder::new_current_thread().enable_time().build().expect("a runtime");
    let (still, running) = (runtime(), runtime());
    still.block_on(async {
        for weight in [1.0, 2.0] {
            push(&queue, ChurnStood::of(weight)).expect("there is room");
        }
        // The first is with its handler, the second waits for its turn.
        tokio::time::sleep(SHORT).await;
    });
    running.block_on(async {
        push(&queue, ChurnStood::of(3.0)).expect("there is room");
        push(&queue, ChurnStood::of(4.0)).expect("there is room");
        assert_eq!(queue.drain(LONG / 10).await, 2);
    });
    assert_eq!(all(&said), ["3", "4"]);
    gate.add_permits(2);
    assert_eq!(still.block_on(queue.drain(LONG)), 0);
    assert_eq!(all(&said), ["3", "4", "1", "2"]);
}

#[tokio::test]
async fn limits_are_set_before_the_first_event() {
    handler::on::<ChurnTurned>(|_, _| Ok(()));
    Emission::new(ChurnTurned::of(1.0)).emit(&mut Recorder::new()).await.expect("the queue has room");
    assert_eq!(set_limits(Limits::default()), Err(LimitsAreSet));
}
