//! Rows in the outbox of a project.

use std::sync::OnceLock;

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
        DEFINITION.get().expect("a row was stored for a project")
    }
}

/// The event as the projects of newcomers have it.
static DEFINITION: OnceLock<Definition> = OnceLock::new();

fn definition(project: &Project) -> Definition {
    let entry = project.versions("something_happened").remove(0);
    let fingerprint = entry["fingerprint"].as_str().expect("a version has a fingerprint").to_owned();
    Definition {
        name: "something_happened",
        version: 1,
        fingerprint: fingerprint.leak(),
        event_type: "domain",
        process_type: ProcessType::Broker,
        domain: None,
        subject: None,
        source: "urn:evt:farm",
        table: "evt_outbox",
        strict: false,
        on_dead_letter: OnDeadLetter::Continue,
        pii: &[],
    }
}

/// Stores one event in the migrated outbox of a project, `evt.db`.
pub(crate) fn store_one(project: &Project) {
    let url = format!("sqlite:{}", project.path("evt.db").display());
    store(project, &url, "evt_outbox");
}

/// Stores one event in the outbox `table` at `url`, for a project that a newcomer has.
pub(crate) fn store(project: &Project, url: &str, table: &'static str) {
    DEFINITION.get_or_init(|| definition(project));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("the outbox of the project works");
    runtime.block_on(async {
        let outbox = Outbox::open(url, table).expect("the outbox of the project works");
        let mut writing = outbox.write().await.expect("the outbox of the project works");
        let event = SomethingHappened { note: "a test".to_owned() };
        Emission::new(event).table(table).emit(&mut writing).await.expect("the outbox of the project works");
        writing.commit().await.expect("the outbox of the project works");
    });
}
