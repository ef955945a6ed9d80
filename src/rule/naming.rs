//! Rules of style that are off unless they are asked for.

rules! {
    FIELD_DESCRIPTION_REQUIRED = "field-description-required", Style, Warn, OptIn,
        "A name seldom says all that a value means.",
        bad: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  portions: { type: int, from: cow.portions }
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  portions: { type: int, from: cow.portions, description: Portions of hay. }
";
    TIMESTAMP_NAME = "timestamp-name", Style, Warn, OptIn,
        "An instant is called `…_at`, so that nobody takes it for a day or a span of time.",
        bad: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  feeding_time: { type: timestamp, from: cow.fed_at, description: When she ate. }
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  fed_at: { type: timestamp, from: cow.fed_at, description: When she ate. }
";
    DATE_NAME = "date-name", Style, Warn, OptIn,
        "A calendar day is called `…_on` or `…_date`, so that nobody takes it for an instant.",
        bad: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  next_visit: { type: date, from: cow.next_visit, description: When the vet comes. }
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  visit_on: { type: date, from: cow.next_visit, description: When the vet comes. }
";
    BOOLEAN_NAME = "boolean-name", Style, Warn, OptIn,
        "A truth value is called as the question that it answers, so that its name says what true means.",
        bad: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  horns: { type: bool, from: cow.horns, description: Whether she has any. }
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  has_horns: { type: bool, from: cow.horns, description: Whether she has any. }
";
}
