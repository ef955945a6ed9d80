use evt_runtime::{assert_emitted, Recorder, Row};

use crate::cow::Cow;
use crate::events::CowFed;
use crate::{sqlite, story};

#[tokio::test]
async fn what_was_committed_is_stored_and_what_was_rolled_back_is_not() {
    let lines = sqlite::run("sqlite::memory:")
        .await
        .expect("the day goes well");
    assert_eq!(lines, ["cow_fed@2: Bella (hungry) in the north stall"]);
}

#[test]
fn an_event_of_last_year_is_read_as_one_of_today() {
    let row = Row::new("cow_fed", 1, r#"{"name":"Bella","weight":612.5}"#);
    assert_eq!(
        story::tell(&row),
        "cow_fed@1: Bella (calm) in the north stall"
    );
}

#[test]
fn a_row_of_a_newer_program_is_read_as_far_as_this_one_knows() {
    let newer = r#"{"name":"Bella","weight":612.5,"mood":"sleepy","stall":"south","gate":3}"#;
    assert_eq!(
        story::tell(&Row::new("cow_fed", 3, newer)),
        "cow_fed@3: Bella (sleepy) in the south stall"
    );
    let without_stall = r#"{"name":"Bella","weight":612.5,"mood":"sleepy"}"#;
    let told = story::tell(&Row::new("cow_fed", 3, without_stall));
    assert_eq!(
        told,
        "`cow_fed` version 3 cannot be read as version 2: `stall` is missing"
    );
}

#[tokio::test]
async fn a_service_is_tested_without_a_database() {
    let mut recorder = Recorder::new();
    story::feed(&mut recorder, &Cow::bella())
        .await
        .expect("she is fed");
    assert_emitted!(recorder, CowFed, |fed| fed.name == "Bella");
}
