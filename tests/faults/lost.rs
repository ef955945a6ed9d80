//! Replies of the database that are lost.

mod road;

use std::time::Duration;

use road::Road;

use crate::broker::Mood;
use crate::chance::loops;
use crate::database::Farm;
use crate::server::Server;
use crate::stage::{Stage, until};

const BATCH: usize = 10;
const KEYS: [&str; 6] = ["Cow/1", "Cow/2", "-", "Cow/1", "Cow/3", "-"];

#[test]
fn an_acknowledgement_whose_reply_is_lost_is_made_once() {
    let Some(server) = Server::own() else { return };
    let stage = Stage::of(Farm::on(&server.url(), ""));
    stage.broker.is(Mood::Takes(Duration::from_millis(2)));
    let road = Road::to(&server, stage.farm.database());
    let mut relay = stage.start(stage.publish_from(&road.url, BATCH));
    stage.write(&KEYS);
    // Who cannot begin ends, and says why.
    until("the relay has begun", 20, || !stage.broker.arrivals().is_empty());
    for _ in 0..loops(10) {
        let before = road.cuts();
        road.cut_in(3);
        stage.write(&KEYS.repeat(4));
        until("a commit's reply is lost", 30, || road.cuts() > before);
    }
    stage.drains(60);
    relay.still_runs();
    assert!(road.cuts() >= 10, "{} replies were lost", road.cuts());
    stage.verdict().is_clean(0);
    stage.all_are_published();
}
