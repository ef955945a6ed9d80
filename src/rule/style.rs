//! Rules of style.

rules! {
    EVENT_DESCRIPTION_REQUIRED = "event-description-required", Style, Warn, Adjustable,
        "Who finds the event in the catalog should learn what happened.",
        bad: r"
event_name: cow_fed
event_type: domain
owner: team-barn
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
";
    EVENT_OWNER_REQUIRED = "event-owner-required", Style, Warn, Adjustable,
        "Who breaks on a change needs somebody to ask; the owner of the subject will do.",
        bad: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
";
    EVENT_NAME_TENSE = "event-name-tense", Style, Warn, Adjustable,
        "An event tells what happened, so its name ends in the past tense.",
        bad: r"
event_name: feed_cow
event_type: domain
description: A cow was fed.
owner: team-barn
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
";
    DELIVERED_BEFORE_COMMIT = "delivered-before-commit", Style, Info, Adjustable,
        "Handlers of `inline` events run, and those of `background` events are queued, before the caller's transaction \
         commits: they act even where it rolls back. What must follow the commit is `durable`.",
        bad: r"
event_name: cow_fed
event_type: domain
process_type: background
description: A cow was fed.
owner: team-barn
",
        good: r"
event_name: cow_fed
event_type: domain
process_type: durable
description: A cow was fed.
owner: team-barn
";
    SUBJECT_DESCRIPTION_REQUIRED = "subject-description-required", Style, Warn, Adjustable,
        "A subject says what it stands for, so that two teams mean the same thing by it.",
        bad: r"
subjects: { cow: { owner: team-barn } }
---
event_name: cow_fed
event_type: domain
subject: cow
description: A cow was fed.
",
        good: r"
subjects: { cow: { description: A cow of ours., owner: team-barn } }
---
event_name: cow_fed
event_type: domain
subject: cow
description: A cow was fed.
";
    SUBJECT_UNUSED = "subject-unused", Style, Warn, Adjustable,
        "A subject without events may be a leftover.",
        bad: r"
subjects: { cow: { description: A cow of ours. } }
---
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
",
        good: r"
subjects: { cow: { description: A cow of ours. } }
---
event_name: cow_fed
event_type: domain
subject: cow
description: A cow was fed.
owner: team-barn
";
    TYPE_UNUSED = "type-unused", Style, Warn, Adjustable,
        "A named type that no event carries may be a leftover.",
        bad: r"
types: { Portions: int }
---
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  portions: required
payload:
  portions: { type: int, from: portions }
",
        good: r"
types: { Portions: int }
---
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  portions: required
payload:
  portions: { type: Portions, from: portions }
";
    STRING_UNBOUNDED = "string-unbounded", Style, Info, Adjustable,
        "A string without `max_length` or `pattern` may be of any size, and so may every column and buffer that takes it.",
        bad: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  note: required
payload:
  note: { type: string, from: note }
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  note: required
payload:
  note: { type: string, from: note, max_length: 500 }
";
    FIELD_UNIT_REQUIRED = "field-unit-required", Style, Info, Adjustable,
        "A number that measures something says in which unit, or somebody reads pounds as kilograms.",
        bad: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  weight: { type: float, from: cow.weight }
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  weight: { type: float, from: cow.weight, unit: kg }
";
    NOT_FORMATTED = "not-formatted", Style, Error, Fixed,
        "One layout for all files keeps differences to what was changed.",
        bad: r"
event_name:   cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
";
}
