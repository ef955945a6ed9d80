//! The way to a database: what is told where there is none, TLS, a pooler.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use super::farm::Farm;
use crate::project::{Project, Run, RunCommand as _};
use crate::server::Server;

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").expect("a port is free").local_addr().expect("it is bound").port()
}

/// What a command ends with that is not to reach its database, soon and without a password.
fn stats(url: &str) -> Run {
    let began = Instant::now();
    let run = Project::new().evt(&["outbox", "stats", "--verbose", "--database", url]);
    assert!(began.elapsed() < Duration::from_secs(3), "{:?}: {}", began.elapsed(), run.stderr);
    assert!(!format!("{}{}", run.stdout, run.stderr).contains("straw"), "{run:?}");
    run
}

#[test]
fn that_nobody_listens_is_told_at_once_and_without_the_password() {
    let url = format!("postgres://anna:straw@127.0.0.1:{}/farm", free_port());
    stats(&url).exits(4).tells("refused").tells("see that it runs");
    let project = Project::new();
    let mut command = project.command(&["outbox", "list", "--format", "json"]);
    let run = command.env("DATABASE_URL", &url).run().exits(4);
    assert_eq!((run.rules(), run.stdout.contains("straw")), (vec!["database".to_owned()], false));
    stats("postgres://anna:straw@127.0.0.1:port/farm").exits(2).tells("address cannot be read");
    stats("postgres://anna:straw@127.0.0.1/farm?sslmode=straw").exits(2).tells("address cannot be read");
    stats("mysql://anna:straw@127.0.0.1/farm").exits(2).tells("`postgres:`");
}

#[test]
fn what_to_do_about_an_sqlite_file_is_told() {
    let farm = Project::new().file("junk.db", "no database, whatever its name says\n".repeat(400));
    farm.write("folder/note", "");
    let evt = |command: &str, file: &str| {
        farm.command(&["outbox", command]).env("DATABASE_URL", format!("sqlite:{file}")).run().exits(4)
    };
    for command in ["migrate", "stats"] {
        let missing = evt(command, "nowhere/x.db").tells("there is no folder `./nowhere`");
        assert!(!missing.stderr.contains("evt outbox migrate"), "{}", missing.stderr);
        let junk = evt(command, "junk.db").tells("file is not a database").tells("it is no file of SQLite");
        assert!(!junk.stderr.contains("evt outbox migrate"), "{}", junk.stderr);
        evt(command, "folder").tells("a folder stands there");
    }
    evt("stats", "x.db").tells("`evt outbox migrate` makes the file");
    assert!(farm.read("junk.db").starts_with("no database"));
}

#[test]
fn a_wrong_password_is_told_at_once() {
    let Some(mut server) = Server::own() else { return };
    server.order("password");
    let anna =
        |password: &str| server.url().replace("user=postgres", &format!("user=anna&password={password}"));
    stats(&anna("straw")).exits(4).tells("password authentication");
    stats(&anna("hay")).exits(4).tells("evt outbox migrate");
}

#[test]
fn a_connection_gets_the_tls_that_it_asks_for() {
    let Some(mut server) = Server::own() else { return };
    let port = free_port();
    server.order(&format!("tcp {port}"));
    let url =
        |host: &str, port: u16, how: &str| format!("postgres://postgres:straw@{host}:{port}/postgres?{how}");
    stats(&url("127.0.0.1", port, "sslmode=prefer")).exits(4).tells("evt outbox migrate");
    stats(&url("127.0.0.1", port, "sslmode=require")).exits(4).tells("server does not support TLS");

    let port = free_port();
    let Some(root) = server.order(&format!("tls {port}")) else { return };
    let farm = Farm::at(&url("localhost", port, "sslmode=require"));
    farm.evt("outbox migrate").exits(0);
    let is_encrypted = "SELECT count(*) FROM pg_stat_ssl WHERE ssl AND pid = pg_backend_pid()";
    assert_eq!(farm.sql(is_encrypted), Some(1));
    let refused = stats(&url("localhost", port, "sslmode=verify-full")).exits(4);
    assert!(refused.stderr.contains("certificate"), "{refused:?}");
    let trusted = format!("sslmode=verify-full&sslrootcert={root}");
    stats(&url("localhost", port, &trusted)).exits(4).tells("evt outbox migrate");
    stats(&url("127.0.0.1", port, &trusted)).exits(4).tells("certificate");
}

#[test]
fn every_command_works_behind_a_pooler_and_leaves_nothing_prepared() {
    let Some(mut server) = Server::own() else { return };
    let Some(_) = server.order("pooler") else { return };
    let farm = Farm::at(&format!("{}&port=6432", server.url()));
    farm.evt("outbox migrate --status").exits(1);
    farm.with_dead(30).evt("outbox migrate").exits(0).prints("already");
    for line in [
        "outbox list",
        "outbox show 1",
        "outbox stats",
        "dead-letters list --group-by error",
        "dead-letters list --blocked",
        "outbox migrate --status",
        "outbox audit",
    ] {
        farm.evt(line).exits(0);
    }
    farm.evt("dead-letters retry 1 2").exits(0).prints("retried 2 dead letters");
    farm.evt("dead-letters retry --all --yes --limit 8").exits(0).prints("retried 8 dead letters");
    farm.evt("dead-letters discard --error large --yes").exits(0).prints("discarded 20 dead letters");
    farm.evt("outbox pause").exits(0);
    farm.evt("outbox resume").exits(0);
    farm.evt("outbox cleanup --older-than 0s --yes").exits(0).prints("20 discarded rows");
    assert_eq!(farm.sql("SELECT count(*) FROM pg_prepared_statements"), Some(0));
}
