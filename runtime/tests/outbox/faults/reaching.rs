//! A database that is not reached.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use evt_runtime::outbox::operator::{Outbox, OutboxError};
use sqlx::postgres::PgPoolOptions;

use crate::folder::Folder;
use crate::server::{Place, Server};

/// What is said where an outbox cannot be reached, within a second, or some on a busy machine; a pool alone takes ten.
async fn told(url: &str) -> String {
    let outbox = Outbox::open(url, "evt_outbox").unwrap();
    let began = Instant::now();
    let error = outbox.stats().await.unwrap_err();
    assert!(began.elapsed() < Duration::from_secs(3), "{error}: {:?}", began.elapsed());
    assert!(matches!(error, OutboxError::Unreachable { .. }), "{error:?}");
    for text in [format!("{error} {error:?}"), format!("{outbox:?}")] {
        assert!(!text.contains("straw"), "the password is told: {text}");
    }
    error.to_string()
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn that_nobody_listens_is_told_at_once() {
    let port = free_port();
    let told = told(&format!("postgres://anna:straw@127.0.0.1:{port}/farm")).await;
    assert!(
        told.starts_with(&format!("the database postgres://anna@127.0.0.1:{port}/farm cannot be reached:"))
    );
    assert!(told.contains("refused"), "{told}");
}

#[tokio::test]
async fn that_there_is_no_such_host_socket_or_file_is_told_at_once() {
    let host = told("postgres://anna:straw@nowhere.invalid/farm").await;
    assert!(host.contains("lookup"), "{host}");
    let socket = told("postgres:///farm?user=anna&password=straw&host=/nowhere").await;
    assert!(socket.contains("No such file"), "{socket}");
    let file = told("sqlite:/nowhere/farm.db").await;
    assert_eq!(file, "the database sqlite:/nowhere/farm.db cannot be reached: unable to open database file");
}

#[tokio::test]
async fn an_sqlite_file_that_is_none_is_told() {
    let folder = Folder::new("no-database");
    #[expect(clippy::disallowed_methods, reason = "a file that is no database")]
    std::fs::write(folder.0.join("farm.db"), "hay ".repeat(999)).unwrap();
    assert!(told(&folder.url()).await.ends_with("file is not a database"));
}

#[tokio::test]
async fn a_wrong_database_role_or_password_is_told_at_once() {
    let Some(mut server) = Server::own() else { return };
    let url = server.url();
    let none = told(&url.replace("///postgres?", "///nowhere?")).await;
    assert!(none.ends_with("database \"nowhere\" does not exist"), "{none}");
    let nobody = told(&url.replace("user=postgres", "user=nobody&password=straw")).await;
    assert!(nobody.ends_with("role \"nobody\" does not exist"), "{nobody}");
    assert_eq!(server.order("password"), "asked");
    let wrong = told(&url.replace("user=postgres", "user=anna&password=straw")).await;
    assert!(wrong.ends_with("password authentication failed for user \"anna\""), "{wrong}");
    let right = Outbox::open(&url.replace("user=postgres", "user=anna&password=hay"), "evt_outbox").unwrap();
    right.migrate().await.unwrap();
    assert!(!format!("{right:?}").contains("hay"));
}

/// What stands in the way is told where a pool would only say that its time is up.
#[tokio::test]
async fn a_server_without_room_for_another_connection_is_told() {
    let Some(place) = Place::new().await else { return };
    let role = format!("crowd_{}", place.schema);
    place
        .run(&format!("CREATE ROLE {role} LOGIN SUPERUSER CONNECTION LIMIT 0; ALTER ROLE {role} NOSUPERUSER"))
        .await;
    let options = place.url.replace("user=postgres", &format!("user={role}")).parse().unwrap();
    let pool = PgPoolOptions::new().acquire_timeout(Duration::from_secs(1)).connect_lazy_with(options);
    let error = Outbox::postgres(pool, &place.table).unwrap().stats().await.unwrap_err();
    assert!(error.to_string().contains("too many connections for role"), "{error}");
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_told_when_the_time_is_up() {
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("postgres://anna:straw@{}/farm", silent.local_addr().unwrap());
    let pool = PgPoolOptions::new().acquire_timeout(Duration::from_secs(1));
    let outbox = Outbox::postgres(pool.connect_lazy(&url).unwrap(), "evt_outbox").unwrap();
    let began = Instant::now();
    let error = outbox.stats().await.unwrap_err();
    assert!(error.to_string().ends_with("cannot be reached: no connection within 1 s"), "{error}");
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}", began.elapsed());
}
