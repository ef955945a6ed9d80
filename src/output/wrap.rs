/// The least columns for text beside a heading; with fewer it stands below.
const LEAST: usize = 30;

/// How far text below a heading is indented.
const INDENT: usize = 4;

/// Text behind a heading, in lines of at most `room` characters.
pub(super) fn beside(heading: &str, text: &str, room: usize) -> String {
    let column = heading.chars().count() + 1;
    let (head, indent) = if room < column + LEAST {
        (format!("{}\n{}", heading.trim_end(), " ".repeat(INDENT)), INDENT)
    } else {
        (format!("{heading} "), column)
    };
    let lines = wrapped(text, room.saturating_sub(indent));
    format!("{head}{}\n", lines.join(&format!("\n{}", " ".repeat(indent))))
}

/// Words in lines of at most `room` characters; a longer word has a line of its own.
fn wrapped(text: &str, room: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_stands_beside_its_heading_or_below_it() {
        let text = "one two three four five six seven eight";
        let shown = "id  error one two three four five six\n          seven eight\n";
        assert_eq!(beside("id  error", text, 40), shown);
        let shown = "id  error\n    one two three four five\n    six seven eight\n";
        assert_eq!(beside("id  error ", text, 30), shown);
    }
}
