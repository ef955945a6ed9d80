//! Text in columns, as wide as a terminal shows it.

/// What divides two columns.
const GAP: usize = 2;

/// Rows with their cells below each other; the last cell of a row is as long as it is.
pub(crate) fn aligned(rows: &[Vec<String>], indent: usize) -> String {
    let widths = widths(rows);
    let mut out = String::new();
    for row in rows {
        let mut line = " ".repeat(indent);
        for (cell, wanted) in row.iter().zip(&widths) {
            line.push_str(cell);
            line.push_str(&" ".repeat(wanted - width(cell) + GAP));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// Makes rows fit into `room` columns of a terminal. Columns whose headings, the first row, `give_way` are shortened as
/// far as the heading allows, then left out one after the other; the rest is cut where there is no other way.
pub(crate) fn arranged(rows: &[Vec<String>], room: usize, give_way: &[&str]) -> Vec<Vec<String>> {
    let mut kept = rows.to_vec();
    for gone in std::iter::once(None).chain(give_way.iter().map(Some)) {
        if let Some(heading) = gone {
            leave_out(&mut kept, heading);
        }
        let mut wanted = widths(&kept);
        let least = least_widths(&kept, &wanted, give_way);
        shrink(&mut wanted, &least, room);
        if total(&wanted) <= room {
            return shortened_to(&kept, &wanted);
        }
    }
    fitted(&kept, room)
}

/// Makes rows fit into `room` columns of a terminal, step by step and no further than needed: each of `cuts` shortens a
/// column, named by its heading in the first row, to no less than so many columns; where all of them are not enough the
/// first of `leave_out` goes, and so on.
pub(crate) fn narrowed(
    rows: Vec<Vec<String>>,
    room: usize,
    cuts: &[(&str, usize)],
    leave_out: &[&str],
) -> Vec<Vec<String>> {
    let mut kept = rows;
    let mut next = leave_out.iter();
    loop {
        let mut wanted = widths(&kept);
        for (heading, least) in cuts {
            cut(&kept, &mut wanted, heading, *least, room);
        }
        if total(&wanted) <= room {
            return shortened_to(&kept, &wanted);
        }
        match next.next() {
            Some(heading) => self::leave_out(&mut kept, heading),
            None => return fitted(&kept, room),
        }
    }
}

/// Whether rows fit into `room` columns of a terminal as they are.
pub(crate) fn fits(rows: &[Vec<String>], room: usize) -> bool {
    total(&widths(rows)) <= room
}

fn cut(rows: &[Vec<String>], wanted: &mut [usize], heading: &str, least: usize, room: usize) {
    let too_much = total(wanted).saturating_sub(room);
    let column = rows.first().and_then(|headings| headings.iter().position(|other| other == heading));
    if let Some(wanted) = column.and_then(|column| wanted.get_mut(column)) {
        *wanted = wanted.saturating_sub(too_much).max(least.min(*wanted));
    }
}

fn leave_out(rows: &mut [Vec<String>], heading: &str) {
    let column = rows.first().and_then(|headings| headings.iter().position(|other| other == heading));
    if let Some(column) = column {
        for row in rows {
            row.remove(column);
        }
    }
}

/// Shortens the cells of the widest columns until rows fit into `room` columns of a terminal. A column stays as wide
/// as its heading, the first row, unless there is no other way.
pub(crate) fn fitted(rows: &[Vec<String>], room: usize) -> Vec<Vec<String>> {
    let mut wanted = widths(rows);
    let headings: Vec<usize> =
        rows.first().map(|row| row.iter().map(|cell| width(cell)).collect()).unwrap_or_default();
    shrink(&mut wanted, &headings, room);
    shrink(&mut wanted, &vec![1; headings.len()], room);
    shortened_to(rows, &wanted)
}

/// As wide as its heading for a column that gives way, as wide as its cells for another one.
fn least_widths(rows: &[Vec<String>], wanted: &[usize], give_way: &[&str]) -> Vec<usize> {
    let headings = rows.first().map_or(&[][..], Vec::as_slice).iter().zip(wanted);
    headings
        .map(|(heading, wanted)| if give_way.contains(&heading.as_str()) { width(heading) } else { *wanted })
        .collect()
}

fn shortened_to(rows: &[Vec<String>], wanted: &[usize]) -> Vec<Vec<String>> {
    rows.iter()
        .map(|row| row.iter().zip(wanted).map(|(cell, wanted)| shortened(cell, *wanted)).collect())
        .collect()
}

fn total(widths: &[usize]) -> usize {
    widths.iter().map(|width| width + GAP).sum::<usize>().saturating_sub(GAP)
}

/// Takes from the widest of the columns that are wider than their least, the last one of equals first.
fn shrink(widths: &mut [usize], least: &[usize], room: usize) {
    let mut total = total(widths);
    while total > room {
        let shrinkable = widths.iter_mut().zip(least).filter(|(width, least)| **width > **least);
        let Some((widest, _)) = shrinkable.max_by_key(|(width, _)| **width) else { return };
        *widest -= 1;
        total -= 1;
    }
}

fn widths(rows: &[Vec<String>]) -> Vec<usize> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let cells = |column: usize| rows.iter().filter_map(move |row| row.get(column));
    (0..count).map(|column| cells(column).map(|cell| width(cell)).max().unwrap_or(0)).collect()
}

/// `text` in at most `room` columns; `…` stands for what is cut off.
fn shortened(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut left = room.saturating_sub(1);
    let fits = |c: &char| {
        let needed = char_width(*c);
        let fits = needed <= left;
        left = left.saturating_sub(needed);
        fits
    };
    let mut out: String = text.chars().take_while(fits).collect();
    out.push('…');
    out
}

fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// The columns that a character takes: none for marks upon others, two for East Asian wide ones and pictures (the
/// blocks of Unicode UAX #11 that matter).
fn char_width(c: char) -> usize {
    match u32::from(c) {
        0x0300..=0x036f | 0x200b..=0x200d | 0x20d0..=0x20ff | 0xfe00..=0xfe0f => 0,
        0x1100..=0x115f
        | 0x2e80..=0x303e
        | 0x3041..=0xa4cf
        | 0xac00..=0xd7a3
        | 0xf900..=0xfaff
        | 0xfe30..=0xfe6f
        | 0xff00..=0xff60
        | 0xffe0..=0xffe6
        | 0x1f300..=0x1f64f
        | 0x1f680..=0x1f6ff
        | 0x1f900..=0x1f9ff
        | 0x2_0000..=0x3_fffd => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(cells: &[&[&str]]) -> Vec<Vec<String>> {
        cells.iter().map(|row| row.iter().map(|cell| (*cell).to_owned()).collect()).collect()
    }

    #[test]
    fn cells_stand_below_each_other() {
        let text = aligned(&rows(&[&["A", "B"], &["牛牛", "x"], &["e\u{301}e", ""]]), 1);
        assert_eq!(text, " A     B\n 牛牛  x\n e\u{301}e\n");
    }

    #[test]
    fn the_widest_columns_give_way_first() {
        let table = fitted(&rows(&[&["EVENT", "NOTE"], &["a_very_long_event_name", "short"]]), 20);
        assert_eq!(aligned(&table, 0), "EVENT          NOTE\na_very_long_…  short\n");
    }

    #[test]
    fn columns_that_give_way_are_shortened_and_left_out_before_others_are_cut() {
        let table = rows(&[&["EVENT", "OWNER", "NOTE"], &["cow_fed", "team-barn", "short"]]);
        let shown = |room: usize| aligned(&arranged(&table, room, &["OWNER", "NOTE"]), 0);
        assert_eq!(shown(usize::MAX), aligned(&table, 0));
        assert_eq!(shown(21), "EVENT    OWNER  NOTE\ncow_fed  team…  short\n");
        assert_eq!(shown(14), "EVENT    NOTE\ncow_fed  short\n");
        assert_eq!(shown(10), "EVENT\ncow_fed\n");
        assert_eq!(shown(6), "EVENT\ncow_f…\n");
    }

    #[test]
    fn a_narrow_terminal_costs_headings_too() {
        let table = fitted(&rows(&[&["EVENT", "NOTE"], &["cow_fed", "short"]]), 7);
        assert!(aligned(&table, 0).lines().all(|line| width(line) <= 7));
        let table = fitted(&rows(&[&["EVENT", "NOTE"], &["cow_fed", "short"]]), 0);
        assert_eq!(aligned(&table, 0), "…  …\n…  …\n");
    }

    #[test]
    fn wide_characters_are_cut_whole() {
        assert_eq!(shortened("牛牛牛", 4), "牛…");
        assert_eq!(shortened("牛牛", 4), "牛牛");
    }
}
