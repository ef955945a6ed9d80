//! Generated structs, compiled and run, take and give just what an independent validator admits.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use evt::codegen::{self, Settings};
use evt::event::Contract;
use evt::project::Versions;
use evt::schema::Schema;
use proptest::sample::select;
use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::TestRunner;
use serde_json::Value;

use super::agreement::{contract_and_payload, others, places, spoil, validator, version};
use super::cases;
use super::yaml::{Spelling, document};
use crate::codegen::RUST;
use crate::codegen::compiles::{cargo, workspace};
use crate::project::Project;

/// How many payloads are tried with each event; half of them fit.
const PAYLOADS: usize = 12;

/// A service that answers each line of `asked.txt`, an event and a payload, by the payload as it writes it, or by misfits.
const SERVICE: &str = r#"
mod events;

fn answer<T: evt_runtime::Record + Clone + PartialEq>(text: &str) -> String {
    match evt_runtime::from_json::<T>(text) {
        Err(misfits) => format!("misfit {misfits}").replace('\n', " "),
        Ok(value) => {
            let written = evt_runtime::to_json(&value).expect("what was read can be written");
            assert!(evt_runtime::from_json::<T>(&written).is_ok_and(|again| again == value.clone()), "{text}");
            written
        }
    }
}

fn main() {
    for line in include_str!("asked.txt").lines() {
        let (event, payload) = line.split_once('\t').expect("an event and a payload");
        let answer = match event {
            ARMS
            other => panic!("{other}"),
        };
        println!("{answer}");
    }
}
"#;

#[test]
fn generated_structs_read_what_validates_and_write_what_validates() {
    let mut runner = TestRunner::new(cases(32));
    let count = runner.config().cases as usize;
    let mut events = Vec::with_capacity(count);
    for index in 0..count * 4 {
        let (mut contract, payload) = one(contract_and_payload(), &mut runner);
        contract.event_name = format!("e{index}");
        if events.len() < count && has_rust(&contract) {
            let payloads = payloads(&contract, &payload, &mut runner);
            events.push((contract, payloads));
        }
    }
    assert_eq!(events.len(), count, "few contracts have names that come out equal");
    let answers = answers(&events);
    let tried =
        events.iter().flat_map(|(contract, payloads)| payloads.iter().map(move |tried| (contract, tried)));
    for ((contract, payload), answer) in tried.zip(answers.lines()) {
        let validator = validator(contract);
        let said = format!("{payload}\n{answer}\n{}", document(contract, Spelling::Short));
        assert_eq!(validator.is_valid(payload), !answer.starts_with("misfit "), "{said}");
        if validator.is_valid(payload) {
            let written: Value = serde_json::from_str(answer).expect("payloads are JSON");
            assert!(validator.is_valid(&written), "{said}");
        }
    }
    assert_eq!(answers.lines().count(), count * PAYLOADS);
}

fn one<S: Strategy>(strategy: S, runner: &mut TestRunner) -> S::Value {
    strategy.new_tree(runner).expect("the strategy gives a value").current()
}

/// Whether no two names of a contract come out equal.
fn has_rust(contract: &Contract) -> bool {
    let events = BTreeMap::from([(contract.event_name.clone(), vec![version(contract)])]);
    let settings = Settings { schema_path: "", source: None, table: "evt_outbox", versions: Versions::All };
    codegen::generate(&Schema { events }, &settings, &mut |_| false).is_ok()
}

/// A payload that fits, as often as one in which something stands in the place of something else.
fn payloads(contract: &Contract, fitting: &Value, runner: &mut TestRunner) -> Vec<Value> {
    let spoilt = |runner: &mut TestRunner| {
        let mut payload = fitting.clone();
        let place = one(select(places(&payload)), runner);
        spoil(&mut payload, &place, one(select(others()), runner));
        payload
    };
    let fields: Vec<_> = contract.payload_fields.clone();
    let mut payloads = vec![fitting.clone()];
    while payloads.len() < PAYLOADS / 2 {
        let mut payload = fitting.clone();
        for field in &fields {
            let value = one(super::values::value(&field.item), runner);
            if let Some(place) = payload.get_mut(&field.name) {
                *place = value;
            }
        }
        payloads.push(payload);
    }
    payloads.extend((0..PAYLOADS / 2).map(|_| spoilt(runner)));
    payloads
}

/// What the compiled service answers, a line a payload.
fn answers(events: &[(Contract, Vec<Value>)]) -> String {
    let documents: Vec<_> = events.iter().map(|(contract, _)| document(contract, Spelling::Short)).collect();
    let rules = "[rules]\nenum-value-name = \"off\"\nunused-input = \"off\"\n";
    let project = Project::new()
        .file("evt.toml", format!("{RUST}{rules}"))
        .file("events/a.yaml", documents.join("\n---\n"));
    project.evt_ok(&["dump"]);
    let (mut asked, mut arms) = (String::new(), String::new());
    for (contract, payloads) in events {
        let name = &contract.event_name;
        let _ = writeln!(arms, "{name:?} => answer::<events::{}>(payload),", name.to_uppercase());
        for payload in payloads {
            let _ = writeln!(asked, "{name}\t{payload}");
        }
    }
    let service = workspace(&["arbitrary-2024"]);
    service.write("arbitrary-2024/src/events.rs", project.read("src/events.rs"));
    service.write("arbitrary-2024/src/asked.txt", asked);
    service.write("arbitrary-2024/src/main.rs", SERVICE.replace("ARMS", &arms));
    cargo(&service, &["run", "--quiet", "--offline"]).exits(0).stdout
}
