//! Payloads: values of a known size and a known unit, and personal data that is marked.

use std::collections::HashSet;
use std::sync::Arc;

use super::measure::{is_measure, lacks_unit};
use super::{money, naming, personal};
use crate::check::DefinedEvent;
use crate::field_type::{Field, FieldType, Item, Openness, ScalarType};
use crate::finding::Finding;
use crate::rule;
use crate::source::{Location, SourceFile};

/// What was found already: the events of a family share fields, which are told once.
pub(super) type Told = HashSet<(*const SourceFile, usize, &'static str, String)>;

/// Holds every field of one event against the rules about types.
pub(super) fn lint_payload(name: &str, defined: &DefinedEvent, told: &mut Told, findings: &mut Vec<Finding>) {
    let fields = &defined.event.contract.payload_fields;
    let around = Around { path: "", currency: Currency::Unsaid, privacy: Privacy::Unsaid }.of(fields);
    for (field, place) in fields.iter().zip(&defined.field_places) {
        let location = Location::new(&defined.location.file, *place);
        Payload { name, location, told, findings }.field(field, around);
    }
}

/// What is known of a field by what it stands in.
#[derive(Clone, Copy)]
struct Around<'p> {
    /// The path of that; empty for the payload.
    path: &'p str,
    currency: Currency,
    privacy: Privacy,
}

/// Whether a field beside or around it says of which currency money is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Currency {
    Said,
    Unsaid,
}

/// Whether it is told already that something around it is personal data, or may be.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Privacy {
    Said,
    Unsaid,
}

impl<'p> Around<'p> {
    /// The same for one of these fields.
    fn of(self, fields: &[Field]) -> Self {
        let currency = if money::say_the_currency(fields) { Currency::Said } else { self.currency };
        Self { currency, ..self }
    }

    /// The same for what an item holds.
    fn within(self, item: &Item, path: &'p str) -> Self {
        let privacy = if item.notes.pii.is_some() { Privacy::Said } else { self.privacy };
        Self { path, privacy, ..self }
    }

    fn path_of(self, field: &Field) -> String {
        if self.path.is_empty() { field.name.clone() } else { format!("{}.{}", self.path, field.name) }
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
    fn field(&mut self, field: &Field, mut around: Around<'_>) {
        let path = around.path_of(field);
        if is_measure(&field.name) && lacks_unit(&field.item) {
            self.report_unit(&path);
        }
        if around.currency == Currency::Unsaid && money::is_money(field) {
            self.report_money(&path);
        }
        if around.privacy == Privacy::Unsaid && personal::is_unclassified(field) {
            self.report_personal(&path);
            around.privacy = Privacy::Said;
        }
        if field.item.notes.description.is_none() {
            self.report_undescribed(&path);
        }
        if let Some(finding) = naming::finding_about(field, &path) {
            self.report(finding, &path);
        }
        self.item(&field.item, &path, around);
    }

    fn item(&mut self, item: &Item, path: &str, around: Around<'_>) {
        let around = around.within(item, path);
        match &item.field_type {
            FieldType::Scalar(ScalarType::String) => {
                if item.flags.max_length.is_none() && item.flags.pattern.is_none() {
                    self.report_unbounded(path);
                }
            }
            FieldType::Scalar(_) => {}
            FieldType::Enum(values) => {
                if values.openness == Openness::Closed && values.values.len() == 1 {
                    self.report_single(path);
                }
            }
            FieldType::List(inner) => {
                self.count(item, path);
                self.item(inner, &format!("{path}[]"), around);
            }
            FieldType::Map(inner) => {
                self.count(item, path);
                self.item(inner, &format!("{path}{{}}"), around);
            }
            FieldType::Object(fields) => {
                let around = around.of(fields);
                fields.iter().for_each(|field| self.field(field, around));
            }
        }
    }

    /// A list or a map says how many items it holds at most.
    fn count(&mut self, item: &Item, path: &str) {
        if item.flags.max_length.is_none() {
            let help = match path {
                path if path.ends_with("[]") || path.ends_with("{}") => {
                    "bound the inner one: `{ type: …, max_length: … }` in place of its type"
                }
                _ => "add `max_length`, the most items that there can be",
            };
            let finding =
                Finding::new(&rule::COLLECTION_UNBOUNDED, format!("`{path}` may hold any number of items"))
                    .label(format!("`{path}` has no `max_length`"))
                    .help(help);
            self.report(finding, path);
        }
    }

    fn report_single(&mut self, path: &str) {
        let finding = Finding::new(&rule::ENUM_SINGLE_VALUE, format!("the enum `{path}` has one value"))
            .label("always the same")
            .help("leave the field out until there are two, or say `open: true` if others will come");
        self.report(finding, path);
    }

    fn report_money(&mut self, path: &str) {
        let finding =
            Finding::new(&rule::MONEY_CURRENCY_REQUIRED, format!("nothing says the currency of `{path}`"))
                .label(format!("`{path}` is an amount of money"))
                .help("add a field `currency` beside it, or `unit: eur` where there is one alone");
        self.report(finding, path);
    }

    fn report_personal(&mut self, path: &str) {
        let finding = Finding::new(&rule::PII_UNCLASSIFIED, format!("`{path}` looks like personal data"))
            .label(format!("nothing says whether `{path}` is"))
            .help("add `pii: true`, or `pii: false` where it is nobody's");
        self.report(finding, path);
    }

    fn report_undescribed(&mut self, path: &str) {
        let finding =
            Finding::new(&rule::FIELD_DESCRIPTION_REQUIRED, format!("the field `{path}` has no description"))
                .label(format!("`{path}` is not described"))
                .help("add `description`: what the value means");
        self.report(finding, path);
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
