//! Expressions and types, laid out as rustfmt leaves them: style edition 2021, `max_width = 100`, all else default.

use std::fmt::Write as _;

/// The last column that a line may reach.
pub(super) const MAX_WIDTH: usize = 100;
/// The widest arguments, array or chain on one line (`fn_call_width`, `array_width`, `chain_width`).
const MAX_SMALL: usize = 60;
/// The widest elements that share lines (`short_array_element_width_threshold`).
const MAX_SHORT: usize = 10;
/// The widest arguments of an attribute on one line (`attr_fn_like_width`).
const MAX_ATTRIBUTE: usize = 70;
/// The widest fields of a struct's literal on one line (`struct_lit_width`).
const MAX_LITERAL: usize = 18;
const STEP: usize = 4;

/// An expression; all its text is ASCII.
#[derive(Clone, Debug)]
pub(super) enum Expr {
    /// What cannot be broken.
    Atom(String),
    /// `path(args)`
    Call(String, Vec<Expr>),
    /// `&expr`
    Ref(Box<Expr>),
    /// `[items]`
    Array(Vec<Expr>),
    /// `parent.name(args).name(args)`
    Chain(Box<Expr>, Vec<(&'static str, Vec<Expr>)>),
}

/// A type, as a path with arguments.
#[derive(Clone, Debug)]
pub(super) struct Type {
    pub(super) path: String,
    pub(super) args: Vec<Type>,
}

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

impl Expr {
    pub(super) fn atom(text: impl Into<String>) -> Self {
        Self::Atom(text.into())
    }

    pub(super) fn call(path: impl Into<String>, args: Vec<Self>) -> Self {
        Self::Call(path.into(), args)
    }

    pub(super) fn reference(self) -> Self {
        Self::Ref(Box::new(self))
    }

    /// The expression on one line; `None` where that is wider than rustfmt allows in any column.
    pub(super) fn flat(&self) -> Option<String> {
        match self {
            Self::Atom(text) => Some(text.clone()),
            Self::Ref(inner) => Some(format!("&{}", inner.flat()?)),
            Self::Call(path, args) => Some(format!("{path}({})", small(args)?)),
            Self::Array(items) => Some(format!("[{}]", small(items)?)),
            Self::Chain(parent, calls) => {
                let mut text = parent.flat()?;
                for (name, args) in calls {
                    let _ = write!(text, ".{name}({})", small(args)?);
                }
                (calls.len() < 2 || text.len() <= MAX_SMALL).then_some(text)
            }
        }
    }

    /// The expression on a line of its own, with `after` behind it.
    pub(super) fn own_line(&self, indent: usize, after: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, At::new(indent, indent, after));
        out
    }

    /// The expression behind what fills a line up to `column`.
    pub(super) fn behind(&self, indent: usize, column: usize, after: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, At::new(indent, column, after));
        out
    }

    fn write(&self, out: &mut String, at: At) {
        match self.flat() {
            Some(flat) if at.column + flat.len() + at.after <= MAX_WIDTH => out.push_str(&flat),
            _ => self.write_broken(out, at),
        }
    }

    fn write_broken(&self, out: &mut String, at: At) {
        match self {
            Self::Atom(text) => out.push_str(text),
            Self::Ref(inner) => {
                out.push('&');
                inner.write_broken(out, At { column: at.column + 1, ..at });
            }
            Self::Call(path, args) => {
                out.push_str(path);
                write_list(out, args, ['(', ')'], At { column: at.column + path.len(), ..at });
            }
            Self::Array(items) if items.iter().all(Self::is_short) => write_filled(out, items, at.indent),
            Self::Array(items) => write_list(out, items, ['[', ']'], at),
            Self::Chain(parent, calls) => write_chain(out, parent, calls, at),
        }
    }

    fn is_short(&self) -> bool {
        self.flat().is_some_and(|flat| flat.len() <= MAX_SHORT)
    }

    /// The width of the first line where the expression is broken behind its first bracket; `None` where it has none.
    fn head(&self) -> Option<usize> {
        match self {
            Self::Atom(_) | Self::Chain(..) => None,
            Self::Ref(inner) => Some(1 + inner.head()?),
            Self::Call(path, args) => (!args.is_empty()).then_some(path.len() + 1),
            Self::Array(items) => (!items.is_empty()).then_some(1),
        }
    }
}

/// Items between commas; `None` where they are too wide for one line.
fn small(items: &[Expr]) -> Option<String> {
    let flat: Option<Vec<String>> = items.iter().map(Expr::flat).collect();
    let text = flat?.join(", ");
    (text.len() <= MAX_SMALL).then_some(text)
}

fn write_list(out: &mut String, items: &[Expr], [open, close]: [char; 2], at: At) {
    out.push(open);
    if let [only] = items
        && let Some(head) = only.head()
        && at.column + 1 + head + at.closers + 2 <= MAX_WIDTH
    {
        only.write_broken(out, At { column: at.column + 1, closers: at.closers + 1, ..at });
        out.push(close);
        return;
    }
    let indent = at.indent + STEP;
    for item in items {
        new_line(out, indent);
        item.write(out, At::new(indent, indent, 1));
        out.push(',');
    }
    new_line(out, at.indent);
    out.push(close);
}

/// Short items, as many on a line as fit.
fn write_filled(out: &mut String, items: &[Expr], indent: usize) {
    out.push('[');
    let inner = indent + STEP;
    let mut column = MAX_WIDTH;
    for item in items {
        let flat = item.flat().unwrap_or_default();
        if column + 1 + flat.len() + 1 >= MAX_WIDTH {
            new_line(out, inner);
            column = inner;
        } else {
            out.push(' ');
            column += 1;
        }
        out.push_str(&flat);
        out.push(',');
        column += flat.len() + 1;
    }
    new_line(out, indent);
    out.push(']');
}

fn write_chain(out: &mut String, parent: &Expr, calls: &[(&'static str, Vec<Expr>)], at: At) {
    let start = out.len();
    parent.write(out, At { after: 0, ..at });
    let is_broken = out[start..].contains('\n');
    let indent = if is_broken { at.indent } else { at.indent + STEP };
    for (index, (name, args)) in calls.iter().enumerate() {
        new_line(out, indent);
        let after = if index + 1 == calls.len() { at.after } else { 0 };
        Expr::call(format!(".{name}"), args.clone()).write(out, At::new(indent, indent, after));
    }
}

pub(super) fn new_line(out: &mut String, indent: usize) {
    out.push('\n');
    out.extend(std::iter::repeat_n(' ', indent));
}

impl Type {
    pub(super) fn plain(path: impl Into<String>) -> Self {
        Self { path: path.into(), args: Vec::new() }
    }

    pub(super) fn of(path: impl Into<String>, args: Vec<Self>) -> Self {
        Self { path: path.into(), args }
    }

    /// The type on one line.
    pub(super) fn flat(&self) -> String {
        let mut out = String::new();
        self.write_flat(&mut out);
        out
    }

    fn write_flat(&self, out: &mut String) {
        out.push_str(&self.path);
        if let [first, rest @ ..] = self.args.as_slice() {
            out.push('<');
            first.write_flat(out);
            for arg in rest {
                out.push_str(", ");
                arg.write_flat(out);
            }
            out.push('>');
        }
    }

    /// The type behind what fills a line up to `column`.
    pub(super) fn behind(&self, indent: usize, column: usize, after: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, At::new(indent, column, after));
        out
    }

    fn write(&self, out: &mut String, at: At) {
        let flat = self.flat();
        if self.args.is_empty() || at.column + flat.len() + at.after <= MAX_WIDTH {
            out.push_str(&flat);
            return;
        }
        out.push_str(&self.path);
        out.push('<');
        let indent = at.indent + STEP;
        for arg in &self.args {
            new_line(out, indent);
            arg.write(out, At::new(indent, indent, 1));
            out.push(',');
        }
        new_line(out, at.indent);
        out.push('>');
    }
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
    let flat: Option<Vec<String>> =
        fields.iter().map(|(field, expr)| Some(format!("{field}: {}", expr.flat()?))).collect();
    match flat.map(|flat| flat.join(", ")) {
        Some(flat) if flat.is_empty() => return format!("{name} {{}}"),
        Some(flat) if flat.len() <= MAX_LITERAL => return format!("{name} {{ {flat} }}"),
        _ => {}
    }
    let mut out = format!("{name} {{");
    let inner = indent + STEP;
    for (field, expr) in fields {
        new_line(&mut out, inner);
        let _ = write!(out, "{field}:");
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
