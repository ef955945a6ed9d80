//! `evt dump` with Rust against without, where nothing changed.

use crate::project::Project;
use crate::{Outcome, median};

/// Measures and prints; the two take turns, so that both meet the same machine.
pub(crate) fn measure(events: usize, runs: usize) -> Outcome<()> {
    let plain = Project::lay_out("plain", events, "")?;
    let rust = Project::lay_out("rust", events, "[generate.rust]\npath = \"src/events.rs\"\n")?;
    let (mut without, mut with) = (Vec::new(), Vec::new());
    for project in [&plain, &rust] {
        project.dump()?;
    }
    for _ in 0..runs {
        without.push(plain.dump()?);
        with.push(rust.dump()?);
    }
    let (without, with) = (median(without), median(with));
    let bytes = std::fs::metadata(rust.folder.join("src/events.rs"))?.len();
    println!("evt dump, {events} events, nothing changed");
    println!("  without Rust  {without:.1?}");
    println!("  with Rust     {with:.1?}, {:.2} times as long", with.as_secs_f64() / without.as_secs_f64());
    println!("  the Rust      {} kB", bytes / 1_000);
    Ok(())
}
