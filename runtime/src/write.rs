//! Writing: JSON text and what is wrong with it, in one pass.

use std::io::Write as _;

use serde_json::Value;

use crate::datum::Datum;
use crate::misfit::{Misfits, Trail};
use crate::record::Record;
use crate::shape::{Field, Item, Object};

/// How deep JSON values may be nested.
pub(crate) const MAX_DEPTH: usize = 100;

/// The JSON text of a payload.
///
/// # Errors
/// Everything that its types do not admit, by path.
///
/// ```
/// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
/// # use events::CowFed;
/// assert_eq!(evt_runtime::to_json(&CowFed::of(2.5))?, r#"{"weight":2.5}"#);
/// let misfits = evt_runtime::to_json(&CowFed::of(f64::NAN)).unwrap_err();
/// assert_eq!(misfits.to_string(), "`weight` is not finite");
/// # Ok::<(), evt_runtime::Misfits>(())
/// ```
pub fn to_json<R: Record>(record: &R) -> Result<String, Misfits> {
    let mut writer = Writer { out: Vec::with_capacity(256), trail: Trail::default() };
    writer.record(record);
    let text = String::from_utf8(writer.out).map_err(|error| Misfits::whole(error.to_string()))?;
    writer.trail.into_result(text)
}

/// Writes values of a payload; generated code does not call it itself.
///
/// ```
/// use evt_runtime::shape::Item;
/// use evt_runtime::{Datum, Writer};
///
/// /// A value of another type, written as the number that it is.
/// struct Litres(i64);
///
/// impl Datum for Litres {
///     fn write(&self, item: &Item, to: &mut Writer) {
///         self.0.write(item, to);
///     }
///
///     fn read(value: serde_json::Value) -> Option<Self> {
///         i64::read(value).map(Self)
///     }
/// }
/// ```
#[derive(Debug)]
pub struct Writer {
    out: Vec<u8>,
    trail: Trail,
}

/// Writes the fields of a record, in the order of its table.
///
/// ```
/// use evt_runtime::{Fields, Record};
///
/// fn write<R: Record>(record: &R, to: &mut Fields<'_>) {
///     record.write(to);
/// }
/// ```
#[derive(Debug)]
pub struct Fields<'w> {
    writer: &'w mut Writer,
    table: std::slice::Iter<'static, Field>,
    is_empty: bool,
}

impl Fields<'_> {
    /// Writes the next field.
    ///
    /// ```
    /// fn write(weight: f64, to: &mut evt_runtime::Fields<'_>) {
    ///     to.field(&weight);
    /// }
    /// ```
    pub fn field<T: Datum>(&mut self, value: &T) {
        if let Some(field) = self.table.next() {
            value.write_field(field, self);
        }
    }

    /// Writes a field that is there.
    pub(crate) fn entry<T: Datum>(&mut self, field: &'static Field, value: &T) {
        let writer = &mut *self.writer;
        writer.out.push(if self.is_empty { b'{' } else { b',' });
        self.is_empty = false;
        writer.out.push(b'"');
        // Names of fields are snake_case; history may hold others.
        if field.name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_') {
            writer.out.extend_from_slice(field.name.as_bytes());
            writer.out.push(b'"');
        } else {
            writer.out.pop();
            writer.json(field.name);
        }
        writer.out.push(b':');
        writer.trail.enter_field(field.name);
        value.write(&field.item, writer);
        writer.trail.leave();
    }
}

impl Writer {
    /// Writes a record as an object.
    ///
    /// ```
    /// # mod events { include!(concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/farm.rs")); }
    /// # use events::CowFed;
    /// fn write(event: &CowFed, to: &mut evt_runtime::Writer) {
    ///     to.record(event);
    /// }
    /// ```
    pub fn record<R: Record>(&mut self, record: &R) {
        let shape: &'static Object = R::shape();
        let mut fields = Fields { writer: self, table: shape.fields.iter(), is_empty: true };
        record.write(&mut fields);
        if fields.is_empty {
            self.out.push(b'{');
        }
        self.out.push(b'}');
    }

    pub(crate) fn refuse(&mut self, message: impl Into<String>) {
        self.trail.refuse(message);
    }

    pub(crate) fn refuse_if(&mut self, message: Option<String>) {
        if let Some(message) = message {
            self.refuse(message);
        }
    }

    pub(crate) fn null(&mut self, item: &Item) {
        if !item.nullable {
            self.refuse("must not be null");
        }
        self.raw("null");
    }

    pub(crate) fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
    }

    /// A value whose text needs no escapes, as a string; gives the text.
    pub(crate) fn shown(&mut self, value: &impl std::fmt::Display) -> &str {
        self.out.push(b'"');
        let start = self.out.len();
        if let Err(error) = write!(self.out, "{value}") {
            self.refuse(error.to_string());
        }
        let end = self.out.len();
        self.out.push(b'"');
        std::str::from_utf8(&self.out[start..end]).unwrap_or_default()
    }

    /// A string that needs no escapes.
    pub(crate) fn plain_text(&mut self, text: &str) {
        self.out.push(b'"');
        self.raw(text);
        self.out.push(b'"');
    }

    pub(crate) fn text(&mut self, text: &str, item: &Item) {
        if text.contains('\0') {
            self.refuse("holds U+0000");
        }
        if let Some(bounds) = item.bounds {
            self.refuse_if(bounds.refuses_text(text));
        }
        self.json(text);
    }

    /// A word of an enum.
    #[doc(hidden)]
    pub fn word(&mut self, word: &str, item: &Item) {
        if let crate::shape::Kind::Choice(words) = item.kind
            && !words.open
            && !words.words.contains(&word)
        {
            self.refuse("is none of the enum's values");
        }
        self.text(word, item);
    }

    /// Any value of which nothing is to be checked.
    pub(crate) fn json<T: serde::Serialize + ?Sized>(&mut self, value: &T) {
        if let Err(error) = serde_json::to_writer(&mut self.out, value) {
            self.refuse(error.to_string());
        }
    }

    pub(crate) fn value(&mut self, value: &Value) {
        match crate::check::unfit_json(value) {
            Some(message) => {
                self.refuse(message);
                self.raw("null");
            }
            None => self.json(value),
        }
    }

    pub(crate) fn list<T: Datum>(&mut self, values: &[T], item: &Item, inner: &Item) {
        if let Some(bounds) = item.bounds {
            self.refuse_if(bounds.refuses_length(values.len()));
        }
        self.out.push(b'[');
        for (index, value) in values.iter().enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.trail.enter_index(index);
            value.write(inner, self);
            self.trail.leave();
        }
        self.out.push(b']');
    }

    pub(crate) fn map<'m, T: Datum + 'm>(
        &mut self,
        members: impl ExactSizeIterator<Item = (&'m String, &'m T)>,
        item: &Item,
        inner: &Item,
    ) {
        if let Some(bounds) = item.bounds {
            self.refuse_if(bounds.refuses_length(members.len()));
        }
        self.out.push(b'{');
        for (index, (key, value)) in members.enumerate() {
            if index > 0 {
                self.out.push(b',');
            }
            self.trail.enter_key(key);
            if key.contains('\0') {
                self.refuse("has a key that holds U+0000");
            }
            self.json(key);
            self.out.push(b':');
            value.write(inner, self);
            self.trail.leave();
        }
        self.out.push(b'}');
    }
}
