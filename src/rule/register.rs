//! Rules about what a project knows once: events, types, subjects, removed and renamed events.

rules! {
    DUPLICATE_EVENT = "duplicate-event", Definition, Error, Fixed,
        "The name is the identity of an event; two definitions of one would fight over its history.",
        bad: r"
event_name: cow_fed
event_type: domain
---
event_name: cow_fed
event_type: integration
",
        good: r"
event_name: cow_fed
event_type: domain
---
event_name: cow_fed_by_robot
event_type: integration
";
    DUPLICATE_TYPE = "duplicate-type", Definition, Error, Fixed,
        "A named type has one meaning in a project.",
        bad: r"
types: { Weight: float }
---
types: { Weight: decimal }
",
        good: r"
types: { Weight: float }
---
types: { ExactWeight: decimal }
";
    DUPLICATE_SUBJECT = "duplicate-subject", Definition, Error, Fixed,
        "A subject is registered once, so that it has one description and one owner.",
        bad: r"
subjects: { cow: { owner: team-barn } }
---
subjects: { cow: { owner: team-milk } }
",
        good: r"
subjects: { cow: { owner: team-barn } }
---
subjects: { milk: { owner: team-milk } }
";
    DUPLICATE_REMOVED = "duplicate-removed", Definition, Error, Fixed,
        "An event is removed once, for one reason.",
        bad: r"
removed: { cow_sold: { reason: The farm gives cows away. } }
---
removed: { cow_sold: { reason: Nobody read it. } }
",
        good: r"
removed: { cow_sold: { reason: The farm gives cows away. } }
";
    UNREGISTERED_SUBJECT = "unregistered-subject", Definition, Error, Fixed,
        "The register of subjects keeps `cow`, `cows` and `cattle` from meaning the same thing.",
        bad: r"
subjects: { cow: { description: A cow of ours. } }
---
event_name: cow_fed
event_type: domain
subject: cows
",
        good: r"
subjects: { cow: { description: A cow of ours. } }
---
event_name: cow_fed
event_type: domain
subject: cow
";
    REMOVED_STILL_DEFINED = "removed-still-defined", Definition, Error, Fixed,
        "An event is either defined or removed.",
        bad: r"
removed: { cow_sold: { reason: The farm gives cows away. } }
---
event_name: cow_sold
event_type: domain
",
        good: r"
removed: { cow_sold: { reason: The farm gives cows away. } }
---
event_name: cow_given_away
event_type: domain
";
    REMOVED_UNKNOWN = "removed-unknown", Definition, Warn, Adjustable,
        "An event that the schema file never held cannot be removed; the name may be mistyped.",
        bad: r"
# the schema file holds `cow_sold`
removed: { cow_slod: { reason: The farm gives cows away. } }
",
        good: r"
# the schema file holds `cow_sold`
removed: { cow_sold: { reason: The farm gives cows away. } }
";
    RENAMED_STILL_DEFINED = "renamed-still-defined", Definition, Error, Fixed,
        "The old name of a renamed event is retired, so nothing may define it.",
        bad: r"
event_name: cow_given_away
event_type: domain
renamed_from: cow_sold
---
event_name: cow_sold
event_type: domain
",
        good: r"
event_name: cow_given_away
event_type: domain
renamed_from: cow_sold
";
    RENAMED_TWICE = "renamed-twice", Definition, Error, Fixed,
        "An event goes on under one new name.",
        bad: r"
event_name: cow_given_away
event_type: domain
renamed_from: cow_sold
---
event_name: cow_lent
event_type: domain
renamed_from: cow_sold
",
        good: r"
event_name: cow_given_away
event_type: domain
renamed_from: cow_sold
---
event_name: cow_lent
event_type: domain
";
    RENAMED_UNKNOWN = "renamed-unknown", Definition, Error, Adjustable,
        "An event that the schema file never held cannot be renamed; the name may be mistyped.",
        bad: r"
# the schema file holds `cow_sold`
event_name: cow_given_away
event_type: domain
renamed_from: cow_slod
",
        good: r"
# the schema file holds `cow_sold`
event_name: cow_given_away
event_type: domain
renamed_from: cow_sold
";
}
