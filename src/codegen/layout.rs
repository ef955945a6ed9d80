//! Expressions and types, laid out as rustfmt leaves them: style edition 2021, `max_width = 100`, all else default.

mod expr;
mod rust_path;

pub(super) use expr::Expr;
pub(super) use rust_path::Type;

/// The last column that a line may reach.
pub(super) const MAX_WIDTH: usize = 100;
/// The widest arguments of an attribute on one line (`attr_fn_like_width`).
const MAX_ATTRIBUTE: usize = 70;
/// The widest fields of a struct's literal on one line (`struct_lit_width`).
const MAX_LITERAL: usize = 18;
const STEP: usize = 4;

/// A line that is being written.
#[derive(Clone, Copy)]
struct At {
    /// Where the line starts.
    indent: usize,
    /// Where the next character stands.
    column: usize,
    /// How much follows the last character.
    after: usize,
    /// How many brackets of what holds it are closed behind it, if it is broken.
    closers: usize,
}

impl At {
    fn new(indent: usize, column: usize, after: usize) -> Self {
        Self { indent, column, after, closers: 0 }
    }
}

pub(super) fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

/// The width of the first line.
fn first_line(text: &str) -> usize {
    text.find('\n').unwrap_or(text.len())
}

/// The right side of `prefix right`: on the same line, or on the next one where it looks better there.
fn beside(prefix: &str, indent: usize, right: impl Fn(usize, usize) -> String) -> String {
    let same = right(indent, indent + prefix.len() + 1);
    let fits = |text: &str, column: usize| !text.contains('\n') && column + text.len() < MAX_WIDTH;
    if fits(&same, indent + prefix.len() + 1) {
        return format!("{prefix} {same}");
    }
    let next = right(indent + STEP, indent + STEP);
    let lines = |text: &str| text.matches('\n').count();
    let is_too_wide = indent + prefix.len() + 1 + first_line(&same) > MAX_WIDTH;
    let ends = |text: &str, c: char| text[..first_line(text)].ends_with(c);
    let opens_less = ['(', '{', '['].into_iter().any(|open| ends(&same, open) && !ends(&next, open));
    if fits(&next, indent + STEP) || lines(&same) > lines(&next) + 1 || is_too_wide || opens_less {
        let mut out = prefix.to_owned();
        new_line(&mut out, indent + STEP);
        out.push_str(&next);
        return out;
    }
    format!("{prefix} {same}")
}

/// `prefix expr;`
pub(super) fn assignment(prefix: &str, indent: usize, expr: &Expr) -> String {
    beside(prefix, indent, |indent, column| expr.behind(indent, column, 1)) + ";"
}

/// `prefix type`, with one more character behind it.
pub(super) fn typed(prefix: &str, indent: usize, of: &Type) -> String {
    beside(prefix, indent, |indent, column| of.behind(indent, column, 1))
}

/// `fn name(params) -> result` with `end` behind it; each parameter on its own line where one line is too narrow.
pub(super) fn signature(head: &str, params: &[String], result: &Type, indent: usize, end: &str) -> String {
    let flat = format!("{head}({}) -> {}{end}", params.join(", "), result.flat());
    if indent + flat.len() <= MAX_WIDTH {
        return flat;
    }
    let mut out = format!("{head}(");
    for param in params {
        new_line(&mut out, indent + STEP);
        out.push_str(param);
        out.push(',');
    }
    new_line(&mut out, indent);
    out.push_str(") -> ");
    out.push_str(&result.behind(indent, indent + 5, end.len()));
    out.push_str(end);
    out
}

/// `#[path(args)]`
pub(super) fn attribute(path: &str, args: &[String], indent: usize) -> String {
    let flat = args.join(", ");
    let width = indent + path.len() + flat.len() + "#[()]".len();
    if flat.len() <= MAX_ATTRIBUTE && width <= MAX_WIDTH {
        return format!("#[{path}({flat})]");
    }
    let mut out = format!("#[{path}(");
    for (index, arg) in args.iter().enumerate() {
        new_line(&mut out, indent + STEP);
        out.push_str(arg);
        if index + 1 < args.len() {
            out.push(',');
        }
    }
    new_line(&mut out, indent);
    out.push_str(")]");
    out
}

/// `name { field: expr, … }`, with `after` characters behind it.
pub(super) fn literal(name: &str, fields: &[(String, Expr)], indent: usize) -> String {
    if fields.is_empty() {
        return format!("{name} {{}}");
    }
    // More fields than these are wider, whatever their names.
    if fields.len() <= 3 {
        let flat: Option<Vec<String>> =
            fields.iter().map(|(field, expr)| Some(format!("{field}: {}", expr.flat()?))).collect();
        if let Some(flat) = flat.map(|flat| flat.join(", ")).filter(|flat| flat.len() <= MAX_LITERAL) {
            return format!("{name} {{ {flat} }}");
        }
    }
    let mut out = format!("{name} {{");
    let inner = indent + STEP;
    for (field, expr) in fields {
        new_line(&mut out, inner);
        out.push_str(field);
        out.push(':');
        let column = inner + field.len() + 2;
        let value = expr.behind(inner, column, 1);
        if column + first_line(&value) > MAX_WIDTH {
            new_line(&mut out, inner + STEP);
            out.push_str(&expr.own_line(inner + STEP, 1));
        } else {
            out.push(' ');
            out.push_str(&value);
        }
        out.push(',');
    }
    new_line(&mut out, indent);
    out.push('}');
    out
}
