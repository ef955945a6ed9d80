//! What a payload looks like, as static tables that generated code fills in.
//!
//! ```
//! use evt_runtime::shape::{Bounds, Field, Item, Kind, Number, Object};
//!
//! static COW_FED: Object = Object::open(&[
//!     Field::required("weight", Item::of(Kind::Float).bounded(&Bounds::NONE.min(Number::Float(0.0)))),
//!     Field::optional("note", Item::of(Kind::String).nullable()),
//! ]);
//! assert_eq!(COW_FED.fields[0].name, "weight");
//! ```

mod bounds;

pub use bounds::{Bounds, Number, Pattern};

/// The fields of a payload or of an object in it.
///
/// ```
/// use evt_runtime::shape::{Field, Item, Kind, Object};
///
/// static COW: Object = Object::open(&[Field::required("name", Item::of(Kind::String))]);
/// assert_eq!(COW.fields.len(), 1);
/// ```
#[derive(Debug)]
pub struct Object {
    /// In declared order.
    pub fields: &'static [Field],
    /// What a reader does with members that are no fields.
    pub unknown: Unknown,
}

/// What a reader does with members that it does not know.
///
/// ```
/// use evt_runtime::shape::{Field, Item, Kind, Object, Unknown};
///
/// static COW: Object = Object::sealed(&[Field::required("name", Item::of(Kind::String))]);
/// assert_eq!(COW.unknown, Unknown::Reject);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unknown {
    /// Reads past them.
    Ignore,
    /// Refuses the payload.
    Reject,
}

/// One field.
///
/// ```
/// use evt_runtime::shape::{Field, Item, Kind};
///
/// static NOTE: Field = Field::optional("note", Item::of(Kind::String));
/// assert_eq!(NOTE.name, "note");
/// ```
#[derive(Debug)]
pub struct Field {
    /// Its name in the payload.
    pub name: &'static str,
    /// Whether it may be left out.
    pub presence: Presence,
    /// What it holds.
    pub item: Item,
}

/// Whether a field may be left out.
///
/// ```
/// use evt_runtime::shape::{Field, Item, Kind, Presence};
///
/// static NOTE: Field = Field::optional("note", Item::of(Kind::String));
/// assert_eq!(NOTE.presence, Presence::Optional);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Presence {
    /// No.
    Required,
    /// Yes; `null` is not the same, unless the field is nullable.
    Optional,
    /// Yes; readers take this value instead, as JSON text. It is always written.
    Default(&'static str),
}

/// A type with what narrows it.
///
/// ```
/// use evt_runtime::shape::{Item, Kind};
///
/// static NOTE: Item = Item::of(Kind::String).nullable();
/// assert!(NOTE.nullable && NOTE.bounds.is_none());
/// ```
#[derive(Debug)]
pub struct Item {
    /// The type.
    pub kind: Kind,
    /// Whether `null` is a value.
    pub nullable: bool,
    /// What narrows it.
    pub bounds: Option<&'static Bounds>,
}

/// The type of a value, and what JSON it is.
///
/// ```
/// use evt_runtime::shape::{Item, Kind};
///
/// static NAMES: Item = Item::of(Kind::List(&Item::of(Kind::String)));
/// assert!(matches!(NAMES.kind, Kind::List(_)));
/// ```
#[derive(Debug)]
pub enum Kind {
    /// A string without NUL.
    String,
    /// A whole number, 64 bits, signed.
    Int,
    /// A finite number.
    Float,
    /// A truth value.
    Bool,
    /// A string such as `12.50`, at most 28 digits.
    Decimal,
    /// A string: a UUID (RFC 9562).
    Uuid,
    /// A string: an instant (RFC 3339).
    Timestamp,
    /// A string: a day, `YYYY-MM-DD`.
    Date,
    /// A string: padded base64 (RFC 4648).
    Bytes,
    /// Anything that JSON can say.
    Json,
    /// An array.
    List(&'static Item),
    /// An object with keys of the writer's choice.
    Map(&'static Item),
    /// One of a few strings.
    Choice(&'static Words),
    /// An object with declared fields.
    Object(&'static Object),
}

/// The words of an enum.
///
/// ```
/// use evt_runtime::shape::Words;
///
/// static MOODS: Words = Words::open(&["calm", "hungry"]);
/// assert!(MOODS.open);
/// ```
#[derive(Debug)]
pub struct Words {
    /// The declared ones.
    pub words: &'static [&'static str],
    /// Whether others may come.
    pub open: bool,
}

impl Object {
    /// An object whose reader ignores what it does not know.
    ///
    /// ```
    /// use evt_runtime::shape::{Field, Item, Kind, Object, Unknown};
    ///
    /// static COW: Object = Object::open(&[Field::required("name", Item::of(Kind::String))]);
    /// assert_eq!(COW.unknown, Unknown::Ignore);
    /// ```
    #[must_use]
    pub const fn open(fields: &'static [Field]) -> Self {
        Self { fields, unknown: Unknown::Ignore }
    }

    /// An object whose reader refuses what it does not know.
    ///
    /// ```
    /// use evt_runtime::shape::{Field, Item, Kind, Object, Unknown};
    ///
    /// static COW: Object = Object::sealed(&[Field::required("name", Item::of(Kind::String))]);
    /// assert_eq!(COW.unknown, Unknown::Reject);
    /// ```
    #[must_use]
    pub const fn sealed(fields: &'static [Field]) -> Self {
        Self { fields, unknown: Unknown::Reject }
    }
}

impl Field {
    /// A field that is always there.
    ///
    /// ```
    /// use evt_runtime::shape::{Field, Item, Kind, Presence};
    ///
    /// static NAME: Field = Field::required("name", Item::of(Kind::String));
    /// assert_eq!(NAME.presence, Presence::Required);
    /// ```
    #[must_use]
    pub const fn required(name: &'static str, item: Item) -> Self {
        Self { name, presence: Presence::Required, item }
    }

    /// A field that may be left out.
    ///
    /// ```
    /// use evt_runtime::shape::{Field, Item, Kind, Presence};
    ///
    /// static NOTE: Field = Field::optional("note", Item::of(Kind::String));
    /// assert_eq!(NOTE.presence, Presence::Optional);
    /// ```
    #[must_use]
    pub const fn optional(name: &'static str, item: Item) -> Self {
        Self { name, presence: Presence::Optional, item }
    }

    /// A field that is read as `default`, JSON text, where it was left out.
    ///
    /// ```
    /// use evt_runtime::shape::{Field, Item, Kind, Presence};
    ///
    /// static CURRENCY: Field = Field::defaulted("currency", "\"eur\"", Item::of(Kind::String));
    /// assert_eq!(CURRENCY.presence, Presence::Default("\"eur\""));
    /// ```
    #[must_use]
    pub const fn defaulted(name: &'static str, default: &'static str, item: Item) -> Self {
        Self { name, presence: Presence::Default(default), item }
    }
}

impl Item {
    /// A type, not narrowed.
    ///
    /// ```
    /// use evt_runtime::shape::{Item, Kind};
    ///
    /// static WEIGHT: Item = Item::of(Kind::Float);
    /// assert!(!WEIGHT.nullable);
    /// ```
    #[must_use]
    pub const fn of(kind: Kind) -> Self {
        Self { kind, nullable: false, bounds: None }
    }

    /// The same, or `null`.
    ///
    /// ```
    /// use evt_runtime::shape::{Item, Kind};
    ///
    /// assert!(Item::of(Kind::Float).nullable().nullable);
    /// ```
    #[must_use]
    pub const fn nullable(self) -> Self {
        Self { nullable: true, ..self }
    }

    /// The same, narrowed.
    ///
    /// ```
    /// use evt_runtime::shape::{Bounds, Item, Kind};
    ///
    /// static NAME: Item = Item::of(Kind::String).bounded(&Bounds::NONE.max_length(80));
    /// assert!(NAME.bounds.is_some());
    /// ```
    #[must_use]
    pub const fn bounded(self, bounds: &'static Bounds) -> Self {
        Self { bounds: Some(bounds), ..self }
    }
}

impl Words {
    /// Words that are all.
    ///
    /// ```
    /// use evt_runtime::shape::Words;
    ///
    /// assert!(!Words::closed(&["calm", "hungry"]).open);
    /// ```
    #[must_use]
    pub const fn closed(words: &'static [&'static str]) -> Self {
        Self { words, open: false }
    }

    /// Words besides which others may come.
    ///
    /// ```
    /// use evt_runtime::shape::Words;
    ///
    /// assert!(Words::open(&["calm", "hungry"]).open);
    /// ```
    #[must_use]
    pub const fn open(words: &'static [&'static str]) -> Self {
        Self { words, open: true }
    }
}
