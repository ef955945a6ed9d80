//! Rules of style.

rules! {
    EVENT_DESCRIPTION_REQUIRED = "event-description-required", Style, Warn, Adjustable,
        "Who finds the event in the catalog should learn what happened.",
        bad: "",
        good: "";
    EVENT_OWNER_REQUIRED = "event-owner-required", Style, Warn, Adjustable,
        "Who breaks on a change needs somebody to ask.",
        bad: "",
        good: "";
    EVENT_NAME_TENSE = "event-name-tense", Style, Warn, Adjustable,
        "An event tells what happened, so its name ends in the past tense.",
        bad: "",
        good: "";
    SUBJECT_DESCRIPTION_REQUIRED = "subject-description-required", Style, Warn, Adjustable,
        "A subject says what it stands for.",
        bad: "",
        good: "";
    SUBJECT_UNUSED = "subject-unused", Style, Warn, Adjustable,
        "A subject without events may be a leftover.",
        bad: "",
        good: "";
    TYPE_UNUSED = "type-unused", Style, Warn, Adjustable,
        "A named type without users may be a leftover.",
        bad: "",
        good: "";
    STRING_UNBOUNDED = "string-unbounded", Style, Info, Adjustable,
        "A string without `max_length` may be of any size, and so may every column and buffer that takes it.",
        bad: "",
        good: "";
    FIELD_UNIT_REQUIRED = "field-unit-required", Style, Info, Adjustable,
        "A number that measures something says in which unit.",
        bad: "",
        good: "";
    NOT_FORMATTED = "not-formatted", Style, Error, Fixed,
        "One layout for all files keeps differences to what was changed.",
        bad: "",
        good: "";
}
