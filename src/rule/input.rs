//! Rules about inputs, and about the keys that are read from them.

rules! {
    UNKNOWN_INPUT = "unknown-input", Definition, Error, Fixed,
        "A field reads from an input that the emit helper takes, or nobody could fill it.",
        bad: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  id: { type: uuid, from: cow.id }
  name: { type: string, from: cwo.name }
",
        good: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  id: { type: uuid, from: cow.id }
  name: { type: string, from: cow.name }
";
    UNUSED_INPUT = "unused-input", Definition, Warn, Adjustable,
        "Every caller has to provide an input, so one that nothing reads is a burden.",
        bad: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
  farmer: required
payload:
  name: { type: string, from: cow.name }
",
        good: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  name: { type: string, from: cow.name }
";
    OPTIONAL_INPUT = "optional-input", Definition, Error, Fixed,
        "A required field cannot be filled from an input that may be absent.",
        bad: r"
event_name: cow_fed
event_type: domain
inputs:
  farmer: optional
payload:
  farmer_name: { type: string, from: farmer.name }
",
        good: r"
event_name: cow_fed
event_type: domain
inputs:
  farmer: optional
payload:
  farmer_name: { type: string, from: farmer.name, required: false }
";
    INPUT_READ_TWO_WAYS = "input-read-two-ways", Definition, Error, Fixed,
        "An input is either the value itself or an object whose attributes are read.",
        bad: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  cow: { type: uuid, from: cow }
  name: { type: string, from: cow.name }
",
        good: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  cow: { type: uuid, from: cow.id }
  name: { type: string, from: cow.name }
";
    ATTR_TYPE_CONFLICT = "attr-type-conflict", Definition, Error, Fixed,
        "One attribute of one input has one type: the emit helper reads it through one trait method.",
        bad: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  weight: { type: float, from: cow.weight }
  label: { type: string, from: cow.weight }
",
        good: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  weight: { type: float, from: cow.weight }
  label: { type: string, from: cow.label }
";
    UNUSABLE_KEY = "unusable-key", Definition, Error, Fixed,
        "An aggregate's id and a partition key are stored as text and never absent; an aggregate's version is an `int`.",
        bad: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  name: { type: string, from: cow.name, required: false }
  tags: { type: list<string>, from: cow.tags }
aggregate: { type: Cow, id: cow.tags }
partition_key: cow.name
",
        good: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
payload:
  name: { type: string, from: cow.name }
  tags: { type: list<string>, from: cow.tags }
aggregate: { type: Cow, id: cow.id }
partition_key: cow.name
";
    SOURCED_WITHOUT_VERSION = "sourced-without-version", Definition, Error, Fixed,
        "A sourced event is one step in the life of an aggregate, and says which.",
        bad: r"
event_name: cow_fed
event_type: domain
process_type: sourced
inputs:
  cow: required
aggregate: { type: Cow, id: cow.id }
",
        good: r"
event_name: cow_fed
event_type: domain
process_type: sourced
inputs:
  cow: required
aggregate: { type: Cow, id: cow.id, version: cow.version }
";
    ORDERING_WITHOUT_KEY = "ordering-without-key", Definition, Error, Fixed,
        "Order is kept per key, so strict ordering needs a key.",
        bad: r"
event_name: cow_fed
event_type: domain
ordering: strict
",
        good: r"
event_name: cow_fed
event_type: domain
inputs:
  cow: required
partition_key: cow.id
ordering: strict
";
}
