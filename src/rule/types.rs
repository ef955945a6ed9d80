//! Rules about types and constraints.

rules! {
    TYPE_SYNTAX = "type-syntax", Type, Error, Fixed,
        "A type is a scalar, `list<T>`, `map<T>`, an enum, an object or a named type.",
        bad: "",
        good: "";
    UNKNOWN_TYPE = "unknown-type", Type, Error, Fixed,
        "A named type is registered under `types`.",
        bad: "",
        good: "";
    TYPE_CYCLE = "type-cycle", Type, Error, Fixed,
        "A type that contains itself has no finite shape.",
        bad: "",
        good: "";
    TYPE_TOO_LARGE = "type-too-large", Type, Error, Fixed,
        "Types are expanded into every event that uses them.",
        bad: "",
        good: "";
    CONSTRAINT_KIND = "constraint-kind", Type, Error, Fixed,
        "A bound that does not belong to the type would never be checked.",
        bad: "",
        good: "";
    CONSTRAINT_RANGE = "constraint-range", Type, Error, Fixed,
        "A lower bound above the upper one admits nothing.",
        bad: "",
        good: "";
    CONSTRAINT_VALUE = "constraint-value", Type, Error, Fixed,
        "The bound is not a value of the type that it bounds.",
        bad: "",
        good: "";
    INVALID_PATTERN = "invalid-pattern", Type, Error, Fixed,
        "Patterns have no look-around and no back-references, so that matching takes linear time.",
        bad: "",
        good: "";
    DEFAULT_MISMATCH = "default-mismatch", Type, Error, Fixed,
        "Readers use the default as if it had been sent, so it must be a value that could be sent.",
        bad: "",
        good: "";
    EXAMPLE_MISMATCH = "example-mismatch", Type, Error, Fixed,
        "An example that the type refuses teaches the wrong thing.",
        bad: "",
        good: "";
    NULLABLE_JSON = "nullable-json", Type, Error, Fixed,
        "`json` admits null already.",
        bad: "",
        good: "";
    ENUM_EMPTY = "enum-empty", Type, Error, Fixed,
        "An enum without values admits nothing.",
        bad: "",
        good: "";
    ENUM_DUPLICATE = "enum-duplicate", Type, Error, Fixed,
        "An enum holds each value once.",
        bad: "",
        good: "";
    ENUM_VALUE_NAME = "enum-value-name", Type, Error, Adjustable,
        "Values in `snake_case` read alike in every event; switch this off to describe what others have named.",
        bad: "",
        good: "";
}
