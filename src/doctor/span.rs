use std::time::Duration;

const UNITS: [(u64, &str); 4] = [(86_400, "d"), (3_600, "h"), (60, "m"), (1, "s")];

/// A time in the units of `evt.toml`, cut after the second one: `3s`, `12m 5s`, `2d 4h`.
pub(super) fn span(time: Duration) -> String {
    let mut rest = time.as_secs();
    let parts = UNITS.iter().map(|(size, unit)| {
        let number = rest / size;
        rest %= size;
        (number, *unit)
    });
    let parts: Vec<_> = parts.skip_while(|(number, _)| *number == 0).take(2).collect();
    let told = parts.iter().filter(|(number, _)| *number > 0);
    let told: Vec<_> = told.map(|(number, unit)| format!("{number}{unit}")).collect();
    if told.is_empty() { "0s".to_owned() } else { told.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::{Duration, span};

    #[test]
    fn a_time_is_told_in_two_units() {
        for (seconds, told) in
            [(0, "0s"), (59, "59s"), (300, "5m"), (725, "12m 5s"), (3_605, "1h"), (187_200, "2d 4h")]
        {
            assert_eq!(span(Duration::from_secs(seconds)), told);
        }
    }
}
