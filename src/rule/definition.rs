//! Rules about what definitions say.

rules! {
    DEFINITION_KIND = "definition-kind", Definition, Error, Fixed,
        "A document is an event (`event_name`), a family (`lifecycle`) or a register (`types`, `subjects`, `removed`).",
        bad: "",
        good: "";
    UNKNOWN_KEY = "unknown-key", Definition, Error, Fixed,
        "A mistyped key would be ignored in silence; keys that begin with `x-` are yours.",
        bad: "",
        good: "";
    MISSING_KEY = "missing-key", Definition, Error, Fixed,
        "Without this key the definition is not complete.",
        bad: "",
        good: "";
    WRONG_KIND = "wrong-kind", Definition, Error, Fixed,
        "The value is of another kind than the key takes.",
        bad: "",
        good: "";
    UNKNOWN_VALUE = "unknown-value", Definition, Error, Fixed,
        "The key takes one of a few words.",
        bad: "",
        good: "";
    CONFLICTING_KEYS = "conflicting-keys", Definition, Error, Fixed,
        "Two keys that say the same thing can disagree.",
        bad: "",
        good: "";
    INVALID_NAME = "invalid-name", Definition, Error, Fixed,
        "Names become columns, topics and Rust items: `snake_case`, for types `UpperCamelCase`.",
        bad: "",
        good: "";
    RESERVED_NAME = "reserved-name", Definition, Error, Fixed,
        "The envelope has a field of this name already.",
        bad: "",
        good: "";
    DUPLICATE_EVENT = "duplicate-event", Definition, Error, Fixed,
        "The name is the identity of an event; two definitions of one would fight over its history.",
        bad: "",
        good: "";
    DUPLICATE_TYPE = "duplicate-type", Definition, Error, Fixed,
        "A named type has one meaning in a project.",
        bad: "",
        good: "";
    DUPLICATE_SUBJECT = "duplicate-subject", Definition, Error, Fixed,
        "A subject is registered once.",
        bad: "",
        good: "";
    DUPLICATE_REMOVED = "duplicate-removed", Definition, Error, Fixed,
        "An event is removed once, for one reason.",
        bad: "",
        good: "";
    UNREGISTERED_SUBJECT = "unregistered-subject", Definition, Error, Fixed,
        "The register of subjects keeps `cow`, `cows` and `cattle` from meaning the same thing.",
        bad: "",
        good: "";
    UNKNOWN_INPUT = "unknown-input", Definition, Error, Fixed,
        "A field reads from an input that the emit helper takes.",
        bad: "",
        good: "";
    UNUSED_INPUT = "unused-input", Definition, Warn, Adjustable,
        "Every caller has to provide an input, so one that nothing reads is a burden.",
        bad: "",
        good: "";
    OPTIONAL_INPUT = "optional-input", Definition, Error, Fixed,
        "A required field cannot be filled from an input that may be absent.",
        bad: "",
        good: "";
    INPUT_READ_TWO_WAYS = "input-read-two-ways", Definition, Error, Fixed,
        "An input is either the value itself or an object whose attributes are read.",
        bad: "",
        good: "";
    ATTR_TYPE_CONFLICT = "attr-type-conflict", Definition, Error, Fixed,
        "One attribute of one input has one type.",
        bad: "",
        good: "";
    LIFECYCLE_VERB = "lifecycle-verb", Definition, Error, Fixed,
        "`on` adds to the verbs that `lifecycle` lists, each of them once.",
        bad: "",
        good: "";
    LIFECYCLE_REDECLARED = "lifecycle-redeclared", Definition, Error, Fixed,
        "What `on` adds must not change what all verbs share.",
        bad: "",
        good: "";
    SOURCED_WITHOUT_VERSION = "sourced-without-version", Definition, Error, Fixed,
        "A sourced event is one step in the life of an aggregate, and says which.",
        bad: "",
        good: "";
    ORDERING_WITHOUT_KEY = "ordering-without-key", Definition, Error, Fixed,
        "Order is kept per key, so strict ordering needs a key.",
        bad: "",
        good: "";
    REMOVED_STILL_DEFINED = "removed-still-defined", Definition, Error, Fixed,
        "An event is either defined or removed.",
        bad: "",
        good: "";
    REMOVED_UNKNOWN = "removed-unknown", Definition, Warn, Adjustable,
        "An event that the schema file never held cannot be removed; the name may be mistyped.",
        bad: "",
        good: "";
    RENAMED_STILL_DEFINED = "renamed-still-defined", Definition, Error, Fixed,
        "The old name of a renamed event is retired, so nothing may define it.",
        bad: "",
        good: "";
    RENAMED_TWICE = "renamed-twice", Definition, Error, Fixed,
        "An event goes on under one new name.",
        bad: "",
        good: "";
    RENAMED_UNKNOWN = "renamed-unknown", Definition, Error, Adjustable,
        "An event that the schema file never held cannot be renamed; the name may be mistyped.",
        bad: "",
        good: "";
}
