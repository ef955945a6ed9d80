//! A value that is mostly its default: most fields have no constraints, and 100,000 events have a million fields.

use std::ops::{Deref, DerefMut};

/// A `T` that takes one pointer while it is its default.
#[derive(Clone, Debug)]
pub struct Rare<T>(Option<Box<T>>);

/// A type whose default is a constant.
pub trait Common: PartialEq + Sized + 'static {
    /// The default.
    const COMMON: &'static Self;
}

impl<T> Default for Rare<T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<T: Common> Rare<T> {
    /// Keeps `value`; the default takes no memory.
    #[must_use]
    pub fn new(value: T) -> Self {
        if value == *T::COMMON { Self(None) } else { Self(Some(Box::new(value))) }
    }

    /// Gives the memory back if the value is the default.
    pub fn settle(&mut self) {
        if self.0.as_deref() == Some(T::COMMON) {
            self.0 = None;
        }
    }

    /// Whether it is the default, and was never changed.
    #[must_use]
    pub fn is_common(&self) -> bool {
        self.0.is_none()
    }
}

impl<T: Common> Deref for Rare<T> {
    type Target = T;

    fn deref(&self) -> &T {
        self.0.as_deref().unwrap_or(T::COMMON)
    }
}

impl<T: Common + Clone> DerefMut for Rare<T> {
    fn deref_mut(&mut self) -> &mut T {
        self.0.get_or_insert_with(|| Box::new(T::COMMON.clone()))
    }
}

impl<T: Common> PartialEq for Rare<T> {
    fn eq(&self, other: &Self) -> bool {
        self.is_common() && other.is_common() || **self == **other
    }
}
