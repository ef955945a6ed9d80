use super::{At, MAX_WIDTH, STEP, new_line};

/// The widest arguments, array or chain on one line (`fn_call_width`, `array_width`, `chain_width`).
const MAX_SMALL: usize = 60;
/// The widest elements that share lines (`short_array_element_width_threshold`).
const MAX_SHORT: usize = 10;

/// An expression; all its text is ASCII.
#[derive(Clone, Debug)]
pub(in crate::codegen) enum Expr {
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

impl Expr {
    pub(in crate::codegen) fn atom(text: impl Into<String>) -> Self {
        Self::Atom(text.into())
    }

    pub(in crate::codegen) fn call(path: impl Into<String>, args: Vec<Self>) -> Self {
        Self::Call(path.into(), args)
    }

    pub(in crate::codegen) fn reference(self) -> Self {
        Self::Ref(Box::new(self))
    }

    /// The expression on one line; `None` where that is wider than rustfmt allows in any column.
    pub(in crate::codegen) fn flat(&self) -> Option<String> {
        let mut out = String::new();
        self.write_flat(&mut out)?;
        Some(out)
    }

    /// Appends what [`flat`](Self::flat) gives; where that is nothing, a part of it may have been appended.
    fn write_flat(&self, out: &mut String) -> Option<()> {
        match self {
            Self::Atom(text) => out.push_str(text),
            Self::Ref(inner) => {
                out.push('&');
                inner.write_flat(out)?;
            }
            Self::Call(path, args) => {
                out.push_str(path);
                write_small(out, args, ['(', ')'])?;
            }
            Self::Array(items) => write_small(out, items, ['[', ']'])?,
            Self::Chain(parent, calls) => {
                let start = out.len();
                parent.write_flat(out)?;
                for (name, args) in calls {
                    out.push('.');
                    out.push_str(name);
                    write_small(out, args, ['(', ')'])?;
                }
                return (calls.len() < 2 || out.len() - start <= MAX_SMALL).then_some(());
            }
        }
        Some(())
    }

    /// The expression on a line of its own, with `after` behind it.
    pub(in crate::codegen) fn own_line(&self, indent: usize, after: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, At::new(indent, indent, after));
        out
    }

    /// The expression behind what fills a line up to `column`.
    pub(in crate::codegen) fn behind(&self, indent: usize, column: usize, after: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, At::new(indent, column, after));
        out
    }

    fn write(&self, out: &mut String, at: At) {
        let start = out.len();
        let is_flat = self.write_flat(out).is_some();
        if !is_flat || at.column + (out.len() - start) + at.after > MAX_WIDTH {
            out.truncate(start);
            self.write_broken(out, at);
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
        match self {
            Self::Atom(text) => text.len() <= MAX_SHORT,
            _ => self.flat().is_some_and(|flat| flat.len() <= MAX_SHORT),
        }
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

/// Appends items between brackets; `None` where they are too wide for one line.
fn write_small(out: &mut String, items: &[Expr], [open, close]: [char; 2]) -> Option<()> {
    out.push(open);
    let start = out.len();
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        item.write_flat(out)?;
        if out.len() - start > MAX_SMALL {
            return None;
        }
    }
    out.push(close);
    Some(())
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
