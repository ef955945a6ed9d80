use crate::datum::Datum;

/// A value of a user's own type as the type that a payload field has: the same, or one that it turns into.
///
/// ```
/// let name: Option<String> = evt_runtime::convert("Bella".to_owned());
/// let age: i64 = evt_runtime::convert(7_i32);
/// # let _ = (name, age);
/// ```
pub fn convert<A, B: From<A>>(value: A) -> B {
    value.into()
}

/// A value, or the default of its field, where the input that it is read from is absent.
#[doc(hidden)]
pub fn or_default<T: Datum>(value: Option<T>, default: &str) -> T {
    value.unwrap_or_else(|| {
        let json = default.parse().expect("a default is JSON");
        T::read(json).expect("a default is of the type of its field")
    })
}
