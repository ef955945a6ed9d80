//! What holds for every contract and every history, tried on arbitrary ones.

mod agreement;
mod alphabet;
mod avro;
mod canonical;
mod compat;
mod contracts;
mod edits;
mod generated;
mod history;
mod instants;
mod normal_form;
mod order;
mod program;
mod round_trip;
mod values;
mod yaml;

use proptest::test_runner::Config;

/// A share of the cases that proptest is asked for: `PROPTEST_CASES`, 256 unless set, gives `cases`; twice as many
/// give twice as many.
fn cases(cases: u32) -> Config {
    let asked = Config::default();
    Config { cases: (asked.cases * cases).div_ceil(256), failure_persistence: None, ..asked }
}
