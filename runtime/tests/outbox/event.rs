//! Events as generated code has them, by hand.

use evt_runtime::shape::{Field, Item, Kind, Object};
use evt_runtime::{Definition, Emission, Event, OnDeadLetter, ProcessType};

static FIELDS: Object = Object::open(&[Field::required("note", Item::of(Kind::String))]);

macro_rules! event {
    ($event:ident, $name:literal, $process_type:ident, strict: $strict:literal, $on_dead_letter:ident) => {
        #[derive(Debug, Clone, PartialEq)]
        pub(crate) struct $event {
            pub(crate) note: String,
        }

        evt_runtime::record! { $event, FIELDS; note }

        impl Event for $event {
            fn definition() -> &'static Definition {
                static DEFINITION: Definition = Definition {
                    name: $name,
                    version: 2,
                    fingerprint: "0f3a",
                    event_type: "domain",
                    process_type: ProcessType::$process_type,
                    domain: Some("farm"),
                    subject: None,
                    source: "urn:evt:farm",
                    table: "evt_outbox",
                    strict: $strict,
                    on_dead_letter: OnDeadLetter::$on_dead_letter,
                    pii: &[],
                };
                &DEFINITION
            }
        }
    };
}

event!(CowFed, "cow_fed", Broker, strict: false, Halt);
event!(CowSold, "cow_sold", Broker, strict: false, Continue);
event!(CowMilked, "cow_milked", Durable, strict: true, Halt);

pub(crate) fn fed(note: &str) -> Emission<CowFed> {
    Emission::new(CowFed { note: note.to_owned() })
}

pub(crate) fn milked(cow: &str) -> Emission<CowMilked> {
    Emission::new(CowMilked { note: String::new() }).aggregate("Cow", cow)
}

pub(crate) fn sold(cow: &str) -> Emission<CowSold> {
    Emission::new(CowSold { note: String::new() }).aggregate("Cow", cow)
}
