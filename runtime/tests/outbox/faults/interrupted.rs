//! A database that goes in the middle of what is done.

use std::net::TcpListener;
use std::ops::ControlFlow;
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use evt_runtime::outbox::Dialect;
use evt_runtime::outbox::operator::{Bulk, Filter, Outbox, OutboxError, Page};

use super::{dead_letters, retry_all};
use crate::both::{anna, go_on};
use crate::event::fed;
use crate::filled::Filled;
use crate::server::{Place, Server};

const FILLED: Filled =
    Filled { published: 0, dead: 1_300, retrying: 0, discarded: 0, pending: 0, aggregates: 90 };

/// An outbox with 1,300 dead letters.
async fn filled(place: &Place) -> Outbox {
    for statement in FILLED.statements(Dialect::Postgres) {
        place.run(&statement.replace("{T}", &place.table)).await;
    }
    place.run(&format!("DELETE FROM {}_audit", place.table)).await;
    Outbox::open(&place.url, &place.table).unwrap()
}

/// What was done before stays, whole; the same again does the rest; the record tells of each row once.
async fn goes_on(outbox: &Outbox, before: u64) {
    let stats = outbox.stats().await.unwrap();
    assert_eq!((stats.pending, stats.dead), (before, 1_300 - before));
    assert_eq!(retry_all(outbox).await.unwrap().changed, 1_300 - before);
    let audit = outbox.audit(Page::first(9)).await.unwrap();
    let changed: Vec<_> = audit.iter().map(|entry| entry.changed).collect();
    assert_eq!(changed, [1_300 - before, before]);
}

#[tokio::test]
async fn a_connection_that_is_ended_in_a_batch_undoes_that_batch() {
    let Some(place) = Place::new().await else { return };
    let outbox = filled(&place).await;
    let (schema, table) = (&place.schema, &place.table);
    place
        .run(&format!(
            "CREATE FUNCTION {schema}.cut() RETURNS trigger LANGUAGE plpgsql AS \
             'BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END'; \
             CREATE TRIGGER cut BEFORE UPDATE ON {table}_work FOR EACH ROW \
             WHEN (NEW.seq = 700) EXECUTE FUNCTION {schema}.cut()"
        ))
        .await;
    let told = retry_all(&outbox).await.unwrap_err();
    assert!(matches!(told, OutboxError::Unreachable { .. }), "{told:?}");
    assert!(told.to_string().ends_with("terminating connection due to administrator command"), "{told}");
    place.run(&format!("DROP TRIGGER cut ON {table}_work")).await;
    goes_on(&outbox, 500).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_connection_that_is_ended_between_two_batches_is_made_anew() {
    let Some(place) = Place::new().await else { return };
    let outbox = filled(&place).await;
    let cut = "SELECT pg_terminate_backend(pid)::text FROM pg_stat_activity \
               WHERE application_name = 'evt' AND query LIKE '%' || '{T}' || '%'";
    let cut = cut.replace("{T}", &place.table);
    let mut cuts = 0;
    let (runtime, cut) = (tokio::runtime::Handle::current(), cut);
    let watch = &mut |_| {
        cuts += 1;
        let (place, cut, runtime) = (&place, &cut, &runtime);
        std::thread::scope(|scope| scope.spawn(|| runtime.block_on(place.texts(cut))).join().unwrap());
        ControlFlow::Continue(())
    };
    let done = outbox.retry(&Filter::default(), Bulk::default(), &anna(), watch).await.unwrap();
    assert_eq!(done.changed, 1_300);
    assert!(cuts > 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_stops_in_the_middle_is_told_at_once_and_the_rest_is_done_later() {
    let Some(mut server) = Server::own() else { return };
    let place = Place::at(&server.url()).await;
    Outbox::open(&place.url, &place.table).unwrap().migrate().await.unwrap();
    let outbox = filled(&place).await;
    let mut stopped = None;
    let watch = &mut |_| {
        if stopped.is_none() {
            server.order("stop");
            stopped = Some(Instant::now());
        }
        ControlFlow::Continue(())
    };
    let told = outbox.retry(&Filter::default(), Bulk::default(), &anna(), watch).await.unwrap_err();
    assert!(matches!(told, OutboxError::Unreachable { .. }), "{told:?}");
    assert!(stopped.unwrap().elapsed() < Duration::from_secs(2), "{:?}", stopped.unwrap().elapsed());
    server.order("start");
    goes_on(&outbox, 500).await;

    let restart = &mut |_| {
        server.order("stop");
        server.order("start");
        ControlFlow::Continue(())
    };
    dead_letters(&outbox, 2).await;
    let slowly = Bulk { rate: Some(1), ..Bulk::default() };
    assert_eq!(outbox.retry(&Filter::default(), slowly, &anna(), restart).await.unwrap().changed, 2);
}

/// A way to a server that can be blocked, so that neither side hears of the other any more.
struct Road {
    is_blocked: Arc<AtomicBool>,
    url: String,
}

impl Road {
    /// The server is reached by its socket.
    fn to(socket: String) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("postgres://postgres@{}/postgres?sslmode=disable", listener.local_addr().unwrap());
        let is_blocked = Arc::new(AtomicBool::new(false));
        let blocked = Arc::clone(&is_blocked);
        std::thread::spawn(move || {
            for from in listener.incoming().flatten() {
                let to = UnixStream::connect(&socket).unwrap();
                drive(from.try_clone().unwrap(), to.try_clone().unwrap(), Arc::clone(&blocked));
                drive(to, from, Arc::clone(&blocked));
            }
        });
        Self { is_blocked, url }
    }
}

fn drive(
    mut from: impl std::io::Read + Send + 'static,
    mut to: impl std::io::Write + Send + 'static,
    is_blocked: Arc<AtomicBool>,
) {
    std::thread::spawn(move || {
        let mut bytes = [0; 8_192];
        while let Ok(count @ 1..) = from.read(&mut bytes) {
            while is_blocked.load(Ordering::Relaxed) {
                std::thread::sleep(Duration::from_millis(50));
            }
            if to.write_all(&bytes[..count]).is_err() {
                return;
            }
        }
    });
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_falls_silent_in_a_statement_is_waited_for_no_longer_than_it_may_take() {
    let Some(server) = Server::own() else { return };
    let road = Road::to(format!("{}/.s.PGSQL.5432", server.folder()));
    let place = Place::at(&road.url).await;
    let outbox = Outbox::open(&road.url, &place.table).unwrap().statement_timeout(Duration::from_secs(1));
    outbox.migrate().await.unwrap();
    dead_letters(&outbox, 3).await;
    let began = Instant::now();
    let mut writing = outbox.write().await.unwrap();
    fed("kept").table(&place.table).emit(&mut writing).await.unwrap();
    let mut late = outbox.write().await.unwrap();
    road.is_blocked.store(true, Ordering::Relaxed);
    let (commit, emit) = tokio::join!(writing.commit(), fed("late").table(&place.table).emit(&mut late));
    for told in [commit.unwrap_err().to_string(), emit.unwrap_err().to_string()] {
        assert!(told.ends_with("cannot be reached: no answer within 6 s"), "{told}");
    }
    assert!(began.elapsed() < Duration::from_secs(8));
    road.is_blocked.store(false, Ordering::Relaxed);
    let fresh = Outbox::open(&place.url, &place.table).unwrap();
    assert_eq!(
        fresh.retry(&Filter::default(), Bulk::default(), &anna(), &mut go_on).await.unwrap().changed,
        3
    );
}
