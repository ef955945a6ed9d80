//! An event as it is meant: the contract, which is fingerprinted, and the metadata, which is not.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::civil::Date;

use crate::field_type::Field;

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
    pub deprecated: Option<Deprecation>,
    /// The aggregate that it changes.
    pub aggregate: Option<Aggregate>,
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

/// Declares an enum of words, with their text.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$variant_doc])* $variant),* }

        impl $name {
            /// Every word with its meaning.
            pub const ALL: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),*];

            /// The word.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The meaning of a word.
            #[must_use]
            pub fn parse(word: &str) -> Option<Self> {
                Self::ALL.iter().find(|(known, _)| *known == word).map(|(_, value)| *value)
            }
        }

        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.pad(self.as_str())
            }
        }
    };
}
pub(crate) use words;

words! {
    /// How an event is delivered.
    #[derive(Default)]
    ProcessType {
        /// Handlers run in the caller's stack, before the commit.
        Inline = "inline",
        /// Handlers run on a queue of this process.
        Background = "background",
        /// Subscribers run from the outbox.
        Durable = "durable",
        /// Published to a broker from the outbox.
        #[default]
        Broker = "broker",
        /// Traced, not stored.
        Telemetry = "telemetry",
        /// The state of its aggregate is built from it.
        Sourced = "sourced",
    }
}

impl ProcessType {
    /// The process type of the older spelling `event_level: 1..5`.
    #[must_use]
    pub fn of_level(level: u64) -> Option<Self> {
        Some(match level {
            1 => Self::Inline,
            2 => Self::Background,
            3 => Self::Durable,
            4 => Self::Broker,
            5 => Self::Sourced,
            _ => return None,
        })
    }
}

words! {
    /// How writers of one key are ordered.
    Ordering {
        /// They wait for each other.
        Strict = "strict",
    }
}

words! {
    /// What becomes of a key after one of its events became a dead letter.
    #[derive(Default)]
    OnDeadLetter {
        /// It goes on.
        #[default]
        Continue = "continue",
        /// It waits for an operator.
        Halt = "halt",
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
