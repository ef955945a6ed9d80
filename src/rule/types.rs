//! Rules about types and constraints.

rules! {
    TYPE_SYNTAX = "type-syntax", Type, Error, Fixed,
        "A type is a scalar, `list<T>`, `map<T>`, an enum, an object or a named type.",
        bad: r"
types:
  Names: string[]
",
        good: r"
types:
  Names: list<string>
";
    UNKNOWN_TYPE = "unknown-type", Type, Error, Fixed,
        "A named type is registered under `types`, or nobody knows what it holds.",
        bad: r"
types: { Prices: list<Money> }
",
        good: r"
types:
  Money: { object: { amount: { type: decimal }, currency: { type: string } } }
  Prices: list<Money>
";
    TYPE_CYCLE = "type-cycle", Type, Error, Fixed,
        "Types are expanded into the events that use them, and one that contains itself never ends.",
        bad: r"
types:
  Animal: { object: { mother: { type: Animal, required: false } } }
",
        good: r"
types:
  Animal: { object: { mother: { type: json, required: false } } }
";
    TYPE_TOO_LARGE = "type-too-large", Type, Error, Fixed,
        "Types are expanded into every event that uses them: at most 24 deep, at most 10,000 types an event.",
        bad: r"
types:
  Nine: list<list<list<list<list<list<list<list<list<int>>>>>>>>>
  Eighteen: list<list<list<list<list<list<list<list<list<Nine>>>>>>>>>
  TwentySeven: list<list<list<list<list<list<list<list<list<Eighteen>>>>>>>>>
",
        good: r"
types:
  Nine: list<list<list<list<list<list<list<list<list<int>>>>>>>>>
  Eighteen: list<list<list<list<list<list<list<list<list<Nine>>>>>>>>>
";
    CONSTRAINT_KIND = "constraint-kind", Type, Error, Fixed,
        "A bound that does not belong to the type would never be checked.",
        bad: r"
types:
  Name: { type: string, max: 80 }
",
        good: r"
types:
  Name: { type: string, max_length: 80 }
";
    CONSTRAINT_RANGE = "constraint-range", Type, Error, Fixed,
        "A lower bound above the upper one admits nothing.",
        bad: r"
types:
  Percentage: { type: int, min: 100, max: 0 }
",
        good: r"
types:
  Percentage: { type: int, min: 0, max: 100 }
";
    CONSTRAINT_VALUE = "constraint-value", Type, Error, Fixed,
        "A bound that is no value of the type that it bounds could be read in more than one way.",
        bad: r"
types:
  Age: { type: int, max: 30 years }
",
        good: r"
types:
  Age: { type: int, max: 30, unit: years }
";
    INVALID_PATTERN = "invalid-pattern", Type, Error, Fixed,
        "Patterns have no look-around and no back-references, so that matching takes linear time.",
        bad: r"
types:
  EarTag: { type: string, pattern: '^(?!XX)[A-Z]{2}\d{6}$' }
",
        good: r"
types:
  EarTag: { type: string, pattern: '^[A-Z]{2}\d{6}$' }
";
    DEFAULT_MISMATCH = "default-mismatch", Type, Error, Fixed,
        "Readers use the default as if it had been sent, so it must be a value that could be sent.",
        bad: r"
types:
  Portions: { type: int, min: 1, default: 0 }
",
        good: r"
types:
  Portions: { type: int, min: 1, default: 1 }
";
    EXAMPLE_MISMATCH = "example-mismatch", Type, Error, Fixed,
        "An example that the type refuses teaches the wrong thing.",
        bad: r"
types:
  Birthday: { type: date, examples: [31.01.2027] }
",
        good: r"
types:
  Birthday: { type: date, examples: [2027-01-31] }
";
    NULLABLE_JSON = "nullable-json", Type, Error, Fixed,
        "`json` admits null already, so `nullable` beside it says nothing.",
        bad: r"
types:
  Extra: { type: json, nullable: true }
",
        good: r"
types:
  Extra: { type: json }
";
    ENUM_EMPTY = "enum-empty", Type, Error, Fixed,
        "An enum without values admits nothing.",
        bad: r"
types:
  Breed: { enum: [] }
",
        good: r"
types:
  Breed: { enum: [angus, holstein] }
";
    ENUM_DUPLICATE = "enum-duplicate", Type, Error, Fixed,
        "An enum holds each value once; the second may have been meant as another.",
        bad: r"
types:
  Breed: { enum: [angus, holstein, angus] }
",
        good: r"
types:
  Breed: { enum: [angus, holstein] }
";
    ENUM_VALUE_NAME = "enum-value-name", Type, Error, Adjustable,
        "Values in `snake_case` read alike in every event; switch this off to describe what others have named.",
        bad: r"
types:
  Breed: { enum: [Angus, Holstein] }
",
        good: r"
types:
  Breed: { enum: [angus, holstein] }
";
    RUST_NAME_COLLISION = "rust-name-collision", Type, Error, Fixed,
        "Where Rust is generated, two names of one scope that come out equal would not compile.",
        bad: r"
event_name: cow_weighed
event_type: domain
inputs: { cow: required }
payload:
  part_1: { type: { enum: [head, tail] }, from: cow.first_part }
  part1: { type: { enum: [left, right] }, from: cow.second_part }
",
        good: r"
event_name: cow_weighed
event_type: domain
inputs: { cow: required }
payload:
  part_1: { type: { enum: [head, tail] }, from: cow.first_part }
  part1: { type: { enum: [left, right] }, from: cow.second_part, rust_name: side }
";
}
