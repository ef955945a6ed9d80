//! Rows in the outbox of a project.

use evt_runtime::outbox::operator::Outbox;
use evt_runtime::shape::{Field, Item, Kind, Object};
use evt_runtime::{Definition, Emission, Event, OnDeadLetter, ProcessType};

use crate::project::Project;

static FIELDS: Object = Object::open(&[Field::required("note", Item::of(Kind::String))]);

struct SomethingHappened {
    note: String,
}

evt_runtime::record! { SomethingHappened, FIELDS; note }

impl Event for SomethingHappened {
    fn definition() -> &'static Definition {
        static DEFINITION: Definition = Definition {
            name: "something_happened",
            version: 1,
            fingerprint: "00",
            event_type: "domain",
            process_type: ProcessType::Broker,
            domain: None,
            subject: None,
            source: "urn:evt:farm",
            table: "evt_outbox",
            strict: false,
            on_dead_letter: OnDeadLetter::Continue,
            pii: &[],
        };
        &DEFINITION
    }
}

/// Stores one event in the migrated outbox of a project, `evt.db`.
pub(crate) fn store_one(project: &Project) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("the outbox of the project works");
    runtime.block_on(async {
        let url = format!("sqlite:{}", project.path("evt.db").display());
        let outbox = Outbox::open(&url, "evt_outbox").expect("the outbox of the project works");
        let mut writing = outbox.write().await.expect("the outbox of the project works");
        let event = SomethingHappened { note: "a test".to_owned() };
        Emission::new(event).emit(&mut writing).await.expect("the outbox of the project works");
        writing.commit().await.expect("the outbox of the project works");
    });
}
