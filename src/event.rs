//! An event as it is meant: the contract, which is fingerprinted, and the metadata, which is not.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::field_type::Field;

pub(crate) use evt_runtime::words;
pub use evt_runtime::{OnDeadLetter, ProcessType};

/// What an event promises its readers, and what its emit helper takes.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// The event's identity.
    pub event_name: String,
    /// A free classification, such as `domain`.
    pub event_type: String,
    /// Inputs that every caller gives, in declared order.
    pub required_inputs: Vec<String>,
    /// Inputs that a caller may leave out, in declared order.
    pub optional_inputs: Vec<String>,
    /// The payload, in declared order.
    pub payload_fields: Vec<Field>,
}

/// All that a definition says besides the contract.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Metadata {
    /// How the event is delivered.
    pub process_type: ProcessType,
    /// The bounded context.
    pub domain: Option<String>,
    /// What the event is about.
    pub subject: Option<String>,
    /// What happened, for people.
    pub description: Option<String>,
    /// Who answers for it.
    pub owner: Option<String>,
    /// Whether it should no longer be used.
    pub deprecated: Option<Box<Deprecation>>,
    /// The aggregate that it changes.
    pub aggregate: Option<Box<Aggregate>>,
    /// An input's attribute, `input.attr`, whose value orders the events.
    pub partition_key: Option<String>,
    /// Whether writers of one key are serialised.
    pub ordering: Option<Ordering>,
    /// What becomes of a key after a dead letter.
    pub on_dead_letter: OnDeadLetter,
    /// What readers do with fields that they do not know.
    pub unknown_fields: UnknownFields,
    /// The compatibility mode of this event.
    pub compat: Option<CompatMode>,
    /// Rules that are suppressed.
    pub allow: Vec<Allowance>,
    /// Breaks that were accepted with this version.
    pub accepts: Vec<Acceptance>,
    /// The name of the event in Rust.
    pub rust_name: Option<String>,
    /// What inputs say besides their names.
    pub inputs: BTreeMap<String, InputNotes>,
}

/// An event of the definitions, checked.
#[derive(Clone, Debug)]
pub struct Event {
    /// What is fingerprinted.
    pub contract: Arc<Contract>,
    /// The rest.
    pub metadata: Arc<Metadata>,
    /// The event that it goes on from.
    pub renamed_from: Option<String>,
}

/// "Do not use this any more."
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deprecation {
    /// Why, and what instead.
    pub reason: Option<String>,
    /// The day from which it may be gone.
    pub sunset: Option<Date>,
}

/// The thing that an event changes, by input attributes `input.attr`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Aggregate {
    /// Its type, such as `Cow`.
    pub aggregate_type: String,
    /// Which one.
    pub id: String,
    /// Its version after the event.
    pub version: Option<String>,
}

/// A rule that an event is excused from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Allowance {
    /// The rule's id.
    pub rule: String,
    /// Why.
    pub reason: String,
    /// The last day on which it holds.
    pub until: Option<Date>,
}

/// A break that was made knowingly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// The rule's id.
    pub rule: String,
    /// The place in the payload.
    pub path: Option<String>,
    /// Why.
    pub reason: String,
}

/// What an input says besides its name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputNotes {
    /// What it is, for people.
    pub description: Option<String>,
    /// The Rust type that provides it.
    pub rust: Option<RustType>,
}

/// The Rust type of an input, for which the attribute traits are implemented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RustType {
    /// Its path, such as `crate::farm::Cow`.
    pub path: String,
    /// How attributes are read from it.
    pub access: Access,
}

words! {
    /// How writers of one key are ordered.
    Ordering {
        /// They wait for each other.
        Strict = "strict",
    }
}

words! {
    /// What readers do with fields that they do not know.
    #[derive(Default)]
    UnknownFields {
        /// Nothing.
        #[default]
        Ignore = "ignore",
        /// They refuse the payload.
        Reject = "reject",
    }
}

words! {
    /// Who must be able to read what.
    CompatMode {
        /// Nothing is promised.
        None = "none",
        /// New code reads old rows.
        Backward = "backward",
        /// Old code reads new rows.
        Forward = "forward",
        /// Both.
        Full = "full",
        /// New code reads the rows of every version.
        BackwardTransitive = "backward_transitive",
        /// The code of every version reads new rows.
        ForwardTransitive = "forward_transitive",
        /// Both.
        FullTransitive = "full_transitive",
    }
}

words! {
    /// How generated code reads an attribute of an input.
    Access {
        /// As a field.
        Field = "field",
        /// By calling a method.
        Method = "method",
    }
}
