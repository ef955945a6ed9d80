use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Handle;
use tokio::sync::watch;
use tracing::Instrument as _;

use super::Limits;
use super::turns::Turns;
use crate::envelope::Envelope;
use crate::error::{BoxError, EmitError};
use crate::handler::panic::caught_future;
use crate::handler::subscriber::{Payload, Subscriber};

/// An event and the handlers that want it.
pub(in crate::handler) struct Job {
    pub(in crate::handler) subscribers: Vec<Subscriber>,
    pub(in crate::handler) envelope: Arc<Envelope>,
    pub(in crate::handler) payload: Arc<Payload>,
}

/// Events that wait for their handlers or are with them.
pub(super) struct Queue {
    state: watch::Sender<State>,
    turns: Turns,
    capacity: usize,
}

struct State {
    /// How many events wait or run.
    unfinished: usize,
    intake: Intake,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Intake {
    Open,
    Closed,
}

impl Queue {
    pub(super) fn new(limits: Limits) -> Arc<Self> {
        Arc::new(Self {
            state: watch::Sender::new(State { unfinished: 0, intake: Intake::Open }),
            turns: Turns::new(limits.concurrency),
            capacity: limits.capacity,
        })
    }

    pub(super) fn push(self: &Arc<Self>, job: Job) -> Result<(), EmitError> {
        let refused = |reason| EmitError::Queue { event: job.envelope.definition.name, reason };
        let runtime = Handle::try_current().map_err(|_| refused("no tokio runtime runs here"))?;
        let place = Place::take(self, &job.envelope).map_err(refused)?;
        let turn = self.turns.ask(&runtime);
        let task = async move {
            let _turn = turn.come().await;
            job.run().await;
            place.leave();
        };
        runtime.spawn(task.in_current_span());
        Ok(())
    }

    pub(super) fn close(&self) {
        self.state.send_modify(|state| state.intake = Intake::Closed);
    }

    pub(super) async fn drain(&self, timeout: Duration) -> usize {
        let mut state = self.state.subscribe();
        let drained = tokio::time::timeout(timeout, state.wait_for(|state| state.unfinished == 0)).await;
        if drained.is_ok() { 0 } else { self.state.borrow().unfinished }
    }
}

/// The place that an event holds in the queue until it is done, or lost with its runtime.
struct Place {
    queue: Arc<Queue>,
    envelope: Option<Arc<Envelope>>,
}

impl Place {
    fn take(queue: &Arc<Queue>, envelope: &Arc<Envelope>) -> Result<Self, &'static str> {
        let mut taken = Ok(());
        queue.state.send_if_modified(|state| {
            taken = match state.intake {
                Intake::Closed => Err("the queue was shut down"),
                Intake::Open if state.unfinished >= queue.capacity => Err("the queue is full"),
                Intake::Open => {
                    state.unfinished += 1;
                    Ok(())
                }
            };
            taken.is_ok()
        });
        taken.map(|()| Self { queue: Arc::clone(queue), envelope: Some(Arc::clone(envelope)) })
    }

    fn leave(mut self) {
        self.envelope = None;
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(envelope) = &self.envelope {
            let event = envelope.definition.name;
            tracing::error!(target: "evt", event, id = %envelope.id, "a background event was lost: its runtime ended");
        }
        self.queue.state.send_modify(|state| state.unfinished -= 1);
    }
}

impl Job {
    async fn run(self) {
        let Self { subscribers, envelope, payload } = self;
        for subscriber in subscribers {
            if let Err(error) = run(&subscriber, &payload, &envelope).await {
                let event = envelope.definition.name;
                tracing::error!(target: "evt", event, id = %envelope.id, %error, "a background handler failed");
            }
        }
    }
}

/// Runs one handler; one that is not async runs where it may block.
async fn run(
    subscriber: &Subscriber,
    payload: &Arc<Payload>,
    envelope: &Arc<Envelope>,
) -> Result<(), BoxError> {
    if let Some(handler) = subscriber.start(Some(Arc::clone(payload)), envelope) {
        return caught_future(handler?).await;
    }
    let (subscriber, payload, envelope) = (subscriber.clone(), Arc::clone(payload), Arc::clone(envelope));
    let handler = move || subscriber.run(Some(&*payload), &envelope);
    tokio::task::spawn_blocking(handler).await?
}
