use crate::outbox::Dialect;

/// At most that many bytes, so that names made of it stay below PostgreSQL's 63.
const MAX_NAME_BYTES: usize = 40;
const MAX_SCHEMA_BYTES: usize = 63;

/// The checked name of an outbox table; a PostgreSQL schema may stand before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Table<'n> {
    text: &'n str,
    schema: Option<&'n str>,
    name: &'n str,
}

impl<'n> Table<'n> {
    /// Reads `name` or `schema.name`; else says what is wrong.
    pub(crate) fn parse(text: &'n str, dialect: Dialect) -> Result<Self, &'static str> {
        let (schema, name) = match text.split_once('.') {
            Some((schema, name)) => (Some(schema), name),
            None => (None, text),
        };
        if name.is_empty() || schema == Some("") {
            return Err("is empty");
        }
        if text.contains('\0') || name.contains('.') {
            return Err("is no `table` and no `schema.table`");
        }
        if name.len() > MAX_NAME_BYTES || schema.is_some_and(|schema| schema.len() > MAX_SCHEMA_BYTES) {
            return Err("is too long: a table's name has at most 40 bytes");
        }
        if schema.is_some() && dialect == Dialect::Sqlite {
            return Err("names a schema, which SQLite does not have");
        }
        Ok(Self { text, schema, name })
    }

    /// As the caller wrote it.
    pub(crate) fn text(self) -> &'n str {
        self.text
    }

    /// The schema before the name, quoted.
    pub(crate) fn schema(self) -> Option<String> {
        self.schema.map(quote)
    }

    /// The outbox table (suffix empty) or one that belongs to it (`_work`), quoted and with its schema.
    pub(crate) fn quoted(self, suffix: &str) -> String {
        match self.schema {
            Some(schema) => format!("{}.{}", quote(schema), self.index(suffix)),
            None => self.index(suffix),
        }
    }

    /// The name of an index or a trigger, which stands in its table's schema.
    pub(crate) fn index(self, suffix: &str) -> String {
        quote(&self.bare(suffix))
    }

    /// The same as [`quoted`](Self::quoted), as an SQL text.
    pub(crate) fn literal(self, suffix: &str) -> String {
        literal(&self.quoted(suffix))
    }

    /// The bare name as an SQL text.
    pub(crate) fn bare_literal(self, suffix: &str) -> String {
        literal(&self.bare(suffix))
    }

    /// The bare name.
    pub(crate) fn bare(self, suffix: &str) -> String {
        format!("{}{suffix}", self.name)
    }

    /// Puts names in place of `{T}`, `{T_work}` … and `{I_id}` ….
    pub(crate) fn fill(self, template: &str) -> String {
        let mut filled = String::with_capacity(template.len() + 256);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            filled.push_str(before);
            rest = match after.split_once('}') {
                Some((hole, after)) if hole.starts_with('T') => {
                    filled.push_str(&self.quoted(&hole[1..]));
                    after
                }
                Some((hole, after)) if hole.starts_with('I') => {
                    filled.push_str(&self.index(&hole[1..]));
                    after
                }
                Some(_) | None => {
                    filled.push('{');
                    after
                }
            };
        }
        filled.push_str(rest);
        filled
    }
}

fn quote(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

fn literal(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

#[cfg(test)]
mod tests {
    use super::Table;
    use crate::outbox::Dialect;

    #[test]
    fn names_are_quoted() {
        let table = Table::parse("ten\"ant.Out box", Dialect::Postgres).unwrap();
        assert_eq!(
            table.fill("{T} {T_work} {I_id} '{}'"),
            r#""ten""ant"."Out box" "ten""ant"."Out box_work" "Out box_id" '{}'"#
        );
    }

    #[test]
    fn names_that_cannot_be_are_refused() {
        for name in ["", ".a", "a.", "a.b.c", "a\0", &"x".repeat(41)] {
            assert!(Table::parse(name, Dialect::Postgres).is_err(), "{name}");
        }
        assert!(Table::parse("a.b", Dialect::Sqlite).is_err());
        assert!(Table::parse(&"x".repeat(40), Dialect::Sqlite).is_ok());
    }
}
