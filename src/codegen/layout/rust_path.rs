use super::{At, MAX_WIDTH, STEP, new_line};

/// A type, as a path with arguments.
#[derive(Clone, Debug)]
pub(in crate::codegen) struct Type {
    pub(in crate::codegen) path: String,
    pub(in crate::codegen) args: Vec<Type>,
}

impl Type {
    pub(in crate::codegen) fn plain(path: impl Into<String>) -> Self {
        Self { path: path.into(), args: Vec::new() }
    }

    pub(in crate::codegen) fn of(path: impl Into<String>, args: Vec<Self>) -> Self {
        Self { path: path.into(), args }
    }

    /// The type on one line.
    pub(in crate::codegen) fn flat(&self) -> String {
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
    pub(in crate::codegen) fn behind(&self, indent: usize, column: usize, after: usize) -> String {
        let mut out = String::new();
        self.write(&mut out, At::new(indent, column, after));
        out
    }

    fn write(&self, out: &mut String, at: At) {
        let start = out.len();
        self.write_flat(out);
        if self.args.is_empty() || at.column + (out.len() - start) + at.after <= MAX_WIDTH {
            return;
        }
        out.truncate(start);
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
