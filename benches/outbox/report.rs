//! The report: a Markdown table on stdout, and a line for each target that is missed.

use crate::arguments::Arguments;
use crate::database::Kind;
use crate::series::Series;

/// One thing that was measured.
pub(crate) struct Line {
    pub(crate) kind: Kind,
    pub(crate) what: String,
    /// What `evt` takes.
    pub(crate) evt: String,
    /// What the same takes without it.
    pub(crate) plain: String,
    pub(crate) figure: Figure,
    pub(crate) budget: Budget,
}

/// What is held against the budget, and its unit.
pub(crate) struct Figure(pub(crate) f64, pub(crate) &'static str);

/// What the figure must stay within.
pub(crate) enum Budget {
    AtMost(f64),
    /// And what the memory, in MiB, is and may be.
    AtLeastWithin {
        least: f64,
        memory: (f64, f64),
    },
}

/// Whether a target is met.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    Met,
    Missed,
}

impl Line {
    pub(crate) fn verdict(&self) -> Verdict {
        let is_met = match self.budget {
            Budget::AtMost(most) => self.figure.0 <= most,
            Budget::AtLeastWithin { least, memory: (peak, most) } => self.figure.0 >= least && peak <= most,
        };
        if is_met { Verdict::Met } else { Verdict::Missed }
    }

    fn aim(&self) -> String {
        match self.budget {
            Budget::AtMost(most) => format!("≤ {most}"),
            Budget::AtLeastWithin { least, memory: (_, most) } => format!("≥ {least}, ≤ {most} MiB"),
        }
    }
}

/// Prints the table.
pub(crate) fn table(arguments: &Arguments, lines: &[Line]) {
    println!("\n{} published and {} dead rows\n", arguments.rows, arguments.dead());
    println!("| | case | `evt` | without | figure | aim | |\n|---|---|---|---|---|---|---|");
    for line in lines {
        let Line { kind, what, evt, plain, figure: Figure(figure, unit), .. } = line;
        let verdict = if line.verdict() == Verdict::Met { "ok" } else { "MISSED" };
        let (kind, aim) = (kind.name(), line.aim());
        println!("| {kind} | {what} | {evt} | {plain} | {figure:.2} {unit} | {aim} | {verdict} |");
    }
}

/// Says which targets are missed.
pub(crate) fn missed(lines: &[&Line]) {
    for line in lines {
        let Line { kind, what, figure: Figure(figure, unit), .. } = line;
        println!("missed: {}, {what}: {figure:.2} {unit}, aim {}", kind.name(), line.aim());
    }
}

/// The median of times in milliseconds, and between which of them the middle half lies.
pub(crate) fn milliseconds(times: &Series) -> String {
    let (low, high) = times.middle_half();
    format!("{:.1} ms ({low:.1} – {high:.1})", times.median())
}

/// The same in seconds.
pub(crate) fn seconds(times: &Series) -> String {
    let (low, high) = times.middle_half();
    format!("{:.2} s ({:.2} – {:.2})", times.median() / 1e3, low / 1e3, high / 1e3)
}
