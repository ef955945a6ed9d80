//! Payloads: strings of a known size, and numbers of a known unit.

use std::collections::HashSet;
use std::sync::Arc;

use crate::check::DefinedEvent;
use crate::field_type::{Field, FieldType, Item, ScalarType};
use crate::finding::Finding;
use crate::rule;
use crate::source::{Location, SourceFile};

/// What was found already: the events of a family share fields, which are told once.
pub(super) type Told = HashSet<(*const SourceFile, usize, &'static str, String)>;

/// Holds every field of one event against the rules about types.
pub(super) fn lint_payload(name: &str, defined: &DefinedEvent, told: &mut Told, findings: &mut Vec<Finding>) {
    let fields = &defined.event.contract.payload_fields;
    for (field, place) in fields.iter().zip(&defined.field_places) {
        let location = Location::new(&defined.location.file, *place);
        Payload { name, location, told, findings }.field(field, "");
    }
}

/// A field of the payload of one event, and what is found in it.
struct Payload<'c, 'f> {
    name: &'c str,
    location: Location,
    told: &'f mut Told,
    findings: &'f mut Vec<Finding>,
}

impl Payload<'_, '_> {
    fn field(&mut self, field: &Field, parent: &str) {
        let path = if parent.is_empty() { field.name.clone() } else { format!("{parent}.{}", field.name) };
        if is_measure(&field.name) && lacks_unit(&field.item) {
            self.report_unit(&path);
        }
        self.item(&field.item, &path);
    }

    fn item(&mut self, item: &Item, path: &str) {
        match &item.field_type {
            FieldType::Scalar(ScalarType::String) => {
                if item.flags.max_length.is_none() && item.flags.pattern.is_none() {
                    self.report_unbounded(path);
                }
            }
            FieldType::Scalar(_) | FieldType::Enum(_) => {}
            FieldType::List(item) => self.item(item, &format!("{path}[]")),
            FieldType::Map(item) => self.item(item, &format!("{path}{{}}")),
            FieldType::Object(fields) => fields.iter().for_each(|field| self.field(field, path)),
        }
    }

    fn report_unbounded(&mut self, path: &str) {
        let help = match path {
            path if path.ends_with("[]") => {
                "bound the items: `type: { list: { type: string, max_length: … } }`"
            }
            path if path.ends_with("{}") => {
                "bound the values: `type: { map: { type: string, max_length: … } }`"
            }
            _ => "add `max_length`",
        };
        let finding =
            Finding::new(&rule::STRING_UNBOUNDED, format!("the string `{path}` may be of any size"))
                .label(format!("`{path}` has neither `max_length` nor `pattern`"))
                .help(help);
        self.report(finding, path);
    }

    fn report(&mut self, finding: Finding, path: &str) {
        let at = &self.location;
        if self.told.insert((Arc::as_ptr(&at.file), at.span.start(), finding.rule.id, path.to_owned())) {
            self.findings.push(finding.located(at.clone()).event(self.name).path(path));
        }
    }

    fn report_unit(&mut self, path: &str) {
        let finding = Finding::new(&rule::FIELD_UNIT_REQUIRED, format!("the number `{path}` has no unit"))
            .label(format!("`{path}` measures something"))
            .help("add `unit`, such as `unit: kg`; a later change of it is then a breaking change");
        self.report(finding, path);
    }
}

/// What is measured, in the singular. Money is none: its currency is a field of its own.
const MEASURES: &[&str] = &[
    "acceleration",
    "altitude",
    "angle",
    "area",
    "capacity",
    "circumference",
    "delay",
    "density",
    "depth",
    "diameter",
    "distance",
    "duration",
    "elevation",
    "energy",
    "frequency",
    "height",
    "humidity",
    "latency",
    "length",
    "mass",
    "power",
    "pressure",
    "radius",
    "speed",
    "temperature",
    "thickness",
    "timeout",
    "torque",
    "velocity",
    "voltage",
    "volume",
    "weight",
    "width",
];

/// Whether the last word of a field's name is a measure; `weight_kg` says its unit already.
fn is_measure(name: &str) -> bool {
    let last = name.rsplit('_').next().unwrap_or(name);
    MEASURES.contains(&last) || last.strip_suffix('s').is_some_and(|singular| MEASURES.contains(&singular))
}

/// Whether an item is a number, or a list or map of numbers, for which no unit is given.
fn lacks_unit(item: &Item) -> bool {
    item.flags.unit.is_none()
        && match &item.field_type {
            FieldType::Scalar(scalar) => {
                matches!(scalar, ScalarType::Int | ScalarType::Float | ScalarType::Decimal)
            }
            FieldType::List(item) | FieldType::Map(item) => lacks_unit(item),
            FieldType::Enum(_) | FieldType::Object(_) => false,
        }
}
