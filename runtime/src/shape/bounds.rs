use std::sync::OnceLock;

use regex_lite::Regex;
use rust_decimal::Decimal;

/// What narrows a type. Lengths count Unicode scalar values of strings, items of lists and members of maps.
///
/// ```
/// use evt_runtime::shape::{Bounds, Number};
///
/// static AGE: Bounds = Bounds::NONE.min(Number::Int(0)).max(Number::Int(40));
/// assert!(AGE.min.is_some() && AGE.max_length.is_none());
/// ```
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// The smallest number.
    pub min: Option<Number>,
    /// The largest number.
    pub max: Option<Number>,
    /// The least length.
    pub min_length: Option<u64>,
    /// The greatest length.
    pub max_length: Option<u64>,
    /// What a string holds somewhere.
    pub pattern: Option<&'static Pattern>,
}

/// A bound, in the arithmetic of the type that it bounds.
///
/// ```
/// use evt_runtime::shape::{Bounds, Number};
///
/// static PRICE: Bounds = Bounds::NONE.min(Number::Decimal("0.01"));
/// assert!(matches!(PRICE.min, Some(Number::Decimal("0.01"))));
/// ```
#[derive(Clone, Copy, Debug)]
pub enum Number {
    /// Of an `int`.
    Int(i64),
    /// Of a `float`.
    Float(f64),
    /// Of a `decimal`, as text.
    Decimal(&'static str),
}

/// A regular expression of the `regex-lite` crate, which never backtracks; compiled when it is first needed.
///
/// ```
/// use evt_runtime::shape::{Bounds, Pattern};
///
/// static SKU: Pattern = Pattern::new("^[A-Z]{3}-[0-9]+$");
/// static BOUNDS: Bounds = Bounds::NONE.pattern(&SKU);
/// assert!(BOUNDS.pattern.is_some());
/// ```
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// The pattern `text`.
    ///
    /// ```
    /// use evt_runtime::shape::Pattern;
    ///
    /// static SKU: Pattern = Pattern::new("^[A-Z]{3}-[0-9]+$");
    /// ```
    #[must_use]
    pub const fn new(text: &'static str) -> Self {
        Self { text, compiled: OnceLock::new() }
    }

    /// Whether `text` holds what the pattern looks for. A pattern that cannot be compiled admits everything: `evt dump`
    /// refuses such ones, and history may hold them.
    fn admits(&self, text: &str) -> bool {
        let compiled = self.compiled.get_or_init(|| Regex::new(self.text).ok());
        compiled.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

impl Bounds {
    /// No bounds.
    ///
    /// ```
    /// use evt_runtime::shape::Bounds;
    ///
    /// assert!(Bounds::NONE.min.is_none());
    /// ```
    pub const NONE: Self = Self { min: None, max: None, min_length: None, max_length: None, pattern: None };

    /// With a smallest number.
    ///
    /// ```
    /// use evt_runtime::shape::{Bounds, Number};
    ///
    /// assert!(Bounds::NONE.min(Number::Float(0.5)).min.is_some());
    /// ```
    #[must_use]
    pub const fn min(self, min: Number) -> Self {
        Self { min: Some(min), ..self }
    }

    /// With a largest number.
    ///
    /// ```
    /// use evt_runtime::shape::{Bounds, Number};
    ///
    /// assert!(Bounds::NONE.max(Number::Float(0.5)).max.is_some());
    /// ```
    #[must_use]
    pub const fn max(self, max: Number) -> Self {
        Self { max: Some(max), ..self }
    }

    /// With a least length.
    ///
    /// ```
    /// use evt_runtime::shape::Bounds;
    ///
    /// assert_eq!(Bounds::NONE.min_length(1).min_length, Some(1));
    /// ```
    #[must_use]
    pub const fn min_length(self, length: u64) -> Self {
        Self { min_length: Some(length), ..self }
    }

    /// With a greatest length.
    ///
    /// ```
    /// use evt_runtime::shape::Bounds;
    ///
    /// assert_eq!(Bounds::NONE.max_length(80).max_length, Some(80));
    /// ```
    #[must_use]
    pub const fn max_length(self, length: u64) -> Self {
        Self { max_length: Some(length), ..self }
    }

    /// With a pattern.
    ///
    /// ```
    /// use evt_runtime::shape::{Bounds, Pattern};
    ///
    /// static SKU: Pattern = Pattern::new("^[A-Z]{3}");
    /// assert!(Bounds::NONE.pattern(&SKU).pattern.is_some());
    /// ```
    #[must_use]
    pub const fn pattern(self, pattern: &'static Pattern) -> Self {
        Self { pattern: Some(pattern), ..self }
    }

    pub(crate) fn refuses_int(&self, number: i64) -> Option<String> {
        let bound = |bound: Number| if let Number::Int(bound) = bound { Some(bound) } else { None };
        outside(number, self.min.and_then(bound), self.max.and_then(bound))
    }

    pub(crate) fn refuses_float(&self, number: f64) -> Option<String> {
        let bound = |bound: Number| if let Number::Float(bound) = bound { Some(bound) } else { None };
        outside(number, self.min.and_then(bound), self.max.and_then(bound))
    }

    pub(crate) fn refuses_decimal(&self, number: Decimal) -> Option<String> {
        let bound = |bound: Number| if let Number::Decimal(text) = bound { text.parse().ok() } else { None };
        outside(number, self.min.and_then(bound), self.max.and_then(bound))
    }

    /// What is wrong with a string: its length first.
    pub(crate) fn refuses_text(&self, text: &str) -> Option<String> {
        let is_measured = self.min_length.is_some() || self.max_length.is_some();
        let of_length = if is_measured { self.refuses_length(text.chars().count()) } else { None };
        of_length.or_else(|| {
            let pattern = self.pattern.filter(|pattern| !pattern.admits(text))?;
            Some(format!("does not match `{}`", pattern.text))
        })
    }

    pub(crate) fn refuses_length(&self, length: usize) -> Option<String> {
        let length = u64::try_from(length).unwrap_or(u64::MAX);
        if let Some(min) = self.min_length.filter(|min| length < *min) {
            return Some(format!("has a length of {length}, the least is {min}"));
        }
        let max = self.max_length.filter(|max| length > *max)?;
        Some(format!("has a length of {length}, the most is {max}"))
    }
}

/// Says which bound is passed, not by what: values may be personal data, and errors are logged.
fn outside<N: Copy + PartialOrd + std::fmt::Display>(
    number: N,
    min: Option<N>,
    max: Option<N>,
) -> Option<String> {
    if let Some(min) = min.filter(|min| number < *min) {
        return Some(format!("is less than the minimum {min}"));
    }
    let max = max.filter(|max| number > *max)?;
    Some(format!("is more than the maximum {max}"))
}
