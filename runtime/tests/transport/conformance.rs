//! The conformance test finds what is wrong, and nothing else.

use std::collections::BTreeSet;

use evt_runtime::transport::conformance::{Violations, check};

use crate::faulty::{Fault, Faulty};

/// The names of the rules that are broken.
async fn broken_by(fault: Fault) -> BTreeSet<&'static str> {
    let found = found_in(fault).await.0;
    found.iter().map(|violation| violation.rule).collect()
}

async fn found_in(fault: Fault) -> Violations {
    let faulty = Faulty::new(fault);
    let checked = check(&faulty, &["hunter2"], async || faulty.arrivals()).await;
    checked.err().unwrap_or(Violations(Vec::new()))
}

#[tokio::test(start_paused = true)]
async fn a_transport_without_faults_passes() {
    for fault in [Fault::None, Fault::Batches] {
        assert_eq!(found_in(fault).await, Violations(Vec::new()));
    }
}

#[tokio::test(start_paused = true)]
async fn each_fault_is_found_by_its_rule() {
    let faults = [
        (Fault::TellsSecret, "destination"),
        (Fault::RenamesItself, "destination"),
        (Fault::ReadsNumbers, "payload-unchanged"),
        (Fault::LosesEveryFifth, "arrives"),
        (Fault::Overtakes, "order-by-key"),
        (Fault::OvertakesElsewhere, "keys-at-once"),
        (Fault::RefusesTwice, "sent-twice"),
        (Fault::SplitsHeaders, "hostile-text"),
        (Fault::CutsHeaders, "hostile-text"),
        (Fault::DropsHeaders, "hostile-text"),
        (Fault::LargeIsUnavailable, "large-message"),
        (Fault::BatchesSometimes, "batch"),
        (Fault::BatchGoesOn, "batch"),
        (Fault::AnswersTooOften, "batch"),
        (Fault::RepeatsPassword, "secret"),
    ];
    for (fault, rule) in faults {
        assert_eq!(broken_by(fault).await, BTreeSet::from([rule]), "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_delivery_that_never_ends_is_found() {
    assert_eq!(broken_by(Fault::HangsAfterDrop).await, BTreeSet::from(["answers", "dropped"]));
    assert!(broken_by(Fault::NeverAnswers).await.contains("answers"));
}

#[tokio::test(start_paused = true)]
async fn all_that_is_wrong_is_told_in_one_text() {
    let text = found_in(Fault::LargeIsUnavailable).await.to_string();
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[0], "the transport breaks what a relay builds on");
    assert_eq!(lines[1], "  large-message: it counts as unavailable: size: too large");
}
