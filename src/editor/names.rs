use std::collections::{BTreeMap, BTreeSet};

use crate::check::{Catalogue, DefinedEvent};
use crate::field_type::{Field, FieldType, Item};
use crate::project::Project;
use crate::schema::Schema;

/// The names that a project uses; those of which only known ones are right with what they are.
#[derive(Clone, Debug, Default)]
pub struct Names {
    /// What events are about.
    pub subjects: BTreeMap<String, String>,
    /// Named types.
    pub types: BTreeMap<String, String>,
    /// The events that the schema file holds, defined or not.
    pub past_events: BTreeMap<String, String>,
    /// Bounded contexts.
    pub domains: BTreeSet<String>,
    /// Classifications of events.
    pub event_types: BTreeSet<String>,
    /// Who answers for something.
    pub owners: BTreeSet<String>,
    /// Types of aggregates.
    pub aggregates: BTreeSet<String>,
    /// Units of measure.
    pub units: BTreeSet<String>,
}

impl Names {
    /// All that definitions, the schema file and `evt.toml` name.
    #[must_use]
    pub fn of(catalogue: &Catalogue, schema: &Schema, project: &Project) -> Self {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let mut names = Self {
            event_types: ["domain", "integration", "system"].map(str::to_owned).into(),
            domains: project.compat_by_domain.keys().cloned().collect(),
            ..Self::default()
        };
        for (name, subject) in &catalogue.subjects {
            names.subjects.insert(name.clone(), text(&subject.description));
            names.owners.extend(subject.owner.clone());
        }
        let types = catalogue.types.iter();
        names.types.extend(types.map(|(name, named)| (name.clone(), text(&named.description))));
        for (name, versions) in &schema.events {
            let description = versions.last().and_then(|latest| latest.metadata.description.clone());
            names.past_events.insert(name.clone(), description.unwrap_or_default());
        }
        for defined in catalogue.events.values() {
            names.add_event(defined);
        }
        names
    }

    fn add_event(&mut self, defined: &DefinedEvent) {
        let (contract, metadata) = (&defined.event.contract, &defined.event.metadata);
        self.event_types.insert(contract.event_type.clone());
        self.domains.extend(metadata.domain.clone());
        self.owners.extend(metadata.owner.clone());
        self.aggregates.extend(metadata.aggregate.as_ref().map(|it| it.aggregate_type.clone()));
        self.add_units(&contract.payload_fields);
    }

    fn add_units(&mut self, fields: &[Field]) {
        for field in fields {
            self.add_unit(&field.item);
        }
    }

    fn add_unit(&mut self, item: &Item) {
        self.units.extend(item.flags.unit.as_deref().map(str::to_owned));
        match &item.field_type {
            FieldType::Scalar(_) | FieldType::Enum(_) => {}
            FieldType::List(inner) | FieldType::Map(inner) => self.add_unit(inner),
            FieldType::Object(fields) => self.add_units(fields),
        }
    }
}
