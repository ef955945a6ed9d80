//! A bulk action that is stopped in the middle.

use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

use super::farm::Farm;
use super::on_both;
use crate::server::Server;

on_both! {
    a_signal_leaves_whole_batches
}

fn start(farm: &Farm, line: &str) -> Child {
    let mut command = farm.command(line);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts")
}

/// Waits until so many rows were sent again.
fn wait_for(farm: &Farm, rows: u64) {
    let began = Instant::now();
    while farm.rows("pending") < rows {
        assert!(began.elapsed() < Duration::from_secs(20), "nothing is done");
        std::thread::sleep(Duration::from_millis(50));
    }
}

fn told(output: &Output) -> (Option<i32>, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn a_signal_leaves_whole_batches(farm: &Farm) {
    farm.with_dead(200);
    for (signal, least) in [("-INT", 20), ("-TERM", 60)] {
        let before = farm.rows("pending");
        let child = start(farm, "dead-letters retry --all --yes --rate 20");
        wait_for(farm, least);
        let pid = child.id().to_string();
        assert!(Command::new("kill").args([signal, &pid]).status().is_ok_and(|status| status.success()));
        let (code, stdout, stderr) = told(&child.wait_with_output().expect("it ends"));
        let done = farm.rows("pending") - before;
        assert!(done > 0 && done.is_multiple_of(20) && farm.rows("dead") > 0, "{done}");
        assert_eq!((code, stdout), (Some(1), format!("retried {done} dead letters\n")));
        assert!(stderr.contains("it was interrupted before its end"), "{stderr}");
        let recorded = "SELECT CAST(changed AS bigint) FROM {T_audit} ORDER BY number DESC LIMIT 1";
        assert_eq!(farm.sql(recorded), i64::try_from(done).ok());
    }
    let rest = farm.rows("dead");
    farm.evt("dead-letters retry --all --yes").exits(0).prints(&format!("retried {rest} dead letters\n"));
    assert_eq!((farm.rows("pending"), farm.rows("dead")), (200, 0));
}

#[test]
fn a_server_that_stops_is_told_with_what_was_done_and_the_rest_is_done_later() {
    let Some(mut server) = Server::own() else { return };
    let farm = Farm::at(&server.url());
    farm.with_dead(100);
    let child = start(&farm, "dead-letters retry --all --yes --rate 20");
    wait_for(&farm, 20);
    server.order("stop");
    let (code, stdout, stderr) = told(&child.wait_with_output().expect("it ends"));
    assert_eq!((code, stdout.as_str()), (Some(4), ""));
    server.order("start");
    let done = farm.rows("pending");
    assert!(stderr.contains(&format!("retried {done} dead letters before that")), "{done}: {stderr}");
    assert!(done > 0 && done.is_multiple_of(20) && done < 100, "{done}");
    farm.evt("dead-letters retry --all --yes")
        .exits(0)
        .prints(&format!("retried {} dead letters", 100 - done));
}
