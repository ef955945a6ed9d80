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
