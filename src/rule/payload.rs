//! Rules of style about payloads.

rules! {
    PII_UNCLASSIFIED = "pii-unclassified", Style, Warn, Adjustable,
        "Personal data is masked wherever payloads are shown, if somebody said that it is: a field that is \
         called so says yes or no.",
        bad: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  vet_email: { type: string, from: cow.vet_email, max_length: 254 }
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  vet_email: { type: string, from: cow.vet_email, max_length: 254, pii: true }
";
    ORDERING_MIXED = "ordering-mixed", Style, Warn, Adjustable,
        "Writers of one aggregate wait for each other only where all its events are `strict`: one that is not \
         overtakes those that are.",
        bad: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  portions: { type: int, from: cow.portions }
aggregate: { type: Cow, id: cow.id }
---
event_name: cow_milked
event_type: domain
description: A cow was milked.
owner: team-barn
inputs:
  cow: required
payload:
  teats: { type: int, from: cow.teats }
aggregate: { type: Cow, id: cow.id }
ordering: strict
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  portions: { type: int, from: cow.portions }
aggregate: { type: Cow, id: cow.id }
ordering: strict
---
event_name: cow_milked
event_type: domain
description: A cow was milked.
owner: team-barn
inputs:
  cow: required
payload:
  teats: { type: int, from: cow.teats }
aggregate: { type: Cow, id: cow.id }
ordering: strict
";
    ID_TYPE_MIXED = "id-type-mixed", Style, Warn, Adjustable,
        "Who follows a subject or an aggregate through its events compares its ids: they have one type in all \
         of them.",
        bad: r"
subjects: { cow: { description: A cow of ours., owner: team-barn } }
---
event_name: cow_fed
event_type: domain
subject: cow
description: A cow was fed.
inputs:
  cow: required
payload:
  cow_id: { type: uuid, from: cow.id }
---
event_name: cow_milked
event_type: domain
subject: cow
description: A cow was milked.
inputs:
  cow: required
payload:
  cow_id: { type: int, from: cow.id }
",
        good: r"
subjects: { cow: { description: A cow of ours., owner: team-barn } }
---
event_name: cow_fed
event_type: domain
subject: cow
description: A cow was fed.
inputs:
  cow: required
payload:
  cow_id: { type: uuid, from: cow.id }
---
event_name: cow_milked
event_type: domain
subject: cow
description: A cow was milked.
inputs:
  cow: required
payload:
  cow_id: { type: uuid, from: cow.id }
";
    COLLECTION_UNBOUNDED = "collection-unbounded", Style, Info, Adjustable,
        "A list or a map without `max_length` may hold any number of items, and so may every payload and buffer \
         that takes it.",
        bad: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  feeds: { type: list<int>, from: cow.feeds }
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  feeds: { type: list<int>, from: cow.feeds, max_length: 20 }
";
    MONEY_CURRENCY_REQUIRED = "money-currency-required", Style, Info, Adjustable,
        "An amount of money says its currency, by a field beside it or by its unit, or somebody adds euros to \
         dollars.",
        bad: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  price: { type: decimal, from: cow.price }
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  price: { type: decimal, from: cow.price }
  currency: { type: { enum: [eur, usd] }, from: cow.currency }
";
    ENUM_SINGLE_VALUE = "enum-single-value", Style, Info, Adjustable,
        "An enum with one value tells nothing, and the second value is a breaking change: it is most likely not \
         finished.",
        bad: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  mood: { type: { enum: [calm] }, from: cow.mood }
",
        good: r"
event_name: cow_fed
event_type: domain
description: A cow was fed.
owner: team-barn
inputs:
  cow: required
payload:
  mood: { type: { enum: [calm, hungry] }, from: cow.mood }
";
}
